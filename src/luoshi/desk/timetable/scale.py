"""The days of a chart in, where each of them stands, which are shaded and where months begin, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from luoshi.calendar import Calendar

DAY = timedelta(days=1)
# Pixels: labels to the left; what days share, on a wide page without scrolling; the widest and narrowest day.
LABELS, SHARED = 232, 940
WIDEST, NARROWEST = 16.0, 0.6
# Twenty-five years of days: what is longer is a slip of a pen, and no chart.
LONGEST = 9000
# A weekend narrower than this would be a hair.
LEAST_REST = 1.5
# Pixels that the name of a month needs.
MONTH = 52


class Rest(NamedTuple):
    """Days of rest in a row: the first and the last, and why, by a key of the calendar's words."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class Scale:
    """The days of a chart, first and last, and how many pixels each has."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def pixels(self) -> float:
        """The width of a day."""
        return min(WIDEST, max(NARROWEST, SHARED / self.days))

    @property
    def width(self) -> float:
        """The width of all."""
        return LABELS + self.days * self.pixels + 24

    def x(self, on: date) -> float:
        """Where a day begins; what lies outside stands on the edge."""
        inside = min(max(on, self.first), self.last + DAY)
        return LABELS + (inside - self.first).days * self.pixels

    def after(self, on: date) -> float:
        """Where a day ends."""
        return self.x(on + DAY) if on < self.last else self.x(self.last) + self.pixels

    def months(self) -> Iterator[date]:
        """The first days of the months that are named: each, every third, or of each year, as there is room."""
        room = self.pixels * 30.4
        step = 1 if room >= MONTH else 3 if room * 3 >= MONTH else 12
        year, month = self.first.year, self.first.month
        while (on := date(year, month, 1)) <= self.last:
            if on >= self.first and (month - 1) % step == 0:
                yield on
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def rests(self, calendar: Calendar) -> Iterator[Rest]:
        """Days of rest in a row, those wide enough to be seen."""
        run: list[tuple[date, str]] = []
        for number in range(self.days + 1):
            on = self.first + DAY * number
            known = calendar.day(on)
            if number < self.days and not known.working:
                run.append((on, known.reason))
            elif run:
                if len(run) * self.pixels >= LEAST_REST:
                    named = next((reason for _, reason in run if reason != "weekend"), "weekend")
                    yield Rest(run[0][0], run[-1][0], named)
                run = []
