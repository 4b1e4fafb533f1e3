"""The table of names in context in, its cases as values out, with what is wrong with the table itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from luoshi.places.gazetteer import PlaceState
from luoshi.places.gazetteer.files import read_places
from luoshi.places.lines import Lines, PlaceNow, every_name, load_lines

TABLE = Path(__file__).with_name("cases") / "names.yaml"
KINDS = {"unit", "several", "set", "class", "unknown"}


class Case(NamedTuple):
    """A name in context and what a careful clerk knows it to mean; the head of the table says what the fields are."""

    section: str
    name: str
    place: str | None
    day: date
    sender: str | None
    kinds: tuple[str, ...]
    unit: str | None = None
    current: str | None = None
    among: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    size: int | None = None

    @property
    def keys(self) -> list[str]:
        """The keys of all units that the case speaks of."""
        named = [self.sender, self.unit, self.current, *self.among, *self.members, *self.includes]
        return [key for key in named if key and "/" in key]


def read_cases(path: Path = TABLE) -> tuple[Case, ...]:
    """The cases of the table in its order. Raises TypeError for a field that is none."""
    table: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text("utf-8"))
    return tuple(_case(section, row) for section, rows in table.items() for row in rows)


def _case(section: str, row: dict[str, Any]) -> Case:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    kind = fields.pop("kind")
    return Case(section=section, kinds=kind if isinstance(kind, tuple) else (kind,), **fields)


@cache
def country() -> dict[str, list[PlaceState]]:
    """The states of every place by its key."""
    states = defaultdict(list)
    for state in read_places():
        states[state.key].append(state)
    return dict(states)


def known_units(keys: set[str], day: date) -> Iterator[str]:
    """Those of the keys that are of a unit there on the day or before it."""
    lines = load_lines()
    for place in {key.rsplit("/", 1)[0] for key in keys} & country().keys():
        yield from keys.intersection(_units_until(place, lines, day))


@cache
def _units_until(place: str, lines: Lines, day: date) -> frozenset[str]:
    """The keys of all units that a place had up to a day, under any of its names and levels."""
    found: set[str] = set()
    for state in country()[place]:
        if state.since <= day:
            last = min(day, (state.until or date.max) - timedelta(days=1))
            found |= {each.unit for each in every_name(_now(state), lines, last)}
    return frozenset(found)


def _now(state: PlaceState) -> PlaceNow:
    return PlaceNow(state.key, state.level, state.name, state.code, province_of(state))


def province_of(state: PlaceState) -> str:
    """The key of the province of a place; empty of the country."""
    while state.parent not in ("", "CN"):
        above = country()[state.parent]
        state = next((each for each in above if each.on(state.since)), above[-1])
    return state.key if state.parent else ""
