"""A stretch and a day of publication in, the times by which something must be done out.

`前` includes the day, month or year it names (6月底前 is up to 30 June); before a holiday is up to the day
before it. Deadlines look ahead from the publication: a phrase without year is the next such time, and a time
that has passed is none. What nobody can date from the words (汛期前, 今冬明春, 任期内) has no day: a person gives it.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from .periods import KINDS, Period, Phrase, period
from .rules import rule
from .signs import signs
from .tables import possible
from .times import named_year, written

# A limit that the words name and do not date: 汛期前.
UNDATED = "undated"
_NAMES = frozenset((*KINDS, UNDATED))


class Due(NamedTuple):
    """A time phrase in offsets of the text, the first day of the time it names (None where it names only
    a limit), and the last day (None where the words give none)."""

    start: int
    end: int
    begins: str | None
    by: str | None


def deadlines(text: str, start: int, end: int, published: datetime.date | None) -> list[Due]:
    """All deadlines of a stretch (one directive), in their order.

    Args:
        text: clean text; what stands before the stretch in its sentence may name the year.
        start: where the stretch begins.
        end: where it ends.
        published: the day of publication; without it years that are not written stay open.
    """
    out: list[Due] = []
    for name, match in _matches(text, start, end):
        if _is_none(text, match, name, end):
            continue
        if name == UNDATED:
            out.append(Due(match.start(), match.end(), None, None))
            continue
        worked = period(name, _phrase(text, match, published))
        if worked and (due := _due(match, worked, published)):
            out.append(due)
    return out


def _matches(text: str, start: int, end: int) -> list[tuple[str, re.Match[str]]]:
    """Phrases that do not overlap: the earlier first, of two at one place the longer."""
    every = [
        (each.name, match)
        for each in possible("times", text[start:end], signs(text, start, end))
        if each.name in _NAMES
        for match in each.pattern.finditer(text, start, end)
    ]
    if not every:
        return []
    every.sort(key=lambda found: (found[1].start(), -found[1].end()))
    kept: list[tuple[str, re.Match[str]]] = []
    for name, match in every:
        if not kept or match.start() >= kept[-1][1].end():
            kept.append((name, match))
    return kept


_FRAMES = frozenset(("half", "quarter", "whole-year", "goal-year", "holiday"))


def _is_none(text: str, match: re.Match[str], name: str, end: int) -> bool:
    """Whether the words around a phrase make it something else than a limit ahead."""
    before = re.split("[，；：。\n]", text[max(0, match.start() - 40) : match.start()])[-1]
    rest = text[match.end() : end]
    behind = re.split("[，；。\n]", rest.removeprefix("，"), maxsplit=1)[0]
    if rule("times", "no-deadline-before").find(before) or rule("times", "no-deadline-behind").find(behind):
        return True
    if rule("times", "done").find(behind):
        return True
    if name in _FRAMES and rule("times", "review").find(before):
        return True
    clause = before + match.group() + behind
    if name == "whole-year":
        return not rule("times", "goal").find(clause)
    return name == "plan-goal" and not rule("times", "plan-driven").find(clause)


def _phrase(text: str, match: re.Match[str], published: datetime.date | None) -> Phrase:
    """A phrase with the year that its sentence gives it."""
    sentence = re.split("[。！？\n]", text[max(0, match.start() - 120) : match.start()])[-1]
    inherited = None
    for year in rule("times", "year-context").pattern.finditer(sentence + match.group()):
        if year.start() < len(sentence):
            inherited = named_year(year, published)
    since = rule("times", "from-year").find(sentence)
    first = named_year(since, published) if since else None
    base = max(published, datetime.date(first, 1, 1)) if published and first else published
    return Phrase(match, published, base, inherited)


def _due(match: re.Match[str], worked: tuple[Period, bool], published: datetime.date | None) -> Due | None:
    """A deadline, unless it has passed."""
    (begins, by), known = worked
    if known and published and by < published:
        return None
    return Due(match.start(), match.end(), written(begins, known) if begins else None, written(by, known))
