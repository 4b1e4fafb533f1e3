"""The calendar as it is now in; items that are due at another time by it printed, a line each."""

from __future__ import annotations

import datetime

import typer

from .printing import one_line, tell

UNCOUNTED = 1


def recount() -> None:
    """Count open items anew that were counted by another calendar; stopped, it goes on where it stopped.

    To be called within `ledger()`. Ends the command with status 1 where some could not be counted (a line each).
    """
    from luoshi.calendar import current
    from luoshi.ledger.actions.books import playbooks
    from luoshi.ledger.clocks.recomputing import Changed, recompute

    many = left = 0
    for each in recompute(current(), playbooks()):
        if isinstance(each, Changed):
            many += 1
            print(one_line(f"{each.number}  {each.clock or '-'}  {_spelled(each.before)} → {_spelled(each.after)}"))
        else:
            left += 1
            print(one_line(f"{each.number}: {each.why}"))
    if many:
        tell(f"{many} items are due at another time")
    if left:
        tell(f"{left} items could not be counted")
        raise typer.Exit(UNCOUNTED)


def _spelled(moment: datetime.datetime | None) -> str:
    from luoshi.ledger.machine.days import CHINA

    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else "-"
