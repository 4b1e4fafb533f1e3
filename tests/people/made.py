"""Names in, rows out: a small country of places, lines, units and people for the tests of this room."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from luoshi.people.models import Post, Role, User
from luoshi.places.models import Kind, Level, Line, Place, PlaceState, Unit

DAY = datetime.date(2026, 11, 22)
LONG_AGO = datetime.date(2010, 1, 1)
NOON = datetime.datetime(2026, 11, 22, 4, tzinfo=datetime.UTC)
YESTERDAY, TOMORROW = DAY - datetime.timedelta(1), DAY + datetime.timedelta(1)

# Key, name, level, key of the parent; parents first.
TREE = (
    ("CN", "中国", Level.COUNTRY, None),
    ("A", "江东省", Level.PROVINCE, "CN"),
    ("A1", "临川市", Level.PREFECTURE, "A"),
    ("A1a", "青溪县", Level.COUNTY, "A1"),
    ("A1a1", "石桥镇", Level.TOWNSHIP, "A1a"),
    ("A1b", "白塔区", Level.COUNTY, "A1"),
    ("A2", "望海市", Level.PREFECTURE, "A"),
    ("B", "岭西省", Level.PROVINCE, "CN"),
    ("B1", "云口市", Level.PREFECTURE, "B"),
)
LINES = (("civil", "民政"), ("water", "水利"))


@dataclass
class World:
    """Rows by short keys: places "A1", lines "civil", units "A1:civil" (of a line) and "A1:gov" (of none)."""

    places: dict[str, Place] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)


def world() -> World:
    """In bulk, because nearly every test of the room begins with one."""
    rows = Place.objects.bulk_create(Place(key=key, name=name, level=level) for key, name, level, _ in TREE)
    lines = Line.objects.bulk_create(Line(key=key, name=name, branch="政府", since=LONG_AGO) for key, name in LINES)
    made = World({row.key: row for row in rows}, {row.key: row for row in lines})
    PlaceState.objects.bulk_create(states(made.places))
    offices = Unit.objects.bulk_create(unit(at, line) for at in rows for line in (None, *lines))
    made.units = {row.key: row for row in offices}
    return made


def states(places: dict[str, Place]) -> list[PlaceState]:
    paths: dict[str | None, str] = {None: "/"}
    found = []
    for key, name, level, parent in TREE:
        paths[key] = f"{paths[parent]}{places[key].pk}/"
        state = PlaceState(place=places[key], name=name, level=level, path=paths[key], since=LONG_AGO)
        state.parent = places[parent] if parent else None
        found.append(state)
    return found


def unit(at: Place, line: Line | None) -> Unit:
    """The unit of a line at a place, or its government."""
    key, name = (f"{at.key}:{line.key}", f"{line.name}局") if line else (f"{at.key}:gov", "人民政府")
    kind = Kind.DEPARTMENT if line else Kind.GOVERNMENT
    return Unit(key=key, name=f"{at.name}{name}", place=at, line=line, kind=kind, since=LONG_AGO)


def user(username: str, password: str | None = None, **fields: object) -> User:
    return User.unguarded.create_user(username, password, **{"name": username, **fields})


def post(
    holder: User,
    role: Role,
    at: Unit,
    *lines: Line,
    since: datetime.date = LONG_AGO,
    until: datetime.date | None = None,
    all_lines: bool = False,
    stands_in_for: Post | None = None,
) -> Post:
    made = Post(user=holder, role=role, unit=at, since=since, until=until, all_lines=all_lines)
    made.stands_in_for = stands_in_for
    made.save()
    made.lines.set(lines)
    return made
