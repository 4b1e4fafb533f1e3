"""The name of a province in, its places, lines and units in the database out, those confirmed that are to be used."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from luoshi.places.finding import find
from luoshi.places.gazetteer import PlaceState as State
from luoshi.places.gazetteer import Succession, read_places, read_successions
from luoshi.places.lines import load_lines
from luoshi.places.loading import load_line_rows, load_places, load_units, version, zone_aliases
from luoshi.places.models import Level, Place, PlaceState, Unit
from luoshi.places.paths import Orphaned
from luoshi.places.tree import children, within

# What is done is told: its name.
Told = Callable[[str], None]
# Where units are confirmed, so that work can be given to them; townships take part as they are.
WORKING = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
SOURCE = "示例"


class NoSuchProvince(Exception):
    """A name that is no province, or a province the demonstration does not fit; the message says which."""


@dataclass(frozen=True)
class Stage:
    """The places the demonstration plays in."""

    province: Place
    city: Place
    county: Place
    other: Place

    @property
    def places(self) -> dict[str, Place]:
        """By the words of people.yaml and story.yaml."""
        return {"province": self.province, "city": self.city, "county": self.county, "other": self.other}


# Codes of the city and counties that the project's own reports are about; elsewhere the first of a province.
CHOSEN = {"330000": ("330600", "330604", "330624")}


def prepare(named: str, day: datetime.date, told: Told) -> Stage:
    """Load a province, unless it is there; confirm the units of the demonstration's places.

    Raises:
        NoSuchProvince: there is none of that name, or it has no cities with counties.
    """
    if not find(named, day):
        told("places")
        try:
            _load(named, day, told)
        except Orphaned:
            raise NoSuchProvince(
                f"{named}: some of its places once belonged to another; run luoshi load first"
            ) from None
    found = [state for state in find(named, day) if state.level == Level.PROVINCE]
    if len(found) != 1:
        raise NoSuchProvince(f"{named}: no province of that name; for example 浙江省")
    stage = _stage(found[0].place, day)
    _confirm(stage.places.values(), day)
    return stage


def _load(named: str, day: datetime.date, told: Told) -> None:
    states = list(read_places())
    now = [s for s in states if s.level == "province" and s.until is None]
    roots = [s.key for s in now if named in (s.name, s.key, s.code) or s.name.startswith(named)]
    if len(roots) != 1:
        raise NoSuchProvince(f"{named}: no province of that name; for example 浙江省")
    kept = part_of(states, roots[0])
    load_places(kept, passed_within(read_successions(), kept), f"{version()}, {roots[0]}", zone_aliases())
    lines = load_lines()
    load_line_rows(lines)
    told("units")
    load_units(lines, day)


def part_of(states: Sequence[State], root: str) -> list[State]:
    """The states of a province, of the country above it, and of all that ever lay in it while it did."""
    below: dict[str, set[str]] = {}
    for state in states:
        below.setdefault(state.parent, set()).add(state.key)
    kept, waiting = {root}, [root]
    while waiting:
        new = below.get(waiting.pop(), set()) - kept
        kept |= new
        waiting += new
    top = {state.key for state in states if not state.parent}
    kept |= top
    return [s for s in states if s.key in kept and (not s.parent or s.parent in kept)]


def passed_within(passed: Iterable[Succession], states: Iterable[State]) -> list[Succession]:
    """The successions of which both places are there."""
    keys = {state.key for state in states}
    return [each for each in passed if each.place in keys and each.successor in keys]


def _stage(province: Place, day: datetime.date) -> Stage:
    codes = CHOSEN.get(province.code, ())
    states = PlaceState.objects.on(day).filter(code__in=codes).select_related("place")
    by_code = {state.code: state.place for state in states}
    if codes and by_code.keys() == set(codes):
        return Stage(province, *(by_code[code] for code in codes))
    for city in _below(province, Level.PREFECTURE, day):
        counties = _below(city, Level.COUNTY, day)
        if len(counties) > 1:
            return Stage(province, city, counties[0], counties[1])
    raise NoSuchProvince(f"{province.name}: it has no city with counties, in which the demonstration plays")


def _below(place: Place, level: Level, day: datetime.date) -> list[Place]:
    states = children(place, day).filter(level=level).select_related("place").order_by("code")
    return [state.place for state in states]


def _confirm(places: Iterable[Place], day: datetime.date) -> None:
    confirm(Unit.objects.filter(place__in=list(places)), day)


def confirm_all(province: Place, day: datetime.date) -> None:
    """Confirm the units of every city and county of a province."""
    states = within(province, day).filter(level__in=WORKING)
    confirm(Unit.objects.filter(place__in=states.values("place")), day)


def confirm(units: QuerySet[Unit], day: datetime.date) -> None:
    """Confirm assumed units for the demonstration, and say so in their source."""
    units.filter(status=Unit.Status.ASSUMED).update(status=Unit.Status.CONFIRMED, confirmed_on=day, source=SOURCE)


def working_places(province: Place, day: datetime.date) -> list[PlaceState]:
    """The province, its cities and counties on a day, in the order of their codes."""
    return list(within(province, day).filter(level__in=WORKING).select_related("place").order_by("code"))
