"""A timetable that was counted in, the rows of its table out: the same facts as the chart, in words."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from luoshi.ledger.schedule import Schedule, Slip, Step, Window

from ..templatetags.luoshi_desk import day
from .sentences import span, working_days

# How a step stands → the shape that says it without colour.
SHAPES = {"done": "✓", "late": "■", "critical": "◆", "free": "○"}


class Row(NamedTuple):
    """A step as a row: how it stands (a key of SHAPES), its shape and word, its days; `slips`: its days in the case
    asked for, where they are others."""

    key: str
    words: str
    stands: str
    shape: str
    word: str
    takes: int
    after: str
    start: datetime.date
    end: datetime.date
    latest_start: datetime.date | None
    latest_end: datetime.date | None
    slips: str = ""


def rows(counted: Schedule, slip: Slip | None) -> list[Row]:
    """The rows, in the order of the plan."""
    moved = {each.key: each for each in slip.moved} if slip else {}
    found = []
    for step, window in zip(counted.plan.steps, counted.windows, strict=True):
        row = _row(step, window, counted)
        if step.key in moved:
            case = moved[step.key]
            said = {"days": span(case.after.start, case.after.end), "more": working_days(case.days)}
            row = row._replace(slips=_("%(days)s（晚 %(more)s）") % said)
        found.append(row)
    return found


def stands(step: Step, window: Window, counted: Schedule) -> str:
    """How a step stands: done, late, on the critical path, or free to move."""
    if step.done_on:
        return "done"
    return "late" if window.late else "critical" if step.key in counted.critical else "free"


def _row(step: Step, window: Window, counted: Schedule) -> Row:
    how = stands(step, window, counted)
    open_ = step.done_on is None
    return Row(
        step.key,
        step.words,
        how,
        SHAPES[how],
        _word(how, step, window),
        step.takes,
        _("、").join(step.after),
        window.start,
        window.end,
        window.latest_start if open_ else None,
        window.latest_end if open_ else None,
    )


def _word(how: str, step: Step, window: Window) -> str:
    if how == "done":
        return _("%(day)s 完成") % {"day": day(step.done_on)}
    if how == "late":
        return _("逾期")
    slack = window.slack or 0
    left = working_days(abs(slack))
    said = _("余 %(days)s") % {"days": left} if slack >= 0 else _("缺 %(days)s") % {"days": left}
    return _("关键 · %(slack)s") % {"slack": said} if how == "critical" else said
