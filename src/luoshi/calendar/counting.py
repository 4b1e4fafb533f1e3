"""What is known of days in, a calendar out that says what any day is and counts working days, at once, for any date."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .nouns import Count, Day, Known

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
# The first day that `date` can hold is a Monday; weeks are counted from it.
WEEK, WORKED = 7, 5


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """The years of which something is known, counted through beforehand: days are ordinals of `date`.

    `sums[i]` is the number of working days up to and with the day `first - 1 + i`, from the first day of all; `worked`
    are the working days in order, `rests` the others.
    """

    first: int
    last: int
    sums: array[int]
    worked: array[int]
    rests: tuple[Day, ...]


def span_of(known: Known) -> Span:
    """Count through the years of which something is known; of none, the first year of all."""
    years = [*known.years, *(day.year for day in known.days)] or [date.min.year]
    first, last = date(min(years), 1, 1).toordinal(), date(max(years), 12, 31).toordinal()
    sums, worked, rests = array("l", [_weekdays(first - 1)]), array("l"), []
    for ordinal in range(first, last + 1):
        day = day_of(known, date.fromordinal(ordinal))
        if day.working:
            worked.append(ordinal)
        else:
            rests.append(day)
        sums.append(sums[-1] + day.working)
    return Span(first, last, sums, worked, tuple(rests))


def day_of(known: Known, on: date) -> Day:
    """What a day is: what is known of it, else what its weekday says."""
    found = known.days.get(on)
    if found is not None:
        return found
    settled = known.years.get(on.year)
    working = on.weekday() < WORKED
    return Day(on, working, "ordinary" if working else "weekend", settled is None, settled or "weekday")


def _weekdays(ordinal: int) -> int:
    """Days from Monday to Friday up to and with a day."""
    weeks, days = divmod(ordinal, WEEK)
    return weeks * WORKED + min(days, WORKED)


def _weekday_number(nth: int) -> int:
    """The nth day from Monday to Friday there is, from 1."""
    weeks, days = divmod(nth - 1, WORKED)
    return weeks * WEEK + days + 1


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days as far as they are known.

    `version` names what it knows: the package of past notices, and the number of the last notice imported ("1.11.0+3").
    Nothing here raises, for any date and number: a count that would run out of the days that `date` can hold ends on
    the last of them (`date.max`), backwards on the first (`date.min`), and is provisional.
    """

    version: str
    known: Known
    span: Span

    def day(self, on: date) -> Day:
        """What a day is, and why."""
        return day_of(self.known, date.fromordinal(on.toordinal()))

    def working(self, on: date) -> bool:
        """Whether a day is worked."""
        return self.day(on).working

    def add(self, start: date, days: int) -> Count:
        """The `days`-th working day after `start`, which is not counted itself.

        0: `start` itself, or the next working day when it is a rest day. Below 0: as `back`.
        """
        if days < 0:
            return self.back(start, -days)
        after = start.toordinal() - (days == 0)
        end = self._nth(self._worked(after) + max(days, 1))
        return Count(date.fromordinal(end), *self._passed(after + 1, end))

    def back(self, end: date, days: int) -> Count:
        """The `days`-th working day before `end`, which is not counted itself.

        0: `end` itself, or the working day before it when it is a rest day. Below 0: as `add`.
        """
        if days < 0:
            return self.add(end, -days)
        before = end.toordinal() + (days == 0)
        found = self._nth(self._worked(before - 1) + 1 - max(days, 1))
        return Count(date.fromordinal(found), *self._passed(found, before - 1))

    def between(self, start: date, end: date) -> int:
        """The working days after `start` up to and with `end`; where `end` is earlier, those after it up to and with
        `start`, below zero."""
        return self._worked(end.toordinal()) - self._worked(start.toordinal())

    def _worked(self, ordinal: int) -> int:
        """Working days from the first day of all up to and with a day."""
        span = self.span
        if ordinal < span.first:
            return _weekdays(ordinal)
        if ordinal <= span.last:
            return span.sums[ordinal - span.first + 1]
        return _weekdays(ordinal) + self._beyond()

    def _beyond(self) -> int:
        """Working days that the span has more (below 0: fewer) than days from Monday to Friday."""
        return self.span.sums[-1] - _weekdays(self.span.last)

    def _nth(self, nth: int) -> int:
        """The nth working day of all, from 1; the first or last day there is when it would lie beyond them."""
        span = self.span
        before = span.sums[0]
        if nth <= before:
            return max(_weekday_number(nth), FIRST)
        if nth <= span.sums[-1]:
            return span.worked[nth - before - 1]
        return min(_weekday_number(nth - self._beyond()), LAST)

    def _passed(self, first: int, last: int) -> tuple[tuple[Day, ...], bool]:
        """The rest days from the one to the other, and whether a day among them all is provisional."""
        if first > last:  # a count that ran out of days at once
            return (), True
        span, years = self.span, self.known.years
        if first < span.first or last > span.last:
            rests = tuple(self._rests(first, last))
        else:
            rests = span.rests[self._rested(first - 1) : self._rested(last)]
        begins, ends = date.fromordinal(first).year, date.fromordinal(last).year
        return rests, any(year not in years for year in range(begins, ends + 1))

    def _rested(self, ordinal: int) -> int:
        """Rest days of the span up to and with a day of it."""
        done = ordinal - self.span.first + 1
        return done - (self.span.sums[done] - self.span.sums[0])

    def _rests(self, first: int, last: int) -> Iterator[Day]:
        days = (day_of(self.known, date.fromordinal(ordinal)) for ordinal in range(first, last + 1))
        return (day for day in days if not day.working)


def calendar_of(version: str, known: Known) -> Calendar:
    """The calendar of what is known; counting it through takes some hundredths of a second."""
    return Calendar(version, known, span_of(known))
