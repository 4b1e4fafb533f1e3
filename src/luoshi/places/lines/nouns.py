"""The nouns of the lines as plain values: a named period of a unit, a scope of places, a line, all lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

Level = Literal["country", "province", "prefecture", "county", "township", "zone"]
Known = Literal["day", "year", "record", "assumed"]
Extent = Literal["whole", "part"]
Branch = Literal["party", "government", "congress", "cppcc", "discipline", "court", "procuratorate", "mass", "zone"]
Kind = Literal[
    "department",
    "court",
    "procuratorate",
    "mass_organisation",
    "leading_group",
    "party_committee",
    "government",
    "congress",
    "cppcc",
    "zone_committee",
]

LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: tuple[Kind, ...] = get_args(Kind)
BRANCHES: tuple[Branch, ...] = get_args(Branch)


class BrokenLines(ValueError):
    """Data of lines that cannot be used; the message has one line for each fault: file, line, field, what is wrong."""


class Moment(NamedTuple):
    """A day and how well it is known: `day` (dated by a document), `year` (written as its first of January),
    `assumed` (about that year)."""

    day: date
    known: Known


class Scope(NamedTuple):
    """Which places a name is for: those of a level, of some codes (none: all), of some endings (none: all).

    A code is that of a province, for all in it, or of the place itself. Of two names that fit, the heavier scope wins.
    """

    level: Level
    codes: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    name: str = ""
    weight: int = 0

    def fits(self, level: str, codes: frozenset[str], place: str) -> bool:
        """Whether a place of this level, with these codes and this name is meant."""
        return (
            level == self.level
            and (not self.codes or not self.codes.isdisjoint(codes))
            and (not self.endings or place.endswith(self.endings))
        )


class Period(NamedTuple):
    """What the unit of a line is called in a scope from `since` to the day before `until`; None: open, and then the
    beginning is where the record begins. An empty `full` says that there is no such unit in the scope."""

    scope: Scope
    full: str
    short: tuple[str, ...]
    since: date | None
    since_known: Known
    until: date | None
    until_known: Known
    assumed: bool
    source: str

    def on(self, day: date) -> bool:
        """Whether the name holds on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class Handing(NamedTuple):
    """What became of a line that ended, at some levels: its successor and how much of it went there."""

    to: str
    extent: Extent
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of departments, a body of every place or a leading group: its names by scope and time.

    `office` is, of a leading group, the line of its office. `abolished` says that an ended line has no successor.
    """

    key: str
    name: str
    branch: Branch
    kind: Kind
    periods: tuple[Period, ...]
    handed: tuple[Handing, ...] = ()
    office: str | None = None
    abolished: bool = False
    file: str = ""

    def names(self, level: str, province_code: str = "", code: str = "", place: str = "") -> tuple[Period, ...]:
        """The names of the line's unit at a place, in order of time, without overlaps.

        Codes are of six digits; without them the general names hold.
        """
        codes = frozenset(filter(None, (province_code, code)))
        return _timeline([p for p in self.periods if p.scope.fits(level, codes, place)])

    def name_at(self, level: str, day: date, province_code: str = "", code: str = "", place: str = "") -> Period | None:
        """The name on a day, as a pattern; None where the line has no unit."""
        return next((p for p in self.names(level, province_code, code, place) if p.on(day)), None)


def _timeline(periods: list[Period]) -> tuple[Period, ...]:
    """One name for each day: the one of the heaviest scope; a name interrupted by nothing is one period."""
    edges = sorted({p.since or date.min for p in periods} | {p.until or date.max for p in periods})
    out: list[Period] = []
    for start, end in pairwise(edges):
        there = [p for p in periods if p.on(start)]
        if not there:
            continue
        best = max(there, key=lambda p: p.scope.weight)
        piece = _cut(best, start, end, periods)
        if out and out[-1].until == piece.since and out[-1].full == piece.full:
            piece = piece._replace(since=out[-1].since, since_known=out[-1].since_known)
            out.pop()
        out.append(piece)
    return tuple(p for p in out if p.full)


def _cut(period: Period, start: date, end: date, periods: list[Period]) -> Period:
    """The part of a period from an edge to the next; a cut edge is known as well as what made it."""
    since_known, until_known = period.since_known, period.until_known
    if start != (period.since or date.min):
        since_known = _known(start, periods)
    if end != (period.until or date.max):
        until_known = _known(end, periods)
    since = None if start == date.min else start
    until = None if end == date.max else end
    return period._replace(since=since, since_known=since_known, until=until, until_known=until_known)


def _known(edge: date, periods: list[Period]) -> Known:
    for p in periods:
        if p.since == edge:
            return p.since_known
    return next(p.until_known for p in periods if p.until == edge)


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines, bodies and leading groups of one version of the data, in the order of the files."""

    version: str
    every: tuple[Line, ...]
    by_key: dict[str, Line] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {line.key: line for line in self.every})

    def __getitem__(self, key: str) -> Line:
        """The line of a key. Raises KeyError."""
        return self.by_key[key]
