"""A moment in, each item whose next step is due moved on through the door, what came of it out, one after the other.

Stopped anywhere and begun again, it goes on where it stopped: a step that was made is on the item's tape, written with
it in one transaction, and what is on the tape is not due.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from luoshi.calendar import Calendar, current

from ..actions import Refused, Stale, act
from ..actions.books import playbook_of
from ..actions.refused import answering
from ..clocks import Due, next_step
from ..machine.days import day as day_of
from ..machine.tapes import BrokenTapes
from ..playbook.clocks import Clock
from ..policy import System
from .addressing import Directory
from .night import quiet
from .nouns import Found, Made, Missed, Swept
from .walking import PAGE, again, pages

SWEEP = System("sweep")
# How often an item that others act on at the same moment is read anew; people take minutes between two moves.
TRIES = 5
# As much of a digest as a request's name has room for beside the item.
DIGITS = 25


class NightFell(Exception):
    """A sweep came into the night before its end; what is left over is due in the morning."""


def sweep(
    now: datetime, *, dry: bool = False, page: int = PAGE, clock: Callable[[], datetime] | None = None
) -> Iterator[Swept]:
    """Make every step that is due, item by item; what came of each, as it is done. At night nothing is.

    `dry`: nothing is written, and the steps are those that would be. What is not asked for any more is not done.
    `clock`: what time it has become, asked before each item; without one it is `now` all the time.

    Raises:
        NightFell: by the clock it is night, and there are more; what was done before stays done.
        LedgerUnavailable: the database does not answer; what was done before stays done.
    """
    if quiet(now):
        return
    walk = pages(now, page)
    while rows := _next(walk):
        run = _Run(now, current(), Directory(day_of(now)), dry)
        for row in rows:
            if clock is not None and quiet(clock()):
                raise NightFell
            yield _swept(run, row)


def request_of(item: UUID, clock: str, step: str, now: datetime) -> str:
    """What a step is called, so that each is made once on an item and day, whoever sweeps."""
    digest = hashlib.sha256(f"{clock}:{step}:{day_of(now)}".encode()).hexdigest()
    return f"sweep:{item.hex}:{digest[:DIGITS]}"


class _Run(NamedTuple):
    """What is the same for the items of a page."""

    now: datetime
    calendar: Calendar
    there: Directory
    dry: bool


class _Tried(NamedTuple):
    """What came of a clock of an item: nothing was due, or a step made or missed; the item as it is after that."""

    row: Found
    made: Made | None = None
    missed: tuple[Missed, str] | None = None


def _next(walk: Iterator[list[Found]]) -> list[Found]:
    with answering():
        return next(walk, [])


def _swept(run: _Run, row: Found) -> Swept:
    """One step of each clock at most: the last of those that have passed stands for them."""
    made, missed = [], []
    if unreadable := _unreadable(row):
        return Swept(row.number, missed=(("refused", unreadable),))
    try:
        with answering():
            for clock in playbook_of(row.playbook, row.version).clocks:
                tried = _tried(run, row, clock)
                row = tried.row
                made += [tried.made] if tried.made else []
                missed += [tried.missed] if tried.missed else []
    except Refused as refused:
        missed.append(("refused", str(refused)))
    return Swept(row.number, tuple(made), tuple(missed))


def _unreadable(row: Found) -> str:
    """Why the tapes of a row cannot be read; empty where they can."""
    try:
        _ = row.clocks
    except BrokenTapes as wrong:
        return str(wrong)
    return ""


def _tried(run: _Run, row: Found, clock: Clock) -> _Tried:
    """Make the step of a clock that is due; where somebody acted meanwhile, look again what is due now."""
    for _ in range(TRIES):
        due = next_step([clock], row, run.calendar, run.now)
        if due is None or due.at > run.now:
            return _Tried(row)
        try:
            return _made(run, row, due)
        except Stale:
            row = again(row.pk)
        except Refused as refused:
            return _Tried(row, missed=("refused", str(refused)))
    return _Tried(row, missed=("busy", ""))


def _made(run: _Run, row: Found, due: Due) -> _Tried:
    told, missing = run.there.of(row, due.rung.tell)
    made = Made(due.clock.key, due.name, due.rung.verb, len(told.units) + len(told.posts), missing)
    if run.dry:
        return _Tried(row, made)
    done = act(
        SWEEP,
        row.pk,
        due.rung.verb,
        fields={**dict(due.rung.given), "clock": due.clock.key, "step": due.name},
        expected=row.sequence,
        now=run.now,
        request=request_of(row.pk, due.clock.key, due.name, run.now),
        told=told,
    )
    if done.repeated:
        return _Tried(again(row.pk), missed=("today", ""))
    return _Tried(row._replace(sequence=done.sequence), made)
