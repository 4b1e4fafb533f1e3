"""A playbook, an item and a calendar in, how its limit may be extended now out: how often, until when, how far."""

from __future__ import annotations

from luoshi.calendar import Calendar

from ..machine import Extending, Tape
from ..playbook.nouns import Playbook
from .days import back, on
from .nouns import Standing
from .summing import sum_of


def extending(playbook: Playbook, state: Standing, calendar: Calendar) -> Extending | None:
    """How the limit of the clock that can be extended may be; None where there is no limit to extend, or the law
    gives it."""
    clock = next((clock for clock in playbook.clocks if clock.extension), None)
    tape = state.clocks.get(clock.key) if clock else None
    if clock is None or clock.extension is None or tape is None:
        return None
    total = sum_of(clock, _going_on(tape), state, calendar)
    if total.last is None or total.statutory:
        return None
    allowed = clock.extension
    return Extending(
        granted=tape.extended,
        times=allowed.times,
        end=total.last,
        ask_until=back(total.last, allowed.ask_before, calendar) if allowed.ask_before else total.last,
        most=on(total.last, allowed.most, calendar) if allowed.most else None,
    )


def _going_on(tape: Tape) -> Tape:
    """The tape as if what it waits for now had not begun: what is asked for while it stands still is asked in time."""
    return tape._replace(pauses=tape.pauses[:-1]) if tape.standing == "waits" else tape
