"""A plan, a step and some working days in; what slips with it, and whether the ends still hold, out."""

from __future__ import annotations

from datetime import date

from .checking import LONGEST_CHAIN, in_order
from .counting import schedule
from .nouns import Calendar, Moved, Plan, Slip


class CannotSlip(ValueError):
    """A slip that cannot be counted: `code` is unknown_step, step_done or bad_days."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def slip(plan: Plan, key: str, days: int, calendar: Calendar, today: date) -> Slip:
    """What happens when a step is over `days` working days later than it would be. Raises CannotSlip."""
    step = plan.step(key)
    if step is None:
        raise CannotSlip("unknown_step")
    if step.done_on is not None:
        raise CannotSlip("step_done")
    if not 0 < days <= LONGEST_CHAIN:
        raise CannotSlip("bad_days")
    before = schedule(plan, calendar, today)
    late = step._replace(expected=calendar.add(before.by_key[key].end, days).end)
    slipped = plan._replace(steps=tuple(late if each.key == key else each for each in plan.steps))
    after = schedule(slipped, calendar, today)
    pairs = ((before.by_key[each.key], after.by_key[each.key]) for each in in_order(plan.steps))
    moved = (Moved(was.key, was, now, calendar.between(was.end, now.end)) for was, now in pairs if was.end != now.end)
    return Slip(key, days, before, after, tuple(moved))
