"""A plan, a working calendar and a day in; for each step its days and its slack, and what cannot be met, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .checking import in_order
from .nouns import Calendar, Plan, Schedule, Step, Unmet, Window


class Span(NamedTuple):
    """First and last day of a step, and the step it waits for."""

    start: date
    end: date
    drives: str | None = None


def schedule(plan: Plan, calendar: Calendar, today: date) -> Schedule:
    """Count a plan: forward from the day it begins, backward from the day all must be over (critical path method).

    What is not done by today is not over before today, and what waits for it does not begin before. Raises ValueError
    for steps that wait for each other.
    """
    order = in_order(plan.steps)
    early = _forward(order, plan.begins, calendar, today)
    late = _backward(order, plan.end, calendar)
    windows = tuple(_window(step, early[step.key], late[step.key], calendar, today) for step in plan.steps)
    return Schedule(
        plan,
        today,
        windows,
        max((span.end for span in early.values()), default=plan.begins),
        _critical(order, early, calendar),
        tuple(_unmet(plan, early, calendar)),
    )


def _forward(order: Sequence[Step], begins: date, calendar: Calendar, today: date) -> Mapping[str, Span]:
    found: dict[str, Span] = {}
    for step in order:
        found[step.key] = _done(step, calendar) or _earliest(step, found, begins, calendar, today)
    return found


def _done(step: Step, calendar: Calendar) -> Span | None:
    """The days of what is done: when it was, whatever was planned; when it began nobody said, and is counted back."""
    if step.done_on is None:
        return None
    return Span(_before(step.done_on, step.takes - 1, calendar), step.done_on)


def _earliest(step: Step, found: Mapping[str, Span], begins: date, calendar: Calendar, today: date) -> Span:
    last = max(step.after, key=lambda key: found[key].end, default=None)
    free = calendar.add(max(begins, step.start or begins), 0).end
    start = calendar.add(found[last].end, 1).end if last else free
    drives = last if start > free else None
    start = max(start, free)
    # At the earliest today, or the working day after.
    least = calendar.add(max(today, step.expected or today), 0).end
    return Span(start, max(_after(start, step.takes - 1, calendar), least), drives)


def _backward(order: Sequence[Step], end: date, calendar: Calendar) -> Mapping[str, Span]:
    """The latest days. What is done binds nothing that comes before it any more."""
    found: dict[str, Span] = {}
    for step in reversed(order):
        next_ = [found[each.key].start for each in order if step.key in each.after and each.done_on is None]
        bounds = [end, *([step.end] if step.end else []), *(calendar.back(day, 1).end for day in next_)]
        last = calendar.back(min(bounds), 0).end
        found[step.key] = Span(_before(last, step.takes - 1, calendar), last)
    return found


def _critical(order: Sequence[Step], early: Mapping[str, Span], calendar: Calendar) -> tuple[str, ...]:
    """The steps not done that the day all is over waits for: counted back from that day, none has room to move."""
    open_ = [step for step in order if step.done_on is None]
    over = max((early[step.key].end for step in open_), default=None)
    if over is None:
        return ()
    late = _backward([step._replace(end=None) for step in order], over, calendar)
    return tuple(step.key for step in open_ if early[step.key].end == late[step.key].end)


def _window(step: Step, early: Span, late: Span, calendar: Calendar, today: date) -> Window:
    open_ = step.done_on is None
    slack = calendar.between(early.end, late.end) if open_ else None
    return Window(
        step.key, early.start, early.end, late.start, late.end, slack, early.drives, open_ and late.end < today
    )


def _unmet(plan: Plan, early: Mapping[str, Span], calendar: Calendar) -> list[Unmet]:
    """Ends that steps not done will not keep, those of steps first, the one of the whole last."""
    found = []
    open_ = [step for step in plan.steps if step.done_on is None]
    for step in open_:
        comes = early[step.key].end
        if step.end and step.end < comes:
            days = calendar.between(calendar.back(step.end, 0).end, comes)
            found.append(Unmet(step.key, step.end, comes, days, _chain(step.key, early, plan)))
    last = max(open_, key=lambda step: early[step.key].end, default=None)
    if last and plan.end < (comes := early[last.key].end):
        days = calendar.between(calendar.back(plan.end, 0).end, comes)
        found.append(Unmet(None, plan.end, comes, days, _chain(last.key, early, plan)))
    return found


def _chain(key: str | None, early: Mapping[str, Span], plan: Plan) -> tuple[str, ...]:
    """A step with those that it waits for, each for the next, first to last; what is done holds up nothing any more."""
    chain: list[str] = []
    done = {step.key for step in plan.steps if step.done_on}
    while key is not None and key not in done:
        chain.append(key)
        key = early[key].drives
    return tuple(reversed(chain))


def _after(day: date, days: int, calendar: Calendar) -> date:
    return calendar.add(day, days).end if days else day


def _before(day: date, days: int, calendar: Calendar) -> date:
    return calendar.back(day, days).end if days else day
