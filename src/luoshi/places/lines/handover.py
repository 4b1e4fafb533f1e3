"""Lines and a day in, what became of those that ended out: successor lines, and whose work went to which unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .generating import PlaceNow
from .nouns import Extent, Known, Line, Lines


class Successor(NamedTuple):
    """A line to which another's work went at a level: when the last step was, how much (part, if any step was)."""

    line_key: str
    day: date
    day_known: Known
    extent: Extent
    source: str


class Handover(NamedTuple):
    """The work of a unit that ended goes to another on a day; `source` is the reform or document that ended it."""

    old: str
    new: str
    day: date
    day_known: Known
    extent: Extent
    source: str


def successors(
    lines: Lines, key: str, day: date, level: str = "country", province_code: str = "", code: str = "", place: str = ""
) -> list[Successor]:
    """The lines that on a day do the work of a line at a level, chains followed, each once; the first ones come first.

    Empty where the line had no unit at this level, has one still, or was abolished. A successor may have no unit at the
    level on that day, and none after it: then the chain ends with it.
    """
    where = (level, province_code, code, place)
    found: dict[str, Successor] = {}
    _follow(lines, lines[key], day, where, "whole", found, {key})
    return list(found.values())


Where = tuple[str, str, str, str]


def _follow(
    lines: Lines, line: Line, day: date, where: Where, so_far: Extent, found: dict[str, Successor], seen: set[str]
) -> None:
    """Puts the successors of a line into `found`."""
    level, *place = where
    periods = line.names(level, *place)
    if not periods or (end := periods[-1].until) is None or end > day:
        return
    for handing in line.handed:
        if (handing.levels and level not in handing.levels) or handing.to in seen:
            continue
        seen.add(handing.to)
        extent: Extent = "part" if "part" in (so_far, handing.extent) else "whole"
        before = len(found)
        _follow(lines, lines[handing.to], day, where, extent, found, seen)
        if len(found) == before:
            source = _reform(lines, handing.to, end, where) or periods[-1].source
            found[handing.to] = Successor(handing.to, end, periods[-1].until_known, extent, source)


def _reform(lines: Lines, key: str, day: date, where: Where) -> str:
    """The source of the name that the successor took on the day, if it took one."""
    level, *place = where
    return next((p.source for p in lines[key].names(level, *place) if p.since == day), "")


def handover(units: Iterable[str], places: dict[str, PlaceNow], lines: Lines, day: date) -> list[Handover]:
    """Of the units (keys) that have ended by a day, to which units of the same place their work went.

    `places` are the places by key. Keys that are of no line or of no place given are an error of the caller: KeyError.
    """
    out: list[Handover] = []
    for unit in units:
        place_key, _, line_key = unit.rpartition("/")
        place = places[place_key]
        for to in successors(lines, line_key, day, place.level, place.province_code, place.code, place.name):
            new = f"{place_key}/{to.line_key}"
            out.append(Handover(unit, new, to.day, to.day_known, to.extent, to.source))
    return out
