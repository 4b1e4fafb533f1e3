"""Names in, rows out: a small country of places, lines, units and people for the tests of this room."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from luoshi.people.models import Post, Role, User
from luoshi.places.models import Kind, Level, Line, Place, PlaceState, Unit

DAY = datetime.date(2026, 11, 22)
LONG_AGO = datetime.date(2010, 1, 1)
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
    made = World()
    for key, name, level, parent in TREE:
        made.places[key] = place(key, name, level, made.places.get(parent or ""))
    for key, name in LINES:
        made.lines[key] = Line.objects.create(key=key, name=name, branch="政府", since=LONG_AGO)
    for key, found in made.places.items():
        made.units[f"{key}:gov"] = unit(f"{key}:gov", f"{found.name}人民政府", found, None)
        for line in made.lines.values():
            made.units[f"{key}:{line.key}"] = unit(f"{key}:{line.key}", f"{found.name}{line.name}局", found, line)
    return made


def place(key: str, name: str, level: str, parent: Place | None, since: datetime.date = LONG_AGO) -> Place:
    made = Place.objects.create(key=key, name=name, level=level)
    above = PlaceState.objects.get(place=parent, until=None).path if parent else "/"
    PlaceState.objects.create(place=made, name=name, level=level, parent=parent, path=f"{above}{made.pk}/", since=since)
    return made


def unit(key: str, name: str, at: Place, line: Line | None) -> Unit:
    kind = Kind.DEPARTMENT if line else Kind.GOVERNMENT
    return Unit.objects.create(key=key, name=name, place=at, line=line, kind=kind, since=LONG_AGO)


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
