"""Days and counts of the calendar: against the package day by day, against a table made by hand, and for any date."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.calendar import Calendar, base
from luoshi.calendar.counting import calendar_of
from luoshi.calendar.nouns import Day, Known
from luoshi.calendar.words import words

CALENDAR = base()
ONE = timedelta(1)


def d(text: str, year: int = 2026) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))


def test_it_works() -> None:
    thursday = d("2-12")
    count = CALENDAR.add(thursday, 3)
    # Friday, the Saturday that is worked in exchange, and, after the nine days of the festival, Tuesday.
    assert count.end == d("2-24") and not count.provisional
    assert [day.date for day in count.skipped] == [d("2-15") + k * ONE for k in range(9)]
    assert {day.reason for day in count.skipped} == {"spring_festival"}
    assert CALENDAR.day(d("2-14")) == Day(d("2-14"), True, "make_up", False, "chinesecalendar 1.11.0")


# Read off the notices of the General Office of the State Council by hand: rest days from–to, and the days worked
# in exchange.
NOTICES = {
    2024: (
        "1-1 1-1, 2-10 2-17, 4-4 4-6, 5-1 5-5, 6-10 6-10, 9-15 9-17, 10-1 10-7",
        "2-4 2-18 4-7 4-28 5-11 9-14 9-29 10-12",
    ),
    2025: (
        "1-1 1-1, 1-28 2-4, 4-4 4-6, 5-1 5-5, 5-31 6-2, 10-1 10-8",
        "1-26 2-8 4-27 9-28 10-11",
    ),
    2026: (
        "1-1 1-3, 2-15 2-23, 4-4 4-6, 5-1 5-5, 6-19 6-21, 9-25 9-27, 10-1 10-7",
        "1-4 2-14 2-28 5-9 9-20 10-10",
    ),
}
# Days of the year less its weekends and statutory holidays (eleven, from 2025 thirteen): exchanging changes no sum.
WORKED = {2024: 366 - 104 - 11, 2025: 365 - 104 - 13, 2026: 365 - 104 - 13}


@pytest.mark.parametrize("year", NOTICES)
def test_the_notices_of_three_years_hold(year: int) -> None:
    rests, exchanged = NOTICES[year]
    spans = [(d(a, year), d(b, year)) for a, b in (span.split() for span in rests.split(", "))]
    worked_for_it = {d(each, year) for each in exchanged.split()}
    on, total = date(year, 1, 1), 0
    while on.year == year:
        day = CALENDAR.day(on)
        resting = any(first <= on <= last for first, last in spans)
        assert day.working == (on in worked_for_it or (on.weekday() < 5 and not resting)), day
        assert (day.reason == "make_up") == (on in worked_for_it), day
        assert (day.reason not in ("make_up", "ordinary", "weekend")) == resting, day
        total += day.working
        on += ONE
    assert total == WORKED[year] == CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31))


def test_every_day_of_the_package_is_as_the_package_has_it() -> None:
    on = date(2004, 1, 1)
    while on.year <= 2026:
        assert CALENDAR.working(on) == chinese_calendar.is_workday(on), on
        assert CALENDAR.day(on).source == "chinesecalendar 1.11.0" and not CALENDAR.day(on).provisional
        on += ONE


LATER = (
    # New Year's Day; the four days of the Spring Festival of which two fall on a weekend, and those in lieu.
    ("1-1", "new_year"),
    ("2-5", "spring_festival"),
    ("2-6", "spring_festival"),
    ("2-9", "substitute"),
    ("2-10", "substitute"),
    ("5-3", "substitute"),
    ("10-1", "national_day"),
    ("1-2", "weekend"),
    ("2-11", "ordinary"),
)


@pytest.mark.parametrize(("on", "reason"), LATER)
def test_a_year_that_is_not_announced_has_its_statutory_days_provisionally(on: str, reason: str) -> None:
    day = CALENDAR.day(d(on, 2027))
    assert day.reason == reason and day.provisional and day.working == (reason == "ordinary")
    assert day.source == ("weekday" if reason in ("weekend", "ordinary") else "holidays 0.109")


def test_before_the_notices_there_are_weekends() -> None:
    assert CALENDAR.day(date(2003, 10, 1)) == Day(date(2003, 10, 1), True, "ordinary", True, "weekday")
    assert CALENDAR.day(date(2003, 10, 4)).reason == "weekend"


def test_a_count_into_a_year_that_is_not_announced_is_provisional() -> None:
    assert not CALENDAR.add(d("12-28"), 3).provisional  # ends on the last of the year
    assert CALENDAR.add(d("12-28"), 4).provisional
    assert CALENDAR.back(d("1-5", 2027), 2).provisional
    assert CALENDAR.back(date(2004, 1, 2), 1).provisional  # New Year's Day of 2004 is passed, 2003 is reached


STARTS = (
    # from, days, end: on a working day and on a rest day.
    ("11-20", 0, "11-20"),
    ("11-21", 0, "11-23"),
    ("11-20", 1, "11-23"),
    ("11-21", 1, "11-23"),
    ("11-22", 2, "11-24"),
    ("9-19", 0, "9-20"),
    ("11-23", -1, "11-20"),
)


@pytest.mark.parametrize(("start", "days", "end"), STARTS)
def test_the_day_it_starts_is_not_counted(start: str, days: int, end: str) -> None:
    assert CALENDAR.add(d(start), days).end == d(end)


BACKS = (
    ("11-23", 0, "11-23"),
    ("11-22", 0, "11-20"),
    ("11-22", 1, "11-20"),
    ("11-23", 1, "11-20"),
    ("11-20", -1, "11-23"),
)


@pytest.mark.parametrize(("end", "days", "start"), BACKS)
def test_backwards_the_day_it_ends_is_not_counted(end: str, days: int, start: str) -> None:
    assert CALENDAR.back(d(end), days).end == d(start)


ENDS = (
    (date.max, 5, date.max),
    (date.max, 10**30, date.max),
    (date.max, 0, date.max),
    (date.min, 0, date.min),
    (date.min, -1, date.min),
    (date.min, -(10**30), date.min),
)


@pytest.mark.parametrize(("start", "days", "end"), ENDS)
def test_counts_stop_at_the_ends_of_time(start: date, days: int, end: date) -> None:
    for count in (CALENDAR.add(start, days), CALENDAR.back(start, -days)):
        assert count == (end, (), True)
    assert CALENDAR.between(date.min, date.max) == -CALENDAR.between(date.max, date.min) > 0


any_day = st.dates()
near_day = st.dates(date(2003, 11, 1), date(2101, 3, 1))
days = st.integers(0, 400)


@given(any_day)
def test_any_date_is_a_day(on: date) -> None:
    day = CALENDAR.day(on)
    assert day.date == on and day.reason in words().names and day.working == CALENDAR.working(on)


@given(near_day, days)
def test_the_end_is_a_working_day_and_what_is_passed_over_is_not(start: date, many: int) -> None:
    count = CALENDAR.add(start, many)
    assert CALENDAR.working(count.end) and count.end >= start
    passed = [start + k * ONE for k in range(many > 0, (count.end - start).days + 1)]
    assert list(count.skipped) == [day for on in passed if not (day := CALENDAR.day(on)).working]
    assert sum(map(CALENDAR.working, passed)) == max(many, 1)
    assert count.provisional == any(CALENDAR.day(on).provisional for on in passed)


@given(near_day, days, st.integers(0, 30), st.integers(0, 30))
def test_more_days_and_later_starts_never_end_earlier(start: date, many: int, more: int, later: int) -> None:
    end = CALENDAR.add(start, many).end
    assert CALENDAR.add(start, many + more).end >= end
    assert CALENDAR.add(start + timedelta(later), many).end >= end


@given(near_day, days)
def test_back_comes_to_where_it_started(start: date, many: int) -> None:
    there = CALENDAR.add(start, many).end
    assert CALENDAR.back(there, many).end == (CALENDAR.back if many else CALENDAR.add)(start, 0).end


@given(near_day, near_day, st.integers(1, 400))
def test_between_agrees_with_add(start: date, other: date, many: int) -> None:
    assert CALENDAR.between(start, CALENDAR.add(start, many).end) == many
    assert CALENDAR.between(start, other) == -CALENDAR.between(other, start)


def with_holidays(calendar: Calendar, more: list[date]) -> Calendar:
    added = {on: Day(on, False, "national_day", False, "test") for on in more}
    return calendar_of("test", Known({**calendar.known.days, **added}, calendar.known.years))


# A few years, so that a calendar is made quickly.
FEW = calendar_of("few", Known({on: day for on, day in CALENDAR.known.days.items() if on.year in (2025, 2026)}, {}))
few_day = st.dates(date(2024, 12, 1), date(2027, 1, 31))


@given(few_day, days, st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=9))
def test_a_further_holiday_never_ends_a_count_earlier(start: date, many: int, more: list[date]) -> None:
    fewer = with_holidays(FEW, more)
    assert fewer.add(start, many).end >= FEW.add(start, many).end
    assert fewer.back(start, many).end <= FEW.back(start, many).end
