"""Lines in, what is wrong between them out: keys twice, periods that overlap or leave gaps, ends without successors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from .nouns import LEVELS, Line, Lines, Period
from .schema import Problem

FIRST, LAST = date.min, date.max


def faults(lines: Lines) -> Iterator[Problem]:
    """Faults of lines whose form is sound, in the order of the lines."""
    seen: dict[str, str] = {}
    for line in lines.every:
        if line.key in seen:
            yield Problem(line.file, line.key, "key", f"the key is used twice, first in {seen[line.key]}")
        seen.setdefault(line.key, line.file)
    for line in lines.every:
        yield from _of_periods(line)
        yield from _of_references(line, lines)
        yield from _of_ends(line)


def _of_periods(line: Line) -> Iterator[Problem]:
    for period in line.periods:
        if (period.since or FIRST) >= (period.until or LAST):
            yield _at(line, period, "until", f"{period.full} ends on {period.until}, before it begins")
    for number, one in enumerate(line.periods):
        for other in line.periods[number + 1 :]:
            if one.scope == other.scope and _overlap(one, other):
                what = f"{one.full or 'no unit'} and {other.full or 'no unit'} overlap at {one.scope.level}"
                yield _at(line, one, "since", f"{what}: give one an end or the other a beginning")
    for scope in dict.fromkeys(p.scope for p in line.periods):
        ordered = sorted((p for p in line.periods if p.scope == scope), key=lambda p: p.since or FIRST)
        for before, after in pairwise(ordered):
            if before.until and after.since and before.until < after.since:
                yield _at(line, before, "until", f"nothing is said from {before.until} to {after.since}: leave it out")


def _overlap(one: Period, other: Period) -> bool:
    return (one.since or FIRST) < (other.until or LAST) and (other.since or FIRST) < (one.until or LAST)


def _of_references(line: Line, lines: Lines) -> Iterator[Problem]:
    for handing in line.handed:
        if handing.to not in lines.by_key or handing.to == line.key:
            yield Problem(line.file, line.key, "handed_over", f"{handing.to} is no other line")
    if line.kind == "leading_group" and line.office is None:
        yield Problem(line.file, line.key, "office", "a leading group names the line of its office")
    if line.office is not None and line.office not in lines.by_key:
        yield Problem(line.file, line.key, "office", f"{line.office} is no line")


def _of_ends(line: Line) -> Iterator[Problem]:
    """A line that has ended at a level has a successor there or is abolished."""
    for level in LEVELS:
        ends = [p for p in line.periods if p.scope.level == level and p.full]
        handed = any(not h.levels or level in h.levels for h in line.handed)
        if ends and all(p.until for p in ends) and not handed and not line.abolished:
            yield Problem(line.file, line.key, "handed_over", f"ended at {level}: name a successor, or abolished: true")


def _at(line: Line, period: Period, field: str, what: str) -> Problem:
    return Problem(line.file, line.key, f"names {period.scope.name or period.scope.level} {field}", what)
