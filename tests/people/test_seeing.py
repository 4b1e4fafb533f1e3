"""Who sees what: every role in every situation against the plain rule, and the situations that people ask about by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from luoshi.people.models import How, Login, Outcome, Post, Role, User
from luoshi.people.models.feed import make_link
from luoshi.people.seeing import Viewer, sees
from luoshi.people.visible import Seen, places, units

from .made import DAY, LONG_AGO, NOON, TOMORROW, YESTERDAY, World, post, user, world
from .oracle import Oracle, Rows, of_people
from .sample.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def populate(made: World) -> None:
    """Somebody in every place and line, an item for each, and one that crosses provinces."""
    there = made.units.items()
    people = User.unguarded.bulk_create(User(username=f"of {key}", name=key) for key, _ in there)
    pairs = list(zip(people, made.units.values(), strict=True))
    posts = [Post(user=holder, role=Role.CLERK, unit=at, since=LONG_AGO) for holder, at in pairs]
    Post.unguarded.bulk_create(posts)
    Login.unguarded.bulk_create(Login(user=holder, how=How.PASSWORD, outcome=Outcome.OK) for holder in people)
    for holder in people:
        make_link(holder, NOON)
    Item.unguarded.bulk_create(
        Item(title=at.key, place=at.place, line=at.line, lead=at, verifier=held, opened_by=held.user)
        for at, held in zip(made.units.values(), posts, strict=True)
    )
    Login.unguarded.create(user=None, how=How.PASSWORD, outcome=Outcome.WRONG, address="0")
    Item.unguarded.get(title="B1:civil").supports.add(made.units["A1a:civil"], made.units["A1:gov"])


# What a situation makes of a viewer: posts, or none.
Situation = Callable[[World, User, Role], object]


def ab(made: World, me: User, role: Role) -> None:
    stood = post(user(f"A角 {role}"), role, made.units["A1:civil"])
    post(me, role, made.units["A1:civil"], stands_in_for=stood)


def ab_of_an_ended_post(made: World, me: User, role: Role) -> None:
    stood = post(user(f"A角 {role}"), role, made.units["A1:civil"], until=YESTERDAY)
    post(me, role, made.units["A1:civil"], stands_in_for=stood)


def ended_ab(made: World, me: User, role: Role) -> None:
    stood = post(user(f"A角 {role}"), role, made.units["A1:civil"])
    post(me, role, made.units["A1:civil"], stands_in_for=stood, until=DAY)


def names_only(made: World, me: User, role: Role) -> None:
    """An own place far away, and part in something here as verifier and as the one who opened it."""
    held = post(me, role, made.units["B1:water"])
    Item.unguarded.filter(title="A1:civil").update(verifier=held)
    Item.unguarded.filter(title="A2:gov").update(opened_by=me)


def two(made: World, me: User, role: Role) -> None:
    post(me, role, made.units["A1a:civil"])
    post(me, Role.OBSERVER, made.units["B:gov"], made.lines["water"])


def line_above_all_below(made: World, me: User, role: Role) -> None:
    """One line of a city, and all lines of one of its counties: neither is all of the other."""
    post(me, role, made.units["A1:civil"])
    post(me, Role.OBSERVER, made.units["A1a:gov"])


def verifies_while_standing_in(made: World, me: User, role: Role) -> None:
    stood = post(user(f"A角 {role}"), role, made.units["B1:water"])
    standing = post(me, role, made.units["B1:water"], stands_in_for=stood)
    Item.unguarded.filter(title="A2:civil").update(verifier=standing)
    Item.unguarded.filter(title="A2:water").update(verifier=stood)


def inactive(made: World, me: User, role: Role) -> None:
    post(me, role, made.units["A1:gov"])
    me.is_active = False
    me.save()


def owner(made: World, me: User, role: Role) -> None:
    me.is_superuser = True
    me.save()


SITUATIONS: dict[str, Situation] = {
    "government": lambda made, me, role: post(me, role, made.units["A1:gov"]),
    "department": lambda made, me, role: post(me, role, made.units["A1:civil"]),
    "lines given": lambda made, me, role: post(me, role, made.units["A1:gov"], made.lines["water"]),
    "all lines": lambda made, me, role: post(me, role, made.units["A1:civil"], all_lines=True),
    "country": lambda made, me, role: post(me, role, made.units["CN:gov"]),
    "leaf": lambda made, me, role: post(me, role, made.units["A1a1:gov"]),
    "other province": lambda made, me, role: post(me, role, made.units["B:gov"]),
    "ended": lambda made, me, role: post(me, role, made.units["A1:gov"], until=DAY),
    "ends tomorrow": lambda made, me, role: post(me, role, made.units["A1:gov"], until=TOMORROW),
    "to come": lambda made, me, role: post(me, role, made.units["A1:gov"], since=TOMORROW),
    "begins today": lambda made, me, role: post(me, role, made.units["A1:gov"], since=DAY),
    "stand-in": ab,
    "stand-in of an ended post": ab_of_an_ended_post,
    "ended stand-in": ended_ab,
    "two posts": two,
    "a line above, all lines below": line_above_all_below,
    "taking part": names_only,
    "verifies while standing in": verifies_while_standing_in,
    "inactive": inactive,
    "no post": lambda made, me, role: None,
    "owner": owner,
}


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
def test_every_role_sees_what_the_rule_says(made: World, situation: Situation) -> None:
    populate(made)
    for role in Role:
        with transaction.atomic():
            viewer = user(f"viewer {role}")
            situation(made, viewer, role)
            rows = Rows()
            scope = sees(viewer, DAY)
            found = {model.__name__: Seen(model, rule).within(scope) for model, rule in of_people().items()}
            keys = {name: sorted(seen.values_list("pk", flat=True)) for name, seen in found.items()}
            assert keys == Oracle(rows, viewer, DAY).seen(), viewer
            transaction.set_rollback(True)


def titles(viewer: Viewer) -> set[str]:
    return set(Item.seen.by(viewer, DAY).values_list("title", flat=True))


def test_it_works(made: World) -> None:
    """A department of a city sees its own line from the city down, and nothing beside or above."""
    populate(made)
    me = user("wo")
    post(me, Role.SUPERVISOR, made.units["A1:civil"])
    assert titles(me) == {"A1:civil", "A1a:civil", "A1a1:civil", "A1b:civil"}


def test_taking_part_goes_beyond_place_and_line(made: World) -> None:
    populate(made)
    me = user("wo")
    post(me, Role.CLERK, made.units["A1a:civil"])
    assert titles(me) == {"A1a:civil", "A1a1:civil", "B1:civil"}


# Of a person who has this role at the city's government, how many items: all of the four places, or none.
SEES_ITEMS = [(role, 12 if role != Role.ADMINISTRATOR else 0) for role in Role]


@pytest.mark.parametrize(("role", "count"), SEES_ITEMS)
def test_an_administrator_looks_after_people_and_has_no_part_in_items(made: World, role: Role, count: int) -> None:
    populate(made)
    Item.unguarded.get(title="B1:civil").supports.clear()
    me = user("wo")
    post(me, role, made.units["A1:gov"])
    assert len(titles(me)) == count
    assert units(me, DAY).count() == 12
    assert User.seen.by(me, DAY).count() == 13


@pytest.mark.parametrize("viewer", [None, AnonymousUser()], ids=["none", "anonymous"])
def test_nobody_sees_nothing(made: World, viewer: Viewer) -> None:
    populate(made)
    scope = sees(viewer, DAY)
    assert all(not Seen(model, rule).within(scope).exists() for model, rule in of_people().items())


def test_a_place_that_is_no_more_is_still_seen_from_above(made: World) -> None:
    populate(made)
    town = made.places["A1a1"]
    town.states.update(until=YESTERDAY)
    me = user("wo")
    post(me, Role.LEADER, made.units["A1a:gov"])
    assert "A1a1:civil" in titles(me) and places(me, DAY).filter(pk=town.pk).exists()


def test_every_part_has_its_reason(made: World) -> None:
    me, colleague = user("wo"), user("同事")
    post(me, Role.LEADER, made.units["A2:gov"])
    stood = post(colleague, Role.SUPERVISOR, made.units["A1:civil"])
    post(me, Role.SUPERVISOR, made.units["A1:civil"], stands_in_for=stood)
    reasons = {part.reason for part in sees(me, DAY).parts}
    assert reasons == {"望海市人民政府 领导", "临川市民政局 督查员（代 同事）"}
    assert sees(user("zhu", is_superuser=True), DAY).parts[0].reason == "系统所有者"


def test_a_list_costs_two_queries(made: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    populate(made)
    me = user("wo")
    two(made, me, Role.SUPERVISOR)
    Login.unguarded.create(user=me, how=How.PASSWORD, outcome=Outcome.OK, address="0")
    make_link(me, NOON)
    for model, rule in of_people().items():
        with django_assert_num_queries(2):
            assert list(Seen(model, rule).by(me, DAY))


def test_a_post_at_a_place_not_yet_there_gives_nothing(made: World) -> None:
    me = user("wo")
    post(me, Role.LEADER, made.units["A1:gov"])
    made.places["A1"].states.update(since=TOMORROW)
    assert sees(me, DAY).parts == () and not Post.seen.by(me, DAY).exists()
