"""A calendar and notices of the State Council in, the calendar by them out, and what that changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .counting import WORKED, Calendar, calendar_of
from .nouns import Day, Known
from .words import reason_of


class Given(NamedTuple):
    """A day as a notice gives it; `name` is the holiday."""

    date: date
    working: bool
    name: str


class Paper(NamedTuple):
    """A notice: its number here, and the days it gives. What a later one gives prevails."""

    number: int
    days: Sequence[Given]


class Changed(NamedTuple):
    """A day that is worked and was not, or the other way round."""

    before: Day
    after: Day


def noticed(base: Calendar, papers: Iterable[Paper]) -> Calendar:
    """The calendar with what notices say.

    A year is settled by them when they give every statutory holiday of it that is on a weekday; of a settled year
    nothing is assumed any more: what no notice gives is as its weekday.
    """
    papers = sorted(papers)
    last = {given.date: (paper.number, given) for paper in papers for given in paper.days}
    settled = {
        year: f"notice {max(number for number, given in last.values() if given.date.year == year)}"
        for year in {on.year for on in last} - set(base.known.years)
        if _statutory(base, year) and not lacking(base, last, year)
    }
    years = {**base.known.years, **settled}
    days = {on: day for on, day in base.known.days.items() if on.year not in settled}
    days |= {on: _day(given, f"notice {number}", on.year not in years) for on, (number, given) in last.items()}
    version = f"{base.version.partition('+')[0]}+{papers[-1].number if papers else 0}"
    return calendar_of(version, Known(days, years))


def lacking(base: Calendar, given: Iterable[date] | Mapping[date, object], year: int) -> list[date]:
    """The statutory holidays of a year on weekdays that notices do not give."""
    there = set(given)
    return [on for on in _statutory(base, year) if on not in there]


def _statutory(base: Calendar, year: int) -> list[date]:
    """Holidays by law, but days in lieu of those on weekends: a notice places them as it likes."""
    days = (day for day in base.known.days.values() if day.date.year == year and not day.working)
    return sorted(day.date for day in days if day.date.weekday() < WORKED and day.reason != "substitute")


def _day(given: Given, source: str, provisional: bool) -> Day:
    if given.working:
        reason = "ordinary" if given.date.weekday() < WORKED else "make_up"
    else:
        reason = reason_of(given.name) or "weekend"
    return Day(given.date, given.working, reason, provisional, source)


def changes(before: Calendar, after: Calendar, years: Iterable[int]) -> Iterator[Changed]:
    """The days of those years whose kind is another, in order."""
    for year in sorted(years):
        for on in days_of(year):
            was, is_ = before.day(on), after.day(on)
            if was.working != is_.working:
                yield Changed(was, is_)


def days_of(year: int) -> Iterator[date]:
    """The days of a year."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return (date.fromordinal(ordinal) for ordinal in range(first, last + 1))


def worked(calendar: Calendar, year: int) -> int:
    """How many days of a year are worked."""
    return calendar.between(date(year, 1, 1), date(year, 12, 31)) + calendar.working(date(year, 1, 1))
