"""A clock, its tape on an item and a calendar in; when it is due, with all that was added and passed over, out.

The day it starts is not counted (民法典 art. 201). A day counts when the clock ran at its end: pausing and resuming
within one day costs nothing, pausing over midnight gives that day back; who stands still over the first midnight
starts, as it were, on the day of going on. Hours run through nights and holidays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from luoshi.calendar import Calendar, Day

from ..machine import Tape
from ..machine.days import day as day_of
from ..playbook.clocks import ByChoice, Clock, Limit, Span, Until
from .days import clamped, end_of, later, months_on, shifted
from .nouns import Pause, Standing, Sum

Days = tuple[date, date]


class _End(NamedTuple):
    """Where a count ends: the last day, the moment, rest days passed over, days given back, whether it may change."""

    last: date
    due_at: datetime
    skipped: tuple[Day, ...] = ()
    added: int = 0
    provisional: bool = False


def sum_of(clock: Clock, tape: Tape, state: Standing, calendar: Calendar) -> Sum:
    """When a clock is due, and how that comes about; `state` is the item it runs on."""
    limit, until = limit_of(clock.limit, state), date.fromisoformat(tape.set) if tape.set else None
    legal = _statutory(clock, state)
    end = None if tape.standing == "waits" else _end(clock, tape, limit, until, legal, calendar)
    return Sum(
        clock=clock.key,
        name=clock.name,
        standing=tape.standing,
        since=tape.since,
        limit=limit,
        period=tape.period,
        until=until,
        extended=tape.extended,
        statutory=legal,
        pauses=tuple(Pause(begin, to, _long(begin, to)) for begin, to in tape.pauses),
        added=end.added if end else 0,
        skipped=end.skipped if end else (),
        last=end.last if end else None,
        due_at=end.due_at if end else None,
        provisional=end.provisional if end else False,
        calendar=calendar.version,
    )


def limit_of(limit: Limit, state: Standing) -> Span | Until | None:
    """How long a clock runs on an item, by what was chosen there; None where nothing says."""
    if not isinstance(limit, ByChoice):
        return limit
    return dict(limit.choices).get(state.facts.get(limit.field, ""), limit.otherwise)


def _statutory(clock: Clock, state: Standing) -> date | None:
    said = state.facts.get(clock.statutory) if clock.statutory else None
    return date.fromisoformat(said) if said else None


def _end(
    clock: Clock, tape: Tape, limit: Span | Until | None, until: date | None, legal: date | None, calendar: Calendar
) -> _End | None:
    """Where the count ends; None where nothing limits it. What the law gives is neither paused nor extended."""
    if legal is not None:
        return _End(clamped(legal), end_of(legal))
    if until is not None:
        end = _natural(day_of(tape.since), until, tape)
    elif not isinstance(limit, Span):
        return None
    elif limit.unit == "hours":
        return _hours(tape, limit.number * tape.period)
    elif limit.unit == "working_days":
        return _worked(day_of(tape.since), limit.number * tape.period, tape, calendar)
    else:
        start = day_of(tape.since)
        months = limit.unit == "months"
        count = limit.number * tape.period
        end = _natural(start, months_on(start, count) if months else shifted(start, count), tape)
    return _rolled(end, calendar) if clock.rest_end else end


def _natural(start: date, last: date, tape: Tape) -> _End:
    """To a day, as many days later as were not counted for pauses."""
    number = (last - start).days
    if number < 0:
        return _End(clamped(last), end_of(last))
    end, added, _ = _counted(number, start, tape, shifted, lambda first, to: (to - first).days)
    return _End(clamped(end), end_of(end), (), added)


def _worked(start: date, number: int, tape: Tape, calendar: Calendar) -> _End:
    def nth(day: date, count: int) -> date:
        return calendar.add(day, count).end

    end, added, (begin, counted) = _counted(number, start, tape, nth, calendar.between)
    count = calendar.add(begin, counted)
    return _End(clamped(end), end_of(end), count.skipped, added, count.provisional)


def _counted(
    number: int,
    start: date,
    tape: Tape,
    nth: Callable[[date, int], date],
    between: Callable[[date, date], int],
) -> tuple[date, int, tuple[date, int]]:
    """The day that is the `number`-th counted, how many days pauses moved it, and from where it is how many days on.

    The day it starts is not counted; where it stood still at the end of that day, the first at whose end it ran is not.
    0: that day itself.
    """
    paused, lost = tuple(_paused(tape)), 0
    begin, wanted = _begun(start, paused), number
    if not number:
        begin, wanted = shifted(begin, -1), 1
    if not paused:
        return nth(begin, wanted), 0, (begin, wanted)
    while True:
        end = nth(begin, wanted + lost)
        found = sum(
            between(shifted(first, -1), min(last, end)) for first, last in paused if first <= end and first > begin
        )
        if found == lost:
            return end, between(_unpaused(number, start, nth), end), (begin, wanted + lost)
        lost = found


def _begun(start: date, paused: tuple[Days, ...]) -> date:
    for first, last in paused:
        if first <= start <= last:
            start = shifted(last, 1)
    return start


def _unpaused(number: int, start: date, nth: Callable[[date, int], date]) -> date:
    return nth(start, number) if number else nth(shifted(start, -1), 1)


def _paused(tape: Tape) -> Iterator[Days]:
    """The days at whose end a clock stood still, as first and last; a pause that still goes on is left out."""
    for begin, to in tape.pauses:
        if to is not None and day_of(begin) < day_of(to):
            yield day_of(begin), shifted(day_of(to), -1)


def _long(begin: datetime, to: datetime | None) -> int:
    """At the ends of how many days a pause stood still."""
    return (day_of(to) - day_of(begin)).days if to else 0


def _hours(tape: Tape, hours: int) -> _End:
    due_at = later(tape.since, hours)
    for begin, to in tape.pauses:
        if to is not None and begin < due_at:
            due_at += to - begin
    return _End(day_of(due_at - timedelta.resolution), due_at)


def _rolled(end: _End, calendar: Calendar) -> _End:
    """On the next working day, where the last is none (民法典 art. 203)."""
    count = calendar.add(end.last, 0)
    return end._replace(
        last=clamped(count.end), due_at=end_of(count.end), skipped=count.skipped, provisional=count.provisional
    )
