"""Whatever the tree, the posts and the day: what the guarded managers give is what the plain rule gives, no row twice."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from luoshi.people.models import How, Login, Outcome, Post, Role, User
from luoshi.people.models.feed import make_link
from luoshi.people.seeing import sees
from luoshi.people.visible import Seen
from luoshi.places.models import Level, Line, Place, PlaceState, Unit

from .made import NOON, user
from .oracle import Oracle, Rows, of_people
from .sample.models import Item

pytestmark = pytest.mark.django_db

# Before the first states, in them, on the day of the reform, after it.
DAYS = [datetime.date(year, 1, 1) for year in (1999, 2005, 2021, 2026)]
BEGUN, REFORM = datetime.date(2000, 1, 1), datetime.date(2021, 1, 1)
# Enough of each to meet every rule; few enough for a hundred worlds a minute.
LEVELS = (Level.COUNTRY, Level.COUNTY)
PLACES, LINES, UNITS, USERS, POSTS, ITEMS = 7, 2, 6, 4, 6, 5

UNTIL = [None, *DAYS, datetime.date(2021, 1, 2), datetime.date(2030, 1, 1)]


def draw_tree(chance: random.Random) -> list[Place]:
    """Places with a tree until the reform and another after it; some are gone by then, some come with it."""
    made = [
        Place.objects.create(key=f"P{i}", name=f"地{i}", level=chance.choice(LEVELS) if i == 0 else Level.COUNTY)
        for i in range(PLACES)
    ]
    for since, until in ((BEGUN, REFORM), (REFORM, None)):
        there = [p for i, p in enumerate(made) if i < 4 or chance.random() < 0.5]
        paths: dict[int, str] = {}
        for i, place in enumerate(there):
            parent = there[chance.randrange(i)] if i else None
            paths[place.pk] = f"{paths[parent.pk] if parent else '/'}{place.pk}/"
            known = {"name": place.name, "level": place.level, "path": paths[place.pk]}
            PlaceState.objects.create(place=place, parent=parent, since=since, until=until, **known)
    return made


def pick(chance: random.Random, rows: list[Any], none: bool = False) -> Any:
    at = chance.randrange(len(rows) + none)
    return rows[at] if at < len(rows) else None


def draw_posts(chance: random.Random, people: list[User], offices: list[Unit], lines: list[Line]) -> list[Post]:
    made: list[Post] = []
    for _ in range(POSTS):
        stood = pick(chance, [p for p in made if p.stands_in_for_id is None], none=True)
        until = chance.choice(UNTIL)
        since = min(DAYS[chance.randrange(len(DAYS))], (until or DAYS[-1]) - datetime.timedelta(1))
        holder, role, unit = pick(chance, people), pick(chance, list(Role)), pick(chance, offices)
        post = Post(user=holder, role=role, unit=unit, since=since, until=until, all_lines=chance.randrange(5) == 0)
        post.stands_in_for = stood if stood and chance.random() < 0.5 and stood.user_id != holder.pk else None
        if not Post.unguarded.filter(user=holder, since=since).exists():
            # As a load would: the rule must hold of rows that nobody checked.
            Post.unguarded.bulk_create([post])
            post.lines.set([line for line in lines if chance.randrange(4) == 0])
            made.append(post)
    return made


def draw_items(
    chance: random.Random, at: list[Place], lines: list[Line], offices: list[Unit], posts: list[Post]
) -> None:
    people = list(User.unguarded.all())
    for i in range(ITEMS):
        item = Item.unguarded.create(
            title=str(i),
            place=pick(chance, at),
            line=pick(chance, lines, none=True),
            lead=pick(chance, offices),
            verifier=pick(chance, posts, none=True),
            opened_by=pick(chance, people, none=True),
        )
        item.supports.set([unit for unit in offices if chance.randrange(4) == 0])


def draw_world(chance: random.Random) -> None:
    at = draw_tree(chance)
    lines = [Line.objects.create(key=f"L{i}", name=f"线{i}", branch="政府", since=BEGUN) for i in range(LINES)]
    offices = [
        Unit.objects.create(
            key=f"U{i}", name=f"局{i}", place=pick(chance, at), line=pick(chance, lines, none=True), since=BEGUN
        )
        for i in range(UNITS)
    ]
    people = [user(f"u{i}", is_active=i != 2, is_superuser=chance.randrange(8) == 0) for i in range(USERS)]
    posts = draw_posts(chance, people, offices, lines)
    draw_items(chance, at, lines, offices, posts)
    for holder in people:
        make_link(holder, NOON)
    for person in (*people, None):
        Login.unguarded.create(user=person, how=How.PASSWORD, outcome=Outcome.OK, address="0")


def every_second() -> dict[str, list[int]]:
    """Of each model the keys of half of its rows."""
    return {m.__name__: list(m._default_manager.order_by("pk").values_list("pk", flat=True))[::2] for m in of_people()}


def seen_by_query(viewer: User | None, day: datetime.date, half: dict[str, list[int]]) -> dict[str, list[int]]:
    scope = sees(viewer, day)
    found = {model.__name__: Seen(model, rule).within(scope) for model, rule in of_people().items()}
    seen = {name: sorted(rows.values_list("pk", flat=True)) for name, rows in found.items()}
    for model, rule in of_people().items():
        some = half[model.__name__]
        among = Seen(model, rule).among(scope, some).values_list("pk", flat=True)
        assert sorted(among) == [pk for pk in seen[model.__name__] if pk in some]
    return seen


# A world is hundreds of draws, which Hypothesis would shrink for minutes: it gives the seed, and prints it.
@settings(max_examples=6, phases=(Phase.explicit, Phase.generate))
@given(chance=st.randoms(use_true_random=True))
def test_what_is_seen_is_what_the_rule_says(chance: random.Random) -> None:
    look_at_a_world(chance)


@pytest.mark.long
@settings(max_examples=20, phases=(Phase.explicit, Phase.generate))
@given(chance=st.randoms(use_true_random=True))
def test_in_many_worlds(chance: random.Random) -> None:
    look_at_a_world(chance)


def look_at_a_world(chance: random.Random) -> None:
    """Everybody on every day sees what the plain rule says; afterwards the world is gone."""
    with transaction.atomic():
        draw_world(chance)
        rows, half = Rows(), every_second()
        for viewer in [None, *User.unguarded.all()]:
            for day in DAYS:
                assert seen_by_query(viewer, day, half) == Oracle(rows, viewer, day).seen(), (viewer, day)
        transaction.set_rollback(True)
