"""A playbook, an item and a calendar in; when it is due, by which clock, and when its next step is, out."""

from __future__ import annotations

from luoshi.calendar import Calendar

from ..playbook.nouns import ENDED, Playbook
from .days import end_of
from .laddering import unmade
from .nouns import Standing, Timing
from .summing import sum_of


def timing(playbook: Playbook, state: Standing, calendar: Calendar) -> Timing:
    """What the columns of an item hold. A playbook without clocks has the deadline alone."""
    if not playbook.clocks:
        due_at = end_of(state.due) if state.due and state.kind not in ENDED else None
        return Timing(due_at, None, None, calendar.version)
    due, steps = [], []
    for clock in playbook.clocks:
        tape = state.clocks.get(clock.key)
        if tape is None or tape.standing != "runs":
            continue
        total = sum_of(clock, tape, state, calendar)
        if clock.lights and total.due_at is not None:
            due.append((total.due_at, clock.key))
        # The first alone: the others are not counted.
        if first := next(unmade(clock, tape, total, calendar), None):
            steps.append(first.at)
    due_at, due_clock = min(due, default=(None, None))
    return Timing(due_at, due_clock, min(steps, default=None), calendar.version)
