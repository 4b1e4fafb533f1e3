"""A province with its units in, who works in each of them out: the posts that a filled ledger names in its events."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from luoshi.people.models import Post, Role, User
from luoshi.places.models import Kind, Place, Unit

from ..ground import confirm_all, working_places

# Who nobody signs in as: their user names begin so.
PREFIX = "demo."
OFFICE = "government_office"
NAMES = {Role.CLERK: "示例承办人", Role.SUPERVISOR: "示例督查员", Role.VERIFIER: "示例核查员"}


class Desk(NamedTuple):
    """A post as an event names it."""

    post: int
    unit: str


class Workplace(NamedTuple):
    """A unit that work is given to, with who gives it, does it and checks it."""

    unit: int
    key: str
    name: str
    line: int
    line_key: str
    place: int
    place_key: str
    clerk: Desk
    supervisor: Desk
    verifier: Desk


def workplaces(province: Place, lines: Iterable[str], day: datetime.date, since: datetime.date) -> list[Workplace]:
    """The departments of some lines in a province, its cities and counties, with a post for each that lacks one."""
    confirm_all(province, day)
    places = [state.place_id for state in working_places(province, day)]
    units = Unit.objects.on(day).filter(place__in=places).select_related("place", "line").order_by("key")
    offices = {unit.place_id: unit for unit in units if unit.key == f"{unit.place.key}/{OFFICE}"}
    known = frozenset(lines)
    doing = [u for u in units if u.line is not None and u.line.key in known and u.kind == Kind.DEPARTMENT]
    doing = [unit for unit in doing if unit.place_id in offices and unit.key == f"{unit.place.key}/{unit.line.key}"]
    looking = list({unit.place_id: offices[unit.place_id] for unit in doing}.values())
    clerks = _posts(doing, Role.CLERK, since)
    supervisors, verifiers = (_posts(looking, role, since) for role in (Role.SUPERVISOR, Role.VERIFIER))
    return [
        _workplace(unit, clerks[unit.pk], supervisors[offices[unit.place_id].pk], verifiers[offices[unit.place_id].pk])
        for unit in doing
    ]


def _workplace(unit: Unit, clerk: Desk, supervisor: Desk, verifier: Desk) -> Workplace:
    assert unit.line is not None
    own = (unit.pk, unit.key, unit.name, unit.line.pk, unit.line.key, unit.place_id, unit.place.key)
    return Workplace(*own, clerk, supervisor, verifier)


def _posts(units: Sequence[Unit], role: Role, since: datetime.date) -> Mapping[int, Desk]:
    """A post of a role at each unit; made in bulk where there is none, for nobody who can sign in."""
    names = {f"{PREFIX}{role}.{unit.pk}": unit for unit in units}
    there = set(User.unguarded.filter(username__in=names).values_list("username", flat=True))
    new = [
        User(username=name, name=f"{NAMES[role]}{unit.pk}", password="!")
        for name, unit in names.items()
        if name not in there
    ]
    User.unguarded.bulk_create(new)
    Post.unguarded.bulk_create(
        Post(user=user, role=role, unit=names[user.username], since=since, all_lines=role != Role.CLERK) for user in new
    )
    posts = Post.unguarded.filter(user__username__in=names).values_list("unit", "pk", "unit__key")
    return {unit: Desk(post, key) for unit, post, key in posts}
