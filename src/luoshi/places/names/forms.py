"""The lines in, an index of what is printed around the name of a place out: …发展改革委, 中共…委组织部, 省委办.

A pattern of a line (中共{committee}组织部) becomes a form for every end a name of a place has: before the place 中共,
after it 委组织部 where the name ends in 省. Forms stand as strings: what is looked up is cut out of the printed name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ..lines import Line, Lines, Period
from ..lines.naming import Pattern, filled, taken_apart
from ..lines.slots import ENDINGS, ZONES, Words, words_of
from .reasons import Match
from .script import unquoted
from .wording import variants, words

# The mark for the place inside of a form, and between its parts.
PLACE = "\0"
# Ends of names by level; of a level that is not here, none (zones: the name as it is).
ENDS: dict[str, tuple[str, ...]] = {
    "province": ("自治区", "省", "市"),
    "prefecture": ("地区", "盟", "州", "市"),
    "county": ("新区", "特区", "林区", "县", "市", "区", "旗"),
    "township": ("街道", "乡", "镇", "苏木"),
    "zone": ("", *ZONES),
}
# What bodies of the country leave out among themselves: 发展改革委, 海洋局.
_NATION = re.compile("^(?:中华人民共和国|国家|中国|全国|中央|国务院)")


def ending_of(level: str, name: str) -> str:
    """The end of a place's name by which its units are named; empty: none."""
    if level == "zone":
        return next((kind for kind in ZONES if name.endswith(kind)), "")
    return next((row[0] for row in ENDINGS if name.endswith(row[0])), "")


@cache
def rank_of(level: str, ending: str) -> str:
    """What a place of such a name is called by those who live there: 市, 自治区, 地区, 开发区."""
    return ending if level == "zone" else next((row[1] for row in ENDINGS if row[0] == ending), "")


def placed(head: str, tail: str) -> str:
    """The form of a name with the place between these."""
    return f"{head}{PLACE}{tail}"


def stemmed(head: str, tail: str) -> str:
    """The form of a name with the place's name without its rank."""
    return f"{head}{PLACE}{PLACE}{tail}"


def bare(tail: str) -> str:
    """The form of a name without any place: 财政局, 组织部."""
    return f"{PLACE}{PLACE}{PLACE}{tail}"


class Shape(NamedTuple):
    """Places whose units have the same forms: their level, the codes that the lines tell apart, the end of the name."""

    level: str
    province_code: str
    code: str
    ending: str


@cache
def _words(level: str, ending: str) -> tuple[Words, Words]:
    return words_of(PLACE + ending, level)


def _form(text: str, whole: str) -> str:
    """The form of a filled pattern: the place with its rank, or without."""
    head, _, tail = text.partition(whole)
    if PLACE not in head and whole in text:
        return placed(head, tail.replace(whole, PLACE))
    head, _, tail = text.partition(PLACE)
    return stemmed(head, tail.replace(whole, PLACE))


@cache
def _forms(pattern: str, level: str, ending: str) -> tuple[str, ...]:
    """The forms of a pattern for a place of a level and an end: with its name, with the rank alone, without either."""
    if "{" not in pattern:
        return (
            (pattern, bare(short)) if (short := _NATION.sub("", pattern)) != pattern and len(short) > 1 else (pattern,)
        )
    apart, (whole, rank) = taken_apart(pattern), _words(level, ending)
    out = [_form(filled(apart, whole), PLACE + ending)]
    if apart.free and rank.place:
        out.append(filled(apart, rank))
    if tail := _bare(apart):
        out.append(bare(tail))
    return tuple(out)


def _bare(pattern: Pattern) -> str:
    alone = pattern.tail if not pattern.head and not pattern.more else ""
    return alone if len(alone) > 1 and alone not in words("too_general") else ""


@cache
def shortened(form: str) -> frozenset[str]:
    """The form as offices shorten its words, itself included."""
    out = {form, unquoted(form)}
    for variant in variants():
        out |= {each.replace(variant.long, variant.short) for each in out if variant.long in each}
    general = words("too_general")
    return frozenset(
        each for each in out if each == form or (len(each.rpartition(PLACE)[2]) > 1 and each not in general)
    )


def period_forms(line: Line, period: Period, level: str, ending: str) -> dict[str, Match]:
    """All forms of the names of one period, each with the name that it is; the first that has it wins."""
    out: dict[str, Match] = {}
    patterns = (period.full, *period.short)
    plain = [(form, "full" if p == period.full else "short") for p in patterns for form in _forms(p, level, ending)]
    for form, match in plain:
        out.setdefault(form, "full" if match == "full" else "short")
    offices = [each + office for each in patterns if each[-1] in "会委组部指" for office in ("办公室", "办")]
    further = [form for p in offices for form in _forms(p, level, ending)] if line.kind == "leading_group" else []
    for form in (*(form for form, _ in plain), *further):
        for each in shortened(form):
            out.setdefault(each, "variant")
    return out


class Piece(NamedTuple):
    """A period of a unit at places of one shape, with the forms of its names."""

    period: Period
    forms: dict[str, Match]


class Forms:
    """Which lines have a form anywhere, and what the units of a line are called at places of a shape, in time."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        scopes = {period.scope for line in lines.every for period in line.periods}
        self._codes = frozenset(code for scope in scopes for code in scope.codes)
        self._pieces: dict[tuple[str, Shape], tuple[Piece, ...]] = {}
        found: dict[str, dict[tuple[str, str], None]] = {}
        for form, borne in self._every():
            found.setdefault(form, {})[borne] = None
        # The lines that have a form, each with the level at which it has it.
        self.by_form = {form: tuple(borne) for form, borne in found.items()}
        heads = {form.partition(PLACE)[0] for form in found if PLACE in form} - {""}
        self.heads = tuple(sorted(heads, key=len, reverse=True))

    def _every(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for line in self.lines.every:
            for period in line.periods:
                level = period.scope.level
                for ending in ENDS.get(level, ("",)) if period.full else ():
                    if level == "zone" or period.scope.fits(level, period.scope.codes, ending):
                        yield from ((form, (line.key, level)) for form in period_forms(line, period, level, ending))

    def shape(self, level: str, name: str, code: str, province_code: str) -> Shape:
        """The shape of a place: of two of the same shape, units are named alike."""
        province, own = (each if each in self._codes else "" for each in (province_code, code))
        return Shape(level, province, own, ending_of(level, name))

    def pieces(self, key: str, shape: Shape) -> tuple[Piece, ...]:
        """The names of a line's unit at places of a shape, in order of time; none: there never is such a unit."""
        known = self._pieces.get((key, shape))
        if known is None:
            line = self.lines[key]
            periods = line.names(shape.level, shape.province_code, shape.code, shape.ending)
            known = tuple(Piece(p, period_forms(line, p, shape.level, shape.ending)) for p in periods)
            self._pieces[key, shape] = known
        return known

    def having(self, forms: Iterable[str], level: str = "") -> tuple[str, ...]:
        """The lines that have one of the forms somewhere, or at a level."""
        found = (borne for form in forms for borne in self.by_form.get(form, ()))
        return tuple(dict.fromkeys(key for key, at in found if level in ("", at)))
