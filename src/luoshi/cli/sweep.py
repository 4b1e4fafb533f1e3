"""`luoshi sweep`: the reminders and escalations that are due made, each once; exit status 1: some were refused."""

from __future__ import annotations

import datetime
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from .gauge import EVERY
from .moments import moment
from .office import FAILED, ledger, stop
from .printing import one_line, tell

if TYPE_CHECKING:
    from luoshi.ledger.sweep import Swept

REFUSED, STOPPED = 1, 130
# Seconds between looks at how far it is in a terminal: often enough to move, seldom enough to cost nothing.
OFTEN = 0.2

NOW = typer.Option(None, "--now", metavar="MOMENT", help="What is due by this moment, as 2026-11-23T09:00.")
DRY = typer.Option(False, "--dry-run", help="Print the steps that are due; write nothing.")


def command(now: str | None = NOW, dry_run: bool = DRY) -> None:
    """Make the reminders and escalations that are due: each once on an item and day, none at night.

    It can be run as often as wanted, stopped and run again. Exit status: 0 done, 1 some were refused (a line each), 2
    it could not be done, 130 stopped.
    """
    with ledger():
        from django.utils import timezone

        from luoshi.ledger.sweep import quiet, waiting

        then = timezone.now() if now is None else moment(now)
        # A moment that was asked for stands still; by the real clock the night may come while items are left.
        clock = timezone.now if now is None and not dry_run else None
        if then > timezone.now() and not dry_run:
            stop(f"{then.isoformat()} has not come yet: what is done is not dated ahead; --dry-run shows what is due")
        due = waiting(then)
        if quiet(then):
            tell(f"nobody is reminded at night; {due:,} items are due")
            return
        status = _swept(then, Tally(dry_run), Pace(due), clock)
    if status:
        raise typer.Exit(status)


def _swept(now: datetime.datetime, done: Tally, pace: Pace, clock: Callable[[], datetime.datetime] | None) -> int:
    """Sweep, and say what was done, also where it ended before its time; the exit status."""
    from luoshi.ledger.actions import LedgerUnavailable
    from luoshi.ledger.sweep import NightFell, sweep

    ended, night = 0, False
    try:
        for each in sweep(now, dry=done.dry, clock=clock):
            done.add(each)
            pace.one()
    except KeyboardInterrupt:
        ended = STOPPED
    except NightFell:
        night = True
    except LedgerUnavailable as wrong:
        tell(str(wrong))
        ended = FAILED
    pace.end()
    if night:
        tell(f"nobody is reminded at night: left off after {pace.done:,} of {pace.total:,} items; the next run goes on")
    if ended:
        tell(f"stopped at {pace.words()}")
    done.tell()
    return ended or (REFUSED if done.missed["refused"] else 0)


class Tally:
    """What came of a run, in counts: however many items there are, it stays as small."""

    def __init__(self, dry: bool) -> None:
        self.dry = dry
        self.items = self.told = 0
        self.made: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.nobody: Counter[str] = Counter()
        self.first: dict[str, str] = {}

    def add(self, swept: Swept) -> None:
        """Count an item; what was refused is a line at once, as is each step of a dry run."""
        self.items += 1
        for made in swept.made:
            self.made[made.verb] += 1
            self.told += made.told
            for addressee in made.missing:
                self.nobody[addressee] += 1
                self.first.setdefault(addressee, swept.number)
            if self.dry:
                lacking = f", but no {', '.join(made.missing)}" if made.missing else ""
                print(one_line(f"{swept.number}: {made.clock} {made.step}: {made.verb}, {made.told} told{lacking}"))
        for why, words in swept.missed:
            self.missed[why] += 1
            if why == "refused":
                print(one_line(f"{swept.number}: {words}"))
        self.missed["early"] += not swept.made and not swept.missed

    def tell(self) -> None:
        """Say what was done, and what there was nobody for."""
        made = ", ".join(f"{count:,} {verb}" for verb, count in sorted(self.made.items()))
        would = "to be made" if self.dry else "made"
        steps = f"{self.made.total():,} steps {would} ({made}), {self.told:,} notices" if made else f"no step {would}"
        tell(f"{self.items:,} items due: {steps}" if self.items else f"nothing is due: {steps}")
        for why, words in MISSED.items():
            if self.missed[why]:
                tell(f"{self.missed[why]:,} {words}")
        for addressee, count in self.nobody.items():
            tell(f"no {addressee} to tell of {count:,} steps, the first of {self.first[addressee]}")


MISSED = {
    "today": "steps were made on this day before",
    "busy": "items were being acted on all the time; the next run looks at them again",
    "refused": "items were refused",
    "early": "items are not due by today's calendar any more",
}


class Pace:
    """How far it is: in a terminal always, elsewhere a plain line now and then."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self.began = self.said = time.monotonic()
        self.terminal = sys.stderr.isatty()

    def one(self) -> None:
        """An item that was done now."""
        self.done += 1
        now = time.monotonic()
        if now - self.said < (OFTEN if self.terminal else EVERY):
            return
        self.said = now
        if self.terminal:
            print(f"\r\x1b[K{self.words()}", end="", file=sys.stderr, flush=True)
        else:
            tell(self.words())

    def end(self) -> None:
        """Leave the line to what is said next."""
        if self.terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def words(self) -> str:
        """So many of so many, how fast, how long still."""
        rate = self.done / max(time.monotonic() - self.began, 1e-9)
        left = f", {max(self.total - self.done, 0) / rate:,.0f} s left" if self.done else ""
        return f"{self.done:,} of {self.total:,} items, {rate:,.0f} a second{left}"
