"""Who sees what of documents: every role at every unit against the rule said plainly, for every table of the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from luoshi.documents.actions import correct, enter_meeting
from luoshi.documents.models import Bringing, Correction, Directive, Meeting, Report
from luoshi.people.models import Post, Role, User
from luoshi.people.seeing import sees
from luoshi.people.visible import guarded
from tests.people.made import DAY, LONG_AGO, YESTERDAY, World, post, user, world

from .made import FLOOD, NOW, SCHOOL, TABLES, taken

pytestmark = pytest.mark.django_db

ROOM = sorted((m for m in guarded() if m._meta.app_label == "documents"), key=lambda m: m.__name__)
ABOVE = {"A1a1": "A1a", "A1a": "A1", "A1b": "A1", "A1": "A", "A2": "A", "A": "CN", "B1": "B", "B": "CN"}
# Above, at, beside and below what is there; with a line and without; where it was brought from, and next door.
AT = ("CN:gov", "A:gov", "A:civil", "A1:water", "A1a:gov", "A1a:water", "A1a:civil", "A1a1:gov", "A1b:civil")
BESIDE = ("A2:gov", "A2:water", "B1:gov", "B1:civil")


@pytest.fixture
def made() -> World:
    """A report of a county's water line, one of a city and no line, one of nowhere; each brought by another province."""
    there = world()
    bringer = post(user("bringer"), Role.CLERK, there.units["B1:civil"])
    brought = (
        taken(FLOOD, post=bringer, place=there.places["A1a"], line=there.lines["water"]),
        taken(SCHOOL, post=bringer, place=there.places["A2"]),
        taken(FLOOD + "附件一\n", post=bringer, place=None),
    )
    for each in brought:
        correct(each.report, "publisher", "某报", post=bringer, now=NOW)
        correct(Directive.unguarded.filter(report=each.report)[0], "problem", "某问题", post=None, now=NOW)
    held = {"name": "推进会", "date": "2026-10-09"}
    enter_meeting(held, post=bringer, place=there.places["A1b"], line=there.lines["civil"], now=NOW)
    return there


def of(row: Any) -> tuple[set[tuple[int | None, int | None]], set[Post]]:
    """Where a row belongs (place, line), and the posts that take part in it."""
    if isinstance(row, Meeting) and row.report is None:
        return {(row.place_id, row.line_id)}, {row.entered_by} if row.entered_by else set()
    reports = list(Report.unguarded.filter(work=row)) if type(row).__name__ == "Work" else []
    if type(row).__name__ == "Original":
        reports = [row.report]
    reports = reports or [row if isinstance(row, Report) else row.report]
    posts = {b.post for b in Bringing.unguarded.filter(report__in=reports) if b.post}
    if isinstance(row, Bringing):
        posts = {row.post} if row.post else set()
    return {(r.place_id, r.line_id) for r in reports}, posts


def chain(made: World, place: int | None) -> set[int]:
    """A place and all above it."""
    key = next((key for key, row in made.places.items() if row.pk == place), None)
    found = set()
    while key is not None:
        found.add(made.places[key].pk)
        key = ABOVE.get(key)
    return found


def expected(made: World, held: Post, where: set[tuple[int | None, int | None]], posts: set[Post]) -> bool:
    if held.role == Role.ADMINISTRATOR:
        return False
    if held in posts or held.unit in {each.unit for each in posts}:
        return True
    own = held.unit.line_id
    return any(held.unit.place_id in chain(made, place) and own in (None, line) for place, line in where)


def test_every_role_at_every_unit(made: World) -> None:
    pairs = [(role, made.units[key]) for role in Role for key in AT + BESIDE]
    people = User.unguarded.bulk_create(User(username=f"{role} {at.key}", name="甲") for role, at in pairs)
    held = [
        Post(user=person, role=role, unit=at, since=LONG_AGO) for person, (role, at) in zip(people, pairs, strict=True)
    ]
    rows = {model: [(row.pk, *of(row)) for row in model._default_manager.all()] for model in ROOM}
    saw: dict[str, int] = dict.fromkeys(Role, 0)
    for viewer in Post.unguarded.bulk_create(held):
        scope = sees(viewer.user, DAY)
        for model in ROOM:
            seen = set(model.seen.within(scope).values_list("pk", flat=True))  # type: ignore[attr-defined]
            wanted = {pk for pk, where, posts in rows[model] if expected(made, viewer, where, posts)}
            assert seen == wanted, (viewer, model)
            saw[viewer.role] += len(seen)
    assert {role for role, number in saw.items() if not number} == {Role.ADMINISTRATOR}


def test_it_works(made: World) -> None:
    assert {model.__name__ for model in ROOM} == {model.__name__ for model in TABLES} - {"Beginning"}
    assert all(model._default_manager.exists() for model in ROOM)


NOBODY: dict[str, Callable[[World], Any]] = {
    "nobody": lambda made: AnonymousUser(),
    "without a post": lambda made: user("without"),
    "an ended post": lambda made: post(user("ended"), Role.LEADER, made.units["CN:gov"], until=YESTERDAY).user,
    "inactive": lambda made: post(user("inactive", is_active=False), Role.LEADER, made.units["CN:gov"]).user,
    "the owner of the installation": lambda made: user("owner", is_superuser=True),
}


@pytest.mark.parametrize("who", NOBODY)
def test_who_sees_nothing(made: World, who: str) -> None:
    viewer = NOBODY[who](made)
    assert [model.__name__ for model in ROOM if model.seen.by(viewer, DAY).exists()] == []  # type: ignore[attr-defined]


def test_a_stand_in_sees_what_was_brought_by_whom_they_stand_in_for(made: World) -> None:
    bringer = Post.unguarded.get(user__username="bringer")
    stand_in = post(user("b"), Role.CLERK, bringer.unit, stands_in_for=bringer)
    assert Report.seen.by(stand_in.user, DAY).count() == 3


def test_a_list_is_two_queries(made: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    viewer = post(user("zhou"), Role.SUPERVISOR, made.units["A:gov"]).user
    with django_assert_num_queries(2):
        assert len(Directive.seen.by(viewer, DAY).select_related("report")) > 5
    with django_assert_num_queries(2):
        assert len(Correction.seen.by(viewer, DAY)) == 4
