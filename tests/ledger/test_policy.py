"""Who somebody is to an item: roles, places, lines, taking part; and that one item at hand is seen as lists see it."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from luoshi.ledger.actions.refused import Refused
from luoshi.ledger.actions.viewing import item_before, known
from luoshi.ledger.models import Item, Series, Support
from luoshi.ledger.policy import About, Person, Petitioner, System, best
from luoshi.people.models import Post, Role, User
from luoshi.people.scope import Part, Scope
from luoshi.places.models import Line, Place, Unit
from tests.people.made import DAY, user
from tests.people.test_seeing_anything import DAYS, draw_posts, draw_tree, pick

CITY, WATER = 7, 3


def part(role: Role, path: str = "/1/2/", lines: set[int] | None = None, unit: int = CITY, **more: Any) -> Part:
    return Part(role, (path,), None if lines is None else frozenset(lines), **{"post": 10, "unit": unit, **more})


def who(*parts: Part, **about: Any) -> list[set[str]]:
    person = Person(Scope(DAY, 1, parts), {10: "A1:gov"}, frozenset({"post:10"}))
    return [set(hand.who) for hand in person.hands(About(**{"path": "/1/2/5/", "line": WATER, **about}), "x")]


CASES = [
    ("the supervisor above", [part(Role.SUPERVISOR)], {}, [{"supervisor"}]),
    ("a supervisor of its line", [part(Role.SUPERVISOR, lines={WATER})], {}, [{"supervisor"}]),
    ("a supervisor of another line", [part(Role.SUPERVISOR, lines={9})], {}, []),
    ("an item of no line, a supervisor of one", [part(Role.SUPERVISOR, lines={WATER})], {"line": None}, []),
    ("a supervisor elsewhere", [part(Role.SUPERVISOR, "/1/3/")], {}, []),
    ("a place whose number begins alike", [part(Role.SUPERVISOR, "/1/2/")], {"path": "/1/22/"}, []),
    ("a supervisor elsewhere who opened it sees it, no more", [part(Role.SUPERVISOR, "/1/3/")], {"opened_by": 10}, [set()]),
    ("a clerk of the lead", [part(Role.CLERK, "/1/3/")], {"lead": CITY}, [{"lead"}]),
    ("the head of the lead", [part(Role.LEADER, "/1/3/")], {"lead": CITY}, [{"lead"}]),
    ("a clerk of a support", [part(Role.CLERK, "/1/3/")], {"supports": frozenset({CITY})}, [{"support"}]),
    ("a clerk above the lead is not the lead", [part(Role.CLERK)], {"lead": 99}, [set()]),
    ("a leader above looks", [part(Role.LEADER)], {}, [set()]),
    ("an observer of the lead looks", [part(Role.OBSERVER)], {"lead": CITY}, [set()]),
    ("a supervisor of the lead is not the lead", [part(Role.SUPERVISOR)], {"lead": CITY}, [{"supervisor"}]),
    ("an administrator has no part in it", [part(Role.ADMINISTRATOR)], {"lead": CITY}, []),
    ("a verifier above", [part(Role.VERIFIER)], {}, [{"verifier"}]),
    ("a verifier elsewhere who is named", [part(Role.VERIFIER, "/1/3/")], {"verifier": 10}, [{"verifier"}]),
    ("a verifier elsewhere", [part(Role.VERIFIER, "/1/3/")], {}, []),
    ("two posts, a hand each", [part(Role.CLERK), part(Role.VERIFIER)], {"lead": CITY}, [{"lead"}, {"verifier"}]),
    ("the country", [part(Role.SUPERVISOR, "/9/", country=True)], {}, [{"supervisor"}]),
    ("nobody", [], {"lead": CITY}, []),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "about", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_works(parts: list[Part], about: dict[str, Any], expected: list[set[str]]) -> None:
    assert who(*parts, **about) == expected


def test_who_stands_in_acts_in_their_own_post() -> None:
    person = Person(Scope(DAY, 1, (part(Role.CLERK, stand_in=11),)), {11: "A1:gov"}, frozenset({"post:10", "post:11"}))
    (hand,) = person.hands(About("/", lead=CITY), "x")
    assert (hand.actor.id, hand.actor.unit, hand.same) == ("11", "A1:gov", frozenset({"post:10", "post:11"}))


def test_a_petitioner_is_before_their_own_items_alone() -> None:
    somebody = Petitioner("17", frozenset({"x"}))
    assert [hand.who for hand in somebody.hands(About("/"), "x")] == [{"petitioner"}]
    assert somebody.hands(About("/"), "y") == ()
    assert somebody.hands(About("/"), None)[0].actor == ("petitioner", "17", None)


def test_of_several_posts_the_one_acts_that_may() -> None:
    person = Person(Scope(DAY, 1, (part(Role.CLERK), part(Role.VERIFIER, post=12))), {}, frozenset())
    hands = person.hands(About("/1/2/", lead=CITY), "x")
    assert [best(hands, [who]).actor.id for who in ("lead", "verifier", "system")] == ["10", "12", "10"]
    assert best(System("sweep").hands(About("/"), "x"), ["lead"]).actor.id == "sweep"


def draw_items(
    chance: random.Random, at: list[Place], lines: list[Line], offices: list[Unit], posts: list[Post]
) -> None:
    series = Series.unguarded.create(place=at[0], list="tasks", year=2026, last=5)
    for serial in range(1, 6):
        item = Item.unguarded.create(
            id=f"00000000-0000-7000-8000-00000000000{serial}",
            series=series,
            serial=serial,
            number=str(serial),
            version=1,
            opened_on=DAY,
            sequence=1,
            place=pick(chance, at),
            line=pick(chance, lines, none=True),
            lead=pick(chance, offices, none=True),
            verifier=pick(chance, posts, none=True),
            opened_by=pick(chance, posts, none=True),
        )
        supports = [unit for unit in offices if chance.randrange(4) == 0]
        Support.unguarded.bulk_create(Support(item=item, unit=unit, rank=n) for n, unit in enumerate(supports))


def draw_world(chance: random.Random) -> None:
    at = draw_tree(chance)
    lines = [Line.objects.create(key=f"L{i}", name=f"线{i}", branch="政府", since=DAYS[0]) for i in range(2)]
    offices = [
        Unit.objects.create(
            key=f"U{i}", name=f"局{i}", place=pick(chance, at), line=pick(chance, lines, none=True), since=DAYS[0]
        )
        for i in range(6)
    ]
    people = [user(f"u{i}", is_active=i != 2, is_superuser=chance.randrange(8) == 0) for i in range(4)]
    draw_items(chance, at, lines, offices, draw_posts(chance, people, offices, lines))


# A world is hundreds of draws, which Hypothesis would shrink for minutes: it gives the seed, and prints it.
@pytest.mark.django_db
@settings(max_examples=8, phases=(Phase.explicit, Phase.generate))
@given(chance=st.randoms(use_true_random=True))
def test_an_item_at_hand_is_seen_as_lists_see_it(chance: random.Random) -> None:
    with transaction.atomic():
        draw_world(chance)
        for viewer in [None, *User.unguarded.all()]:
            for day in DAYS:
                person, found = known(viewer, day), set()
                for item in Item.unguarded.all():
                    with suppress(Refused):
                        found.add(item_before(person, item.pk, day, lock=False)[0].pk)
                listed = set(Item.seen.by(viewer, day).values_list("pk", flat=True))
                assert found == listed, (viewer, day)
        transaction.set_rollback(True)
