"""Days and moments in, days and moments in China out, clamped to what dates can hold: no sum of days raises."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from luoshi.calendar import Calendar

from ..machine.days import CHINA
from ..playbook.clocks import Span

# The end of the last day but one is the last that a date and a moment of any time zone can both hold.
LAST = date(9999, 12, 29)
FIRST = date(1, 1, 3)


def end_of(day: date) -> datetime:
    """The end of a day: 24:00 in China, which is 00:00 of the next."""
    return datetime.combine(clamped(day) + timedelta(1), time(), CHINA)


def clamped(day: date) -> date:
    """The day, or the nearest that has an end."""
    return min(max(day, FIRST), LAST)


def shifted(day: date, days: int) -> date:
    """So many days later, earlier below 0."""
    ordinal = min(max(day.toordinal() + days, FIRST.toordinal()), LAST.toordinal())
    return date.fromordinal(ordinal)


def months_on(day: date, months: int) -> date:
    """The same day of a later month; the last of that month where it has no such day (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year >= LAST.year:
        return LAST
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def later(moment: datetime, hours: int) -> datetime:
    """So many hours later, earlier below 0."""
    try:
        return moment + timedelta(hours=hours)
    except OverflowError:
        return end_of(LAST)


def on(day: date, span: Span, calendar: Calendar) -> date:
    """The last day of a span that begins after `day`, which is not counted; of working days 0 is the day itself, or
    the next working day. A span of hours has no days: the day itself."""
    if span.unit == "working_days":
        return calendar.add(day, span.number).end
    if span.unit == "months":
        return months_on(day, span.number)
    return shifted(day, span.number if span.unit == "days" else 0)


def back(day: date, span: Span, calendar: Calendar) -> date:
    """The day a span before another; of hours the day itself."""
    if span.unit == "working_days":
        return calendar.back(day, span.number).end
    if span.unit == "months":
        return months_on(day, -span.number)
    return shifted(day, -span.number if span.unit == "days" else 0)
