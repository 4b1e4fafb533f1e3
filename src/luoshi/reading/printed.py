"""The words of a deadline cell or bracket in, the day they mean out: 2025.6, 6月, 2025-06-30, 长期坚持.

Unlike a time in running text it is a limit whatever its words (6月 is up to 30 June), and it is printed even
where it has passed.
"""

from __future__ import annotations

import datetime
import re

from .deadlines import Due, deadlines
from .rules import rule
from .sentences import Offsets, trimmed
from .times import day_of, last_of, written

# Rules of printed_times.yaml that give a day, in the order they are tried.
_FORMS = ("day", "months", "month", "year")


def printed(text: str, span: Offsets, published: datetime.date | None, year: int | None) -> tuple[Due, ...]:
    """The deadlines of a stretch that prints one.

    Args:
        text: clean text.
        span: the stretch: a cell, what stands behind 完成时限：, a piece of a bracket.
        published: the day of publication, None where unknown.
        year: the year that the title of the document or table names, for days printed without one.
    """
    start, end = trimmed(text, *span, " 　\n，、；：。")
    if start >= end:
        return ()
    words = re.sub(r"\s", "", text[start:end])
    if rule("printed_times", "lasting").find(words):
        return (Due(start, end, None, None),)
    for name in _FORMS:
        found = rule("printed_times", name).find(words)
        if found and (due := _formed(found, start, end, year, published)):
            return (due,)
    dues = deadlines(text, start, end, published) or deadlines(text, start, end, None)
    return tuple(_in_year(due, year) for due in dues or _as_limit(text, start, end, published))


def _as_limit(text: str, start: int, end: int, published: datetime.date | None) -> list[Due]:
    """The words read as if 前 stood behind them."""
    words = text[start:end] + "前"
    dues = deadlines(words, 0, len(words), published) or deadlines(words, 0, len(words), None)
    return [Due(start + due.start, min(start + due.end, end), due.begins, due.by) for due in dues]


def _formed(
    found: re.Match[str], start: int, end: int, year: int | None, published: datetime.date | None
) -> Due | None:
    """A written form as a deadline; without year and title it looks ahead from the publication, if that is known."""
    parts = found.groupdict()
    known = parts.get("year") or parts.get("from_year")
    if not known and year is None and published:
        return None
    years = int(known) if known else year
    month = int(parts.get("month") or 12)
    if not 1 <= month <= 12:
        return None
    by = day_of(years, month, int(parts.get("day") or last_of(years, month)))
    begins = None
    if parts.get("from") and 1 <= int(parts["from"]) <= 12:
        first = int(parts["from_year"]) if parts.get("from_year") else years
        begins = day_of(first, int(parts["from"]), 1)
    return Due(start, end, written(begins, bool(years)) if begins else None, written(by, bool(years))) if by else None


def _in_year(due: Due, year: int | None) -> Due:
    """A day without year in the year of the title."""
    if year is None or not (due.by or "").startswith("--"):
        return due
    begins = f"{year}{(due.begins or '')[1:]}" if (due.begins or "").startswith("--") else due.begins
    return Due(due.start, due.end, begins, f"{year}{(due.by or '')[1:]}")
