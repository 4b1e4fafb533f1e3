"""A rule and a moment in, when items in hand that have each of its lights are due out: so that lists can look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from luoshi.calendar import Calendar
from luoshi.ledger.clocks.days import end_of
from luoshi.ledger.machine.days import day as day_of

from .lighting import light
from .nouns import Rule, Span, Standing

ONE = timedelta(1)
# From a moment, which is not within, to one that is; None: open.
Limits = dict[str, tuple[datetime | None, datetime | None]]
Timeless = Literal["still", "undated", "both"]


def limits(rule: Rule, calendar: Calendar | None, now: datetime) -> Limits:
    """By light, from the most urgent on: after which moment and until which an item in hand is due that has it, by that
    alone.

    Raises:
        ValueError: a light that comes twice, with another between.
    """
    found: Limits = {}
    after: datetime | None = None
    before = ""
    for last in (*sorted(set(_edges(rule, calendar, now))), None):
        sample = last or ((after or now) + timedelta.resolution)
        key = light(rule, Standing("open", sample), calendar, now).key
        if key in found and key != before:
            raise ValueError(f"{key} comes again after {before}")
        found[key] = (found[key][0] if key in found else after, last)
        after, before = last, key
    return found


def timeless(rule: Rule, now: datetime) -> dict[str, Timeless]:
    """By light, which items in hand have it that are not due at any moment: those that stand still, those without a
    deadline, or both."""
    still, undated = (light(rule, Standing("open", still=each), None, now).key for each in (True, False))
    return {still: "both"} if still == undated else {still: "still", undated: "undated"}


def _edges(rule: Rule, calendar: Calendar | None, now: datetime) -> Iterator[datetime]:
    """The last moment on each side of everything that the rule asks of dates."""
    day = day_of(now)
    yield now
    for row in rule.rows:
        if row.when.over:
            yield min(end_of(_over(row.when.over, calendar, day)), now)
        if row.when.within:
            yield end_of(_within(row.when.within, calendar, day))


def _over(span: Span, calendar: Calendar | None, day: date) -> date:
    if span.working and calendar:
        return calendar.back(day + ONE, span.days).end - ONE if span.days else day
    return date.fromordinal(day.toordinal() - span.days)


def _within(span: Span, calendar: Calendar | None, day: date) -> date:
    if span.working and calendar:
        return calendar.add(day, span.days + 1).end - ONE
    return date.fromordinal(day.toordinal() + span.days)
