"""The calendar as it is now in; items that are due at another time by it printed, a line each."""

from __future__ import annotations

import datetime

from .printing import one_line, tell


def recount() -> None:
    """Count open items anew that were counted by another calendar; stopped, it goes on where it stopped."""
    from luoshi.calendar import current
    from luoshi.ledger.actions.books import playbooks
    from luoshi.ledger.clocks.recomputing import recompute

    many = 0
    for each in recompute(current(), playbooks()):
        many += 1
        print(one_line(f"{each.number}  {each.clock or '-'}  {_spelled(each.before)} → {_spelled(each.after)}"))
    if many:
        tell(f"{many} items are due at another time")


def _spelled(moment: datetime.datetime | None) -> str:
    from luoshi.ledger.machine.days import CHINA

    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else "-"
