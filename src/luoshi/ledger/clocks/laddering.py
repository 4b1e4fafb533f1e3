"""The clocks of an item and a calendar in, the step of a ladder that is to be made next out, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from luoshi.calendar import Calendar

from ..machine import Tape
from ..machine.days import CHINA
from ..machine.tapes import named
from ..playbook.clocks import Clock, Rung
from .days import back, later, on, shifted
from .nouns import Due, Standing, Sum
from .summing import sum_of

# When people are at their desks and have read what came over night: offices open at half past eight or nine.
MORNING = time(9)
# Nobody is reminded at night: between the hours in which the law has dwellings quiet (噪声污染防治法 art. 88) by ten in
# the evening, and two hours after its end at six, when people are up.
QUIET_FROM, QUIET_TO = time(22), time(8)


class _At(NamedTuple):
    rung: Rung
    at: datetime


def next_step(clocks: Iterable[Clock], state: Standing, calendar: Calendar, now: datetime | None = None) -> Due | None:
    """The step to be made next of an item's running clocks; None where there is none.

    With `now`: of several steps of a clock that have passed unmade the last; the others count as made with it.
    """
    running = ((clock, state.clocks[clock.key]) for clock in clocks if clock.key in state.clocks)
    found = (_next(clock, tape, state, calendar, now) for clock, tape in running if tape.standing == "runs")
    return min((due for due in found if due is not None), key=lambda due: due.at, default=None)


def _next(clock: Clock, tape: Tape, state: Standing, calendar: Calendar, now: datetime | None) -> Due | None:
    """Of one clock. Where it repeats, whole periods may have passed: the last step that has passed is looked for."""
    passed: Due | None = None
    while True:
        left = list(unmade(clock, tape, sum_of(clock, tape, state, calendar), calendar))
        over = [each for each in left if now is not None and each.at <= now]
        if over:
            passed = _due(clock, tape, over[-1])
        if not left or len(over) < len(left) or not clock.repeats:
            return passed or (_due(clock, tape, left[0]) if left else None)
        tape = tape._replace(period=tape.period + 1, made=())


def unmade(clock: Clock, tape: Tape, total: Sum, calendar: Calendar) -> Iterator[_At]:
    """The steps of a clock's ladder above the last that was made, with their moments; `total` is its sum. What would
    come before the clock began is left out: nobody is reminded of what they were given just now."""
    if total.due_at is None:
        return
    keys = [rung.key for rung in clock.steps]
    first = max((keys.index(key) + 1 for key in tape.made if key in keys), default=0)
    for rung in clock.steps[first:]:
        at = at_of(rung, total, calendar)
        if not (rung.before and at <= tape.since):
            yield _At(rung, at)


def at_of(rung: Rung, total: Sum, calendar: Calendar) -> datetime:
    """When a step is due: steps by days at 09:00 of their day, those by hours as they fall, but not at night."""
    if total.due_at is None or total.last is None:
        raise ValueError(f"{total.clock} is not due")
    if rung.span.unit == "hours":
        return _by_day(later(total.due_at, -rung.span.number if rung.before else rung.span.number))
    day = back(total.last, rung.span, calendar) if rung.before else _after(total.last, rung, calendar)
    return datetime.combine(day, MORNING, CHINA)


def _after(last: date, rung: Rung, calendar: Calendar) -> date:
    """The first day after the last is 0; of working days the first that is worked."""
    first = shifted(last, 1)
    if rung.span.unit == "working_days":
        first = calendar.add(first, 0).end
    return on(first, rung.span, calendar) if rung.span.number else first


def _by_day(moment: datetime) -> datetime:
    local = moment.astimezone(CHINA)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_TO, CHINA)


def _due(clock: Clock, tape: Tape, each: _At) -> Due:
    return Due(clock, each.rung, each.at, named(each.rung.key, tape.period, repeats=clock.repeats))
