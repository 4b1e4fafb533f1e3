"""Written dates and a day of publication in, calendar days out; and the day on which something was held.

Days are ISO 8601; where the year cannot be told they are written `--03-12`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from .numerals import value_of
from .rules import rule
from .signs import signs

# Feasts of the lunar calendar, 2010 to 2035: by GB/T 33661-2017 the first month begins on the day (UTC+8) of the
# second new moon after the one whose month holds the winter solstice; 春节 is its first day, 元宵 its fifteenth,
# 端午 the fifth of the fifth month, 中秋 the fifteenth of the eighth. The new moons of 2027-02-06 (23:56) and
# 2030-02-03 (00:07) fall near midnight: calendars that round the time give those two years a day off.
_NEW_YEARS = (
    "02-14 02-03 01-23 02-10 01-31 02-19 02-08 01-28 02-16 02-05 01-25 02-12 02-01 "
    "01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08"
)
_DRAGON_BOATS = (
    "06-16 06-06 06-23 06-12 06-02 06-20 06-09 05-30 06-18 06-07 06-25 06-14 06-03 "
    "06-22 06-10 05-31 06-19 06-09 05-28 06-16 06-05 06-24 06-12 06-01 06-20 06-10"
)
_MID_AUTUMNS = (
    "09-22 09-12 09-30 09-19 09-08 09-27 09-15 10-04 09-24 09-13 10-01 09-21 09-10 "
    "09-29 09-17 10-06 09-25 09-15 10-03 09-22 09-12 10-01 09-19 09-08 09-27 09-16"
)


def _by_year(days: str) -> dict[int, datetime.date]:
    dated = (datetime.date.fromisoformat(f"{year}-{day}") for year, day in enumerate(days.split(), 2010))
    return {day.year: day for day in dated}


_LUNAR = {"春节": _by_year(_NEW_YEARS), "端午": _by_year(_DRAGON_BOATS), "中秋": _by_year(_MID_AUTUMNS)}
_FIXED = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "六一": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "教师": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
}

# 元宵 is the fifteenth day of the first month.
_LANTERN = datetime.timedelta(days=14)


def small_number(words: str) -> int:
    """A number below 100 in digits or characters (12, 十二, 二十)."""
    return int(words) if words.isdigit() else int(value_of(words))


def day_of(year: int | None, month: int, day: int) -> datetime.date | None:
    """A day, None if there is no such day. Where the year is not known, 29 February is one."""
    try:
        return datetime.date(year or 2000, month, day)
    except ValueError:
        return None


def last_of(year: int | None, month: int) -> int:
    """The last day of a month; 28 for February of a year that is not known."""
    return calendar.monthrange(year or 2001, month)[1]


def written(day: datetime.date, year_known: bool = True) -> str:
    """A day as ISO 8601, without its year where that is not known."""
    return day.isoformat() if year_known else f"--{day.month:02}-{day.day:02}"


def plan_years(name: str) -> tuple[int, int]:
    """First and last year of a five-year plan (十四五: 2021, 2025). The first one began in 1953, the sixth in
    1981, and five years each since then."""
    number = small_number(name.removesuffix("五"))
    first = 1981 + (number - 6) * 5
    return first, first + 4


def holiday(name: str, year: int | None) -> datetime.date | None:
    """The day of a holiday; None where it moves with a year that is not known or not in the tables."""
    short = name[:2]
    if short in _FIXED:
        return day_of(year, *_FIXED[short])
    if year is None:
        return None
    if short == "清明":
        # 5 April, in the first two years of four 4 April (true of 2009–2035).
        return datetime.date(year, 4, 4 if year % 4 in (0, 1) else 5)
    if short == "元宵":
        first = _LUNAR["春节"].get(year)
        return first + _LANTERN if first else None
    return _LUNAR[short].get(year)


def event_day(text: str, start: int, end: int, published: datetime.date | None) -> str | None:
    """The day on which what a stretch tells of was held: the first day it names, taken for the latest such
    day up to the publication (5日下午, 12月30日 in January). None where only outside knowledge could tell."""
    named = rule("times", "event-day")
    for match in named.pattern.finditer(text, start, end) if signs(text, start, end) & named.bits else ():
        day = _event(match, published)
        if day:
            return day
    return None


def _event(match: re.Match[str], published: datetime.date | None) -> str | None:
    if match["word"]:
        back = {"今": 0, "昨": 1, "前": 2}[match["word"][0]]
        return written(published - datetime.timedelta(days=back)) if published else None
    if match["alone"]:
        return _day_alone(int(match["alone"]), published)
    month, day = small_number(match["month"]), small_number(match["day"])
    year = named_year(match, published)
    if year:
        exact = day_of(year, month, day)
        return written(exact) if exact else None
    if published is None:
        known = day_of(None, month, day)
        return written(known, year_known=False) if known else None
    years = (published.year, published.year - 1)
    days = (found for y in years if (found := day_of(y, month, day)) and found <= published)
    return next(map(written, days), None)


def named_year(match: re.Match[str], published: datetime.date | None) -> int | None:
    """The year that a phrase names itself (2026年, 明年), None if it names none that can be told."""
    groups = match.groupdict()
    if year := groups.get("year") or groups.get("year2"):
        return int(year)
    if published and (word := groups.get("rel") or groups.get("rel2")):
        return published.year + {"去": -1, "明": 1, "后": 2}.get(word[0], 0)
    return None


def _day_alone(day: int, published: datetime.date | None) -> str | None:
    """The latest day of that number up to the publication."""
    if published is None:
        return None
    return next((written(d) for d in _months_back(published, day) if d <= published), None)


def _months_back(published: datetime.date, day: int) -> Iterator[datetime.date]:
    """That day of this month and the two before it (one of any two months has 31 days)."""
    year, month = published.year, published.month
    for _ in range(3):
        if found := day_of(year, month, day):
            yield found
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
