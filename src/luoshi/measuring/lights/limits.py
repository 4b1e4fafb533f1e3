"""A rule and a day in, the deadlines with which an item in hand has each of its lights out: so that lists can look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from luoshi.calendar import Calendar
from luoshi.ledger.clocks.days import end_of
from luoshi.ledger.machine.days import CHINA

from .lighting import light
from .nouns import Rule, Span, Standing

ONE = timedelta(1)
Limits = dict[str, tuple[date | None, date | None]]


def limits(rule: Rule, calendar: Calendar | None, day: date) -> Limits:
    """By light, from the most urgent on: the first and last deadline (None: open) with which an item in hand has it, by
    its dates alone.

    Days only: an item whose limit ends within the day is due that day until the day is over.

    Raises:
        ValueError: a light that comes twice, with another between.
    """
    found: Limits = {}
    begins, before = None, ""
    for last in (*sorted(set(_edges(rule, calendar, day))), None):
        sample = last or (begins or day)
        standing = Standing("open", end_of(sample))
        key = light(rule, standing, calendar, datetime.combine(day, time.min, CHINA)).key
        if key in found and key != before:
            raise ValueError(f"{key} comes again after {before}")
        found[key] = (found[key][0] if key in found else begins, last)
        begins, before = last + ONE if last else None, key
    return found


def _edges(rule: Rule, calendar: Calendar | None, day: date) -> Iterator[date]:
    """The last deadline on each side of everything that the rule asks of dates."""
    yield day - ONE
    for row in rule.rows:
        if row.when.over:
            yield min(_over(row.when.over, calendar, day), day - ONE)
        if row.when.within:
            yield _within(row.when.within, calendar, day)


def _over(span: Span, calendar: Calendar | None, day: date) -> date:
    if span.working and calendar:
        return calendar.back(day + ONE, span.days).end - ONE if span.days else day
    return date.fromordinal(day.toordinal() - span.days)


def _within(span: Span, calendar: Calendar | None, day: date) -> date:
    if span.working and calendar:
        return calendar.add(day, span.days + 1).end - ONE
    return date.fromordinal(day.toordinal() + span.days)
