"""Places, lines and a day in, the units that should be there out, one by one: every line at every place of its levels.

What comes out is assumed: it says what a unit of this line at this place would be called, not that it was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from .naming import FormerName, Patterns, UnitName, fill, patterns_of
from .nouns import Branch, Kind, Known, Line, Lines, Period
from .slots import words_of

# Units of every place that are of no line.
BODIES: frozenset[Kind] = frozenset({"party_committee", "government", "congress", "cppcc", "zone_committee"})
# 香港, 澳门, 台湾 (which may have no code): the lines are those of the mainland.
WITHOUT_UNITS = frozenset({"", "710000", "810000", "820000"})


class PlaceNow(NamedTuple):
    """A place as it is on the day: its key for ever, level, official name, code (six digits; empty where it has none),
    the code of its province, and other names under which its units are known (景宁县, 杭州市钱塘区)."""

    key: str
    level: str
    name: str
    code: str
    province_code: str
    also: tuple[str, ...] = ()


class UnitDraft(NamedTuple):
    """A unit that should be there. `key` is `<place key>/<line key>` and never changes; `line_key` is empty of bodies,
    and of a leading group the line of its office. `name_assumed`: the name is a general form, not known of the place.

    `since`: since when there is such a unit, whatever its name (None: since before the record); `until`: when it ends.
    """

    key: str
    place_key: str
    line_key: str | None
    kind: Kind
    branch: Branch
    name: str
    short: str
    aliases: tuple[str, ...]
    former: tuple[FormerName, ...]
    status: Literal["assumed"]
    name_assumed: bool
    since: date | None
    since_known: Known
    until: date | None
    until_known: Known


class _Former(NamedTuple):
    patterns: Patterns | UnitName
    times: tuple[date | None, Known, date | None, Known]


class _Planned(NamedTuple):
    """A unit of every place of one kind."""

    suffix: str
    line_key: str | None
    line: Line
    now: Period
    patterns: Patterns | UnitName
    former: tuple[_Former, ...]
    first: Period
    last: Period


def has_units(place: PlaceNow) -> bool:
    """Whether the lines reach a place: it is the country or lies in a province of the mainland."""
    return place.level == "country" or place.province_code not in WITHOUT_UNITS


def generate_units(places: Iterable[PlaceNow], lines: Lines, day: date) -> Iterator[UnitDraft]:
    """The units of the places on a day, in the order of the places and then of the lines.

    A place without a province (but the country) and the regions outside the mainland's lines have none.
    """
    signs = _Signs(lines)
    plans: dict[tuple[object, ...], tuple[_Planned, ...]] = {}
    for place in places:
        if not has_units(place):
            continue
        sign = signs.of(place)
        if sign not in plans:
            plans[sign] = tuple(_plan(lines, place, day))
        yield from _units(place, plans[sign])


class _Signs:
    """What tells places whose units are alike from others: the codes and ends of names that a scope speaks of."""

    def __init__(self, lines: Lines) -> None:
        scopes = {period.scope for line in lines.every for period in line.periods}
        self._codes = frozenset(code for scope in scopes for code in scope.codes)
        self._endings = sorted({ending for scope in scopes for ending in scope.endings})

    def of(self, place: PlaceNow) -> tuple[object, ...]:
        """The same for two places only if they have the same lines and names."""
        codes = [code if code in self._codes else "" for code in (place.province_code, place.code)]
        return (place.level, *codes, *(place.name.endswith(ending) for ending in self._endings))


def _plan(lines: Lines, place: PlaceNow, day: date) -> Iterator[_Planned]:
    """The units of all places of the same signs."""
    for line in lines.every:
        periods = line.names(place.level, place.province_code, place.code, place.name)
        now = next((p for p in periods if p.on(day)), None)
        if now is None:
            continue
        chain = _unbroken(periods, now)
        earlier = tuple(p for p in periods if p.until is not None and p.until <= day)
        yield _Planned(
            suffix=f"/{line.key}",
            line_key=line.office or (line.key if line.kind not in BODIES else None),
            line=line,
            now=now,
            patterns=patterns_of(now.full, now.short),
            former=tuple(_Former(patterns_of(p.full, p.short), _times(p)) for p in earlier),
            first=chain[0],
            last=chain[-1],
        )


def _times(period: Period) -> tuple[date | None, Known, date | None, Known]:
    return period.since, period.since_known, period.until, period.until_known


def _unbroken(periods: tuple[Period, ...], now: Period) -> list[Period]:
    """The names around the present one that follow each other without a day between."""
    chain: list[Period] = [periods[0]]
    for before, after in pairwise(periods):
        if before.until != after.since:
            if now in chain:
                break
            chain = []
        chain.append(after)
    return chain


def _units(place: PlaceNow, plan: tuple[_Planned, ...]) -> Iterator[UnitDraft]:
    whole, rank = words_of(place.name, place.level)
    also = [words_of(name, place.level)[0] for name in place.also]

    def named(patterns: Patterns | UnitName) -> UnitName:
        return fill(patterns, whole, rank, also)

    for unit in plan:
        now = named(unit.patterns)
        yield UnitDraft(
            place.key + unit.suffix,
            place.key,
            unit.line_key,
            unit.line.kind,
            unit.line.branch,
            *now,
            tuple(FormerName(named(f.patterns), *f.times) for f in unit.former),
            "assumed",
            unit.now.assumed,
            unit.first.since,
            unit.first.since_known,
            unit.last.until,
            unit.last.until_known,
        )
