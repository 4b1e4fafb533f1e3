"""An item's row and its playbook in, its clocks with their sums in words out: since when, how long, why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from luoshi.calendar import Day, current
from luoshi.calendar.words import name_of
from luoshi.ledger.actions.rows import state_of
from luoshi.ledger.clocks import Pause, Sum, extending, sum_of
from luoshi.ledger.machine import Extending
from luoshi.ledger.models import Item
from luoshi.ledger.playbook import Playbook, clock_words
from luoshi.ledger.playbook.clocks import Span

from ..templatetags.luoshi_desk import day
from ..templatetags.luoshi_items import moment

WEEKEND = "weekend"


class Clock(NamedTuple):
    """A clock as a page shows it: `notes` are what was not counted and why; `due_at` is its moment where it runs by
    hours, `last` its last day where it runs by days, neither while it stands still."""

    name: str
    since: datetime
    limit: str
    notes: tuple[str, ...]
    last: date | None
    due_at: datetime | None
    provisional: bool
    calendar: str


def clocks(row: Item, playbook: Playbook, language: str) -> tuple[Clock, ...]:
    """The clocks of an item that have not stopped, in the order of the playbook; those without a limit are left out."""
    if not row.clocks or row.ended_on:
        return ()
    item, calendar = state_of(row, ()), current()
    going = (clock for clock in playbook.clocks if clock.key in item.clocks)
    sums = (sum_of(clock, item.clocks[clock.key], item, calendar) for clock in going)
    return tuple(
        _clock(each, playbook, language) for each in sums if each.standing != "stopped" and each.limit is not None
    )


def left(row: Item, playbook: Playbook) -> Extending | None:
    """How the limit of an item may be extended now; None where there is nothing to extend."""
    return extending(playbook, state_of(row, ()), current()) if row.clocks else None


def _clock(total: Sum, playbook: Playbook, language: str) -> Clock:
    by_hours = isinstance(total.limit, Span) and total.limit.unit == "hours" and not (total.until or total.statutory)
    limit = clock_words.limit(total.limit, playbook, language) if total.limit else ""
    return Clock(
        total.name.of(language),
        total.since,
        limit,
        tuple(_notes(total, language)),
        None if by_hours else total.last,
        total.due_at if by_hours else None,
        total.provisional,
        total.calendar,
    )


def _notes(total: Sum, language: str) -> Iterator[str]:
    """What moved the end, each in a line."""
    if total.period > 1:
        yield _("第 %(number)s 期") % {"number": total.period}
    if total.skipped:
        yield _("休息日不计：%(days)s") % {"days": _("，").join(_rests(total.skipped, language))}
    for pause in total.pauses:
        yield _paused(pause)
    if total.added:
        yield _("因暂停顺延 %(days)s 天") % {"days": total.added}
    if total.extended:
        yield _("已延期 %(times)s 次") % {"times": total.extended}
    if total.statutory:
        yield _("以法定期限为准")
    if total.standing == "waits":
        yield _("现暂停计时")


def _rests(days: tuple[Day, ...], language: str) -> Iterator[str]:
    """Weekends as how many days, holidays each by name and days."""
    weekends = sum(each.reason == WEEKEND for each in days)
    if weekends:
        yield _("周末 %(days)s 天") % {"days": weekends}
    for reason, group in groupby((each for each in days if each.reason != WEEKEND), key=lambda each: each.reason):
        off = list(group)
        span = day(off[0].date) if len(off) == 1 else f"{day(off[0].date)} – {day(off[-1].date)}"
        yield f"{name_of(reason, language)} {span}"


def _paused(pause: Pause) -> str:
    return _("暂停 %(begin)s – %(end)s") % {"begin": moment(pause.begin), "end": moment(pause.end)}
