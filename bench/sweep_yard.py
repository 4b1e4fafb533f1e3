"""A number of items in, a database with as many open ones, of which one in a hundred has a step that is due, out.

`python -m bench.sweep` starts a process of this for each size.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from bench import ledger_yard as yard

# isort: split
from django.core.management import call_command

from luoshi.calendar import Calendar, current
from luoshi.ledger.actions.books import newest
from luoshi.ledger.clocks import timing
from luoshi.ledger.machine import Tape
from luoshi.ledger.machine.tapes import as_json
from luoshi.ledger.models import Item

# One in so many is due.
SHARE = 100
# Signed for so long ago, and due so many days from now: within three working days, or far from it.
SIGNED = yard.NOW - datetime.timedelta(days=9)
NEAR, FAR = yard.DAY + datetime.timedelta(2), [yard.DAY + datetime.timedelta(n) for n in range(30, 400)]
yard.OPEN = 1.0


@cache
def columns(due: datetime.date, calendar: Calendar) -> tuple[Any, ...]:
    """The columns of clocks of an item that was signed for and reports every month, with its last report."""
    tapes = {"sign": Tape(SIGNED, stopped=SIGNED), "due": Tape(SIGNED, set=due.isoformat()), "feedback": Tape(SIGNED)}
    found = timing(newest(yard.BOOK[0]), yard.Standing("in_hand", "open", due, yard.FACTS, tapes), calendar)
    return (json.dumps(as_json(tapes)), *found)


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    """The yard's own rows, each with a deadline that is near or far and with the clocks that go with it."""
    counting, at, clocks = current(), yard.ITEM.index("due"), yard.ITEM.index("clocks")
    for number, (item, *beside) in enumerate(YARD(count)):
        due = FAR[number % len(FAR)] if number % SHARE else NEAR
        yield ((*item[:at], due, *item[at + 1 : clocks], *columns(due, counting)), *beside)


YARD = yard.rows


def main() -> None:
    """Make the yard; the moment to sweep at, how many are open and how many due, as JSON."""
    count = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    yard.country()
    # Counted for each item only to be thrown away: the yard's own clocks.
    vars(yard).update(rows=rows, clocks=lambda *_: (None,) * 5)
    yard.fill(count)
    due = Item.unguarded.filter(next_step_at__lte=yard.NOW).count()
    print(json.dumps({"now": yard.NOW.isoformat(), "open": Item.unguarded.count(), "due": due}))


if __name__ == "__main__":
    main()
