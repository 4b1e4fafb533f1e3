"""A place, a line and a day in, the names of its unit out: 浙江省发展和改革委员会, 浙江省发改委, 省发改委."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from .nouns import Known, Line, Period
from .slots import SLOTS, Words, words_of


class UnitName(NamedTuple):
    """The full name, the usual short one (the full one where there is none) and other names, none of them twice.

    Aliases without the name of a place (省发改委) mean it only where the reader knows of which place is spoken.
    """

    full: str
    short: str
    aliases: tuple[str, ...]


class FormerName(NamedTuple):
    """A name a unit bore before, from `since` (None: since before the record) to the day before `until`."""

    name: UnitName
    since: date | None
    since_known: Known
    until: date | None
    until_known: Known


# Slots that stand for the name of the place alone.
NAMED = ("place", "stem")


class Pattern(NamedTuple):
    """A pattern taken apart at its first slot: what stands before it, the slot's number, what stands after it.

    `more`: further slots follow. `free`: people say it with the rank alone (省发改委, 团省委),
    but not 中国共产党省委员会: where words stand before {place}, the place is named.
    """

    head: str
    slot: int
    tail: str
    more: bool
    free: bool


@cache
def taken_apart(pattern: str) -> Pattern:
    """A pattern, ready to be filled with the words of a place."""
    head, slot, tail = re.split(r"\{(\w+)\}", pattern, maxsplit=1)
    return Pattern(head, SLOTS.index(slot), tail, "{" in tail, not head or slot not in NAMED)


def filled(pattern: Pattern, words: Words) -> str:
    """The pattern with the words of a place."""
    head, slot, tail, more, _ = pattern
    return head + words[slot] + (tail.format_map(words._asdict()) if more else tail)


class Patterns(NamedTuple):
    """The patterns of one name of a unit: the full one, the short one, the other ones, and those said with the rank."""

    full: Pattern
    short: Pattern
    others: tuple[Pattern, ...]
    free: tuple[Pattern, ...]


@cache
def patterns_of(full: str, short: tuple[str, ...]) -> Patterns | UnitName:
    """The patterns of a name; the names themselves where no place stands in them (of the country)."""
    if "{" not in full:
        return UnitName(full, short[0] if short else full, short[1:])
    first, *others = map(taken_apart, short or (full,))
    every = dict.fromkeys((first, *others, taken_apart(full)))
    return Patterns(taken_apart(full), first, tuple(others), tuple(each for each in every if each.free))


def fill(patterns: Patterns | UnitName, whole: Words, rank: Words, also: Iterable[Words]) -> UnitName:
    """The names of a unit: with the words of its place, with its rank alone, with other names of the place."""
    if isinstance(patterns, UnitName):
        return patterns
    full, short = filled(patterns.full, whole), filled(patterns.short, whole)
    aliases = [filled(pattern, whole) for pattern in patterns.others]
    aliases += [filled(pattern, rank) for pattern in patterns.free]
    for words in also:
        aliases += [filled(pattern, words) for pattern in (patterns.short, *patterns.others, patterns.full)]
    unique = dict.fromkeys(aliases)
    unique.pop(full, None)
    unique.pop(short, None)
    return UnitName(full, short, tuple(unique))


def name_of(period: Period, place: str, also: tuple[str, ...] = ()) -> UnitName:
    """The names of a unit of a place in one period of its line."""
    whole, rank = words_of(place, period.scope.level)
    others = [words_of(name, period.scope.level)[0] for name in also]
    return fill(patterns_of(period.full, period.short), whole, rank, others)


def unit_name(
    place: str,
    level: str,
    line: Line,
    day: date,
    *,
    province_code: str = "",
    code: str = "",
    also: tuple[str, ...] = (),
) -> UnitName | None:
    """The names of the unit of a line at a place on a day; None where the line has none.

    `place` is the official name (浙江省); `also` are other names of the place under which its units are known (浙江,
    景宁县, 杭州市钱塘区). A county's unit prints the county alone.
    """
    period = line.name_at(level, day, province_code, code, place)
    return name_of(period, place, also) if period else None


def former_names(
    place: str,
    level: str,
    line: Line,
    day: date,
    *,
    province_code: str = "",
    code: str = "",
    also: tuple[str, ...] = (),
) -> tuple[FormerName, ...]:
    """The names that the unit bore before the one it bears on a day, or bore at last, the earliest first."""
    periods = line.names(level, province_code, code, place)
    return tuple(
        FormerName(name_of(p, place, also), p.since, p.since_known, p.until, p.until_known)
        for p in periods
        if p.until is not None and p.until <= day
    )
