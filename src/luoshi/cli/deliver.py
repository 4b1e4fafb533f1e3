"""`luoshi deliver`: what happened is told to who must know, and sent where each of them wants it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import typer

from .moments import moment
from .office import ledger, stop
from .printing import tell

if TYPE_CHECKING:
    from luoshi.delivery.lanes import Circuits

NOW = typer.Option(None, "--now", metavar="MOMENT", help="As if it were then, as 2026-11-22T09:00+08:00.")
LOOP = typer.Option(False, "--loop", help="Go on, a round every ten seconds, until stopped.")
# A reminder that comes ten seconds later is on time, and a round that finds nothing costs four queries.
ROUND = 10.0


def command(now: str | None = NOW, loop: bool = LOOP) -> None:
    """Tell everybody who must know, and send what is due.

    Safe to run twice at once and to stop at any point. Exit status: 0 done, 1 something was given up in this round
    (shown to administrators), 2 it could not be done.
    """
    if now and loop:
        stop("--now is one moment, and --loop is none")
    with ledger():
        from django.utils import timezone

        from luoshi.delivery.lanes import Circuits

        then, circuits = None if now is None else moment(now), Circuits()
        if not loop:
            dead = _round(lambda: then or timezone.now(), circuits)
            raise typer.Exit(1 if dead else 0)
        steadily(lambda: _round(timezone.now, circuits))


def steadily(work: Callable[[], object]) -> NoReturn:
    """Rounds without end."""
    while True:
        _steady(work)
        time.sleep(ROUND)


def _round(now: Callable[[], datetime.datetime], circuits: Circuits) -> int:
    """One round, told in a line where anything was done; how many were given up."""
    from luoshi.delivery.running import deliver

    done = deliver(now, circuits)
    told, said = done.told, []
    if told.notices:
        said.append(f"{told.notices:,} notices, {told.messages:,} messages")
    if told.nobody:
        said.append(f"{told.nobody:,} notices that nobody holds a post for")
    said += [f"{many:,} {what}" for many, what in ((done.sent, "sent"), (done.dead, "given up")) if many]
    if said:
        tell(", ".join([*said, f"{done.waiting:,} waiting"]))
    return done.dead


def _steady(work: Callable[[], object]) -> None:
    """A round that finds the database gone or busy is told, and the next one tries anew."""
    from django.db import Error, close_old_connections, connection

    try:
        close_old_connections()
        work()
    except Error as wrong:
        tell(f"the database does not answer: {str(wrong).splitlines()[0]}")
        connection.close()
