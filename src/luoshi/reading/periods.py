"""A time phrase and the day of publication in, the days it means out: 三季度 in a report of May 2024 is
2024-07-01 to 2024-09-30.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from .rules import rule
from .times import day_of, holiday, last_of, named_year, plan_years, small_number

DAY = datetime.timedelta(days=1)
# Who speaks of a first quarter in October or later means the next one: as far ahead as a period may begin.
AHEAD = datetime.timedelta(days=100)


Period = tuple[datetime.date | None, datetime.date]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of one rule in its surroundings; the year it inherits from a phrase before it."""

    match: re.Match[str]
    published: datetime.date | None
    base: datetime.date | None
    inherited: int | None

    def part(self, *names: str) -> str:
        """The first of these groups that the phrase has, '' if none."""
        groups = self.match.groupdict()
        return next((groups[name] for name in names if groups.get(name)), "")


Worked = tuple[Period, bool] | None  # a period, and whether its year is known


def period(kind: str, phrase: Phrase) -> Worked:
    """What a phrase of a kind (one of KINDS) means, None where it cannot be told or means a past time."""
    return KINDS[kind](phrase)


def _yearly(phrase: Phrase, make: Callable[[int | None], Period | None]) -> Worked:
    """A period that comes once a year, in the year that is meant.

    The year is written, or inherited, or the first in which the period has not passed. A bare frame
    (一季度) that has passed this year is none, unless the next is near.
    """
    year = named_year(phrase.match, phrase.published) or phrase.inherited
    if year and (found := make(year)):
        late = phrase.published and found[1] < phrase.published
        if not late or named_year(phrase.match, phrase.published):
            return found, True
    if phrase.base is None or phrase.part("rel", "rel2"):
        found = make(None)
        return (found, False) if found else None
    bounded = bool(rule("times", "bounded").find(phrase.match.group()))
    for year in (phrase.base.year, phrase.base.year + 1):
        found = make(year)
        if found and found[1] >= phrase.base:
            near = found[0] is None or found[0] - phrase.base <= AHEAD
            return (found, True) if bounded or near or year == phrase.base.year else None
    return None


def _limit(phrase: Phrase, worked: Worked) -> Worked:
    """A period of which the phrase names only the end (二季度末): without its first day."""
    if worked is None or not rule("times", "bounded").find(phrase.match.group()):
        return worked
    (_, by), known = worked
    return (None, by), known


def _until(year: int | None, month: int, day: int) -> Period | None:
    """Up to one day."""
    last = day_of(year, month, day)
    return (None, last) if last else None


def _months(year: int | None, first: int, last: int) -> Period | None:
    """From the first day of one month to the last day of another."""
    begins, by = day_of(year, first, 1), day_of(year, last, last_of(year, last))
    return (begins, by) if by else None


def _month_day(phrase: Phrase) -> Worked:
    month, day = small_number(phrase.part("month")), small_number(phrase.part("day"))
    return _yearly(phrase, lambda year: _until(year, month, day))


def _month(phrase: Phrase) -> Worked:
    """6月底前, 6月前: its last day; 初 and 上旬 its tenth, 中旬 its twentieth."""
    month = small_number(phrase.part("month", "month2"))
    if not 1 <= month <= 12:
        return None
    ten = {"初": 10, "上": 10, "中": 20}.get(phrase.part("part")[:1])
    return _yearly(phrase, lambda year: _until(year, month, ten or last_of(year, month)))


def _whole_month(phrase: Phrase) -> Worked:
    """6月份, 8月中旬: from its first to its last day."""
    month, ten = small_number(phrase.part("month")), phrase.part("part")
    if not 1 <= month <= 12:
        return None

    def in_year(year: int | None) -> Period | None:
        """The period in one year."""
        begins = day_of(year, month, {"中": 11, "下": 21}.get(ten, 1))
        by = day_of(year, month, {"上": 10, "中": 20}.get(ten) or last_of(year, month))
        return (begins, by) if by else None

    return _yearly(phrase, in_year)


def _every_year(phrase: Phrase) -> Worked:
    """每年2月底前: the first one."""
    if not 1 <= int(phrase.part("month")) <= 12:
        return None
    month, day = int(phrase.part("month")), int(phrase.part("day") or 0)
    return _yearly(
        Phrase(phrase.match, phrase.published, phrase.base, None),
        lambda year: _until(year, month, day or last_of(year, month)),
    )


def _year_end(phrase: Phrase) -> Worked:
    return _yearly(phrase, lambda year: _until(year, 12, 31))


def _whole_year(phrase: Phrase) -> Worked:
    return _yearly(phrase, lambda year: _months(year, 1, 12))


def _half(phrase: Phrase) -> Worked:
    first = 1 if phrase.part("half") == "上" else 7
    return _limit(phrase, _yearly(phrase, lambda year: _months(year, first, first + 5)))


def _quarter(phrase: Phrase) -> Worked:
    """三季度, and 前三季度, which begins with the year."""
    word = phrase.part("quarter")
    number = small_number(word[-1].replace("首", "一"))
    first = 1 if word.startswith("前") else number * 3 - 2
    return _limit(phrase, _yearly(phrase, lambda year: _months(year, first, number * 3)))


def _holiday_before(phrase: Phrase) -> Worked:
    """Up to the day before the holiday."""

    def in_year(year: int | None) -> Period | None:
        """The period in one year."""
        day = holiday(phrase.part("holiday"), year)
        return (None, day - DAY) if day else None

    return _yearly(phrase, in_year)


# Days off in a row: 国庆 7, 春节 7 from its first day, 五一 5 (3 before 2020), else 3 (State Council holiday notices).
def _days_off(name: str, year: int | None) -> int:
    if name in ("国庆", "十一", "春节"):
        return 7
    return 5 if name == "五一" and (year or 2020) >= 2020 else 3


def _holiday(phrase: Phrase) -> Worked:
    """The holiday itself, from its first to its last day off."""
    name = phrase.part("holiday")

    def in_year(year: int | None) -> Period | None:
        """The period in one year."""
        day = holiday(name, year)
        return (day, day + (_days_off(name, year) - 1) * DAY) if day else None

    return _yearly(phrase, in_year)


def _plan(phrase: Phrase) -> Worked:
    return (None, datetime.date(plan_years(phrase.part("plan"))[1], 12, 31)), True


def _this_month(phrase: Phrase) -> Worked:
    """月底前, 本月内, 下月20日前."""
    if phrase.published is None:
        return None
    year, month = phrase.published.year, phrase.published.month + (phrase.part("which") == "下")
    year, month = (year, month) if month <= 12 else (year + 1, 1)
    day = {"中旬": 20}.get(phrase.part("part")) or small_number(phrase.part("day") or "0")
    found = _until(year, month, day or last_of(year, month))
    return (found, True) if found else None


def _next_day(phrase: Phrase) -> Worked:
    """20日前, 每月5日前: the first such day on or after publication; 每月底前: the end of the month."""
    if phrase.published is None:
        return None
    year, month = phrase.published.year, phrase.published.month
    for _ in range(3):
        day = small_number(phrase.part("day") or "0") or last_of(year, month)
        found = day_of(year, month, day)
        if found and found >= phrase.published:
            return (None, found), True
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return None


def _this_quarter(phrase: Phrase) -> Worked:
    """本季度末, 每季度末: the end of the quarter of publication; 下季度: of the next."""
    if phrase.published is None:
        return None
    quarter = (phrase.published.month - 1) // 3 + (phrase.part("which") == "下")
    found = _months(phrase.published.year + quarter // 4, quarter % 4 * 3 + 1, quarter % 4 * 3 + 3)
    return ((None, found[1]), True) if found else None


def _week(phrase: Phrase) -> Worked:
    """本周内, 下周五前: that day of the week, or its Sunday; 每周五前: the first one."""
    if phrase.published is None:
        return None
    day = "一二三四五六日".find(phrase.part("weekday").replace("天", "日")) if phrase.part("weekday") else 6
    by = phrase.published + (day - phrase.published.weekday() + 7 * (phrase.part("which") == "下")) * DAY
    if by < phrase.published and not phrase.part("which"):
        by += 7 * DAY
    return (None, by), True


def _within(phrase: Phrase) -> Worked:
    """三年内, 两个月内, 10天内: counted from the publication."""
    if phrase.published is None:
        return None
    unit, count = phrase.part("unit"), phrase.part("count")
    months = {"年": 12, "月": 1}.get(unit[-1], 0)
    if count == "半":
        months, number = months // 2, 1
    else:
        number = small_number(count)
    if not months:
        return (None, phrase.published + number * (1 if unit == "天" else 7) * DAY), True
    year, month = divmod(phrase.published.month - 1 + months * number, 12)
    year += phrase.published.year
    day = min(phrase.published.day, last_of(year, month + 1))
    return (None, datetime.date(year, month + 1, day)), True


# How each rule of times.yaml that names a deadline is worked out.
KINDS: dict[str, Callable[[Phrase], Worked]] = {
    "yearly-month": _every_year,
    "monthly-day": _next_day,
    "quarterly": _this_quarter,
    "weekly-day": _week,
    "month-day": _month_day,
    "this-month-day": _this_month,
    "month-part": _month,
    "month-done": _whole_month,
    "month-whole": _whole_month,
    "last-day": _month_day,
    "year-end": _year_end,
    "half": _half,
    "quarter": _quarter,
    "this-quarter": _this_quarter,
    "to-year": _year_end,
    "goal-year": _whole_year,
    "year-within": _year_end,
    "whole-year": _whole_year,
    "plan-end": _plan,
    "plan-goal": _plan,
    "holiday-before": _holiday_before,
    "holiday": _holiday,
    "within": _within,
    "week-part": _week,
    "within-month": _this_month,
    "day-only": _next_day,
}
