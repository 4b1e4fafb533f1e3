"""The words of a deadline cell and the year of its ledger in, the deadline (READING.md) and its exact day out. Pure."""

from __future__ import annotations

import datetime
import re
from typing import Any, NamedTuple

from luoshi.reading.printed import printed

# A day by its number, or the last day of a month or year: what remains is a month, a quarter, a season, which a
# person dates.
EXACT = re.compile(r"\d\s*[日号]|20\d\d[-./]\d{1,2}[-./]\d{1,2}|[月年]\s*[底末]")
YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


class Dated(NamedTuple):
    """A deadline as printed ({text, from, by}; empty: none), and the day that it names exactly."""

    deadline: dict[str, Any]
    due: datetime.date | None


def dated(words: str, year: int | None) -> Dated:
    """What a deadline cell says.

    Args:
        words: of the cell.
        year: the one year that the title of the ledger names, for days printed without one.
    """
    if not words:
        return Dated({}, None)
    found = printed(words, (0, len(words)), None, year)
    if len(found) != 1:
        return Dated({"text": words, "from": None, "by": None}, None)
    deadline = {"text": words, "from": found[0].begins, "by": found[0].by}
    exact = found[0].by and not found[0].begins and EXACT.search(words)
    return Dated(deadline, _day(found[0].by) if exact and found[0].by else None)


def _day(words: str) -> datetime.date | None:
    """The day; none of one without its year (--06-30)."""
    return None if words.startswith("-") else datetime.date.fromisoformat(words)


def year_of(title: str) -> int | None:
    """The one year that a title names; None where it names none, or several."""
    years = set(YEAR.findall(title))
    return int(years.pop()) if len(years) == 1 else None
