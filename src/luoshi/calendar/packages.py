"""What the packages know of days in, a calendar out: exact for the years of past notices, statutory days for later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import version

from .counting import Calendar, calendar_of
from .nouns import Day, Known
from .words import reason_of

PAST, LATER = "chinesecalendar", "holidays"
# How `holidays` names a day in lieu, and parts the names of two holidays on one day.
IN_LIEU, AND = "补假", "; "


@cache
def base() -> Calendar:
    """The calendar of the packages alone: from 2004 to the last year that was announced as it was; later years by
    weekends and statutory days, earlier ones by weekends, both provisional."""
    from chinese_calendar.constants import holidays

    source = f"{PAST} {version(PAST)}"
    years = range(min(holidays).year, max(holidays).year + 1)
    days = {day.date: day for day in (*_statutory(years[-1] + 1), *_announced(source))}
    return calendar_of(f"{version(PAST)}+0", Known(days, dict.fromkeys(years, source)))


def _announced(source: str) -> Iterator[Day]:
    """Rest days and days worked in exchange, as the State Council announced them."""
    from chinese_calendar.constants import holidays, workdays

    for on, name in holidays.items():
        yield Day(on, False, reason_of(name), False, source)
    for on in workdays:
        yield Day(on, True, "make_up", False, source)


def _statutory(first: int) -> Iterator[Day]:
    """Statutory holidays from a year on, with the days in lieu of those on weekends: by the law, not by a notice."""
    # Here, because it takes a fifth of a second, and not every command counts days.
    from holidays import country_holidays
    from holidays.countries.china import China

    source = f"{LATER} {version(LATER)}"
    years = range(first, China.end_year + 1)
    for on, name in country_holidays("CN", years=years, language="zh_CN").items():
        reason = "substitute" if IN_LIEU in name else reason_of(name.split(AND)[0])
        yield Day(date.fromordinal(on.toordinal()), False, reason, True, source)
