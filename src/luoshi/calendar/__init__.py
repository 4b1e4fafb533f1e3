"""The calendar of working days (工作日历): a day in, whether it is worked and why out; working days counted from it."""

from __future__ import annotations

from .counting import Calendar
from .nouns import Count, Day
from .packages import base

__all__ = ["Calendar", "Count", "Day", "base", "current"]


def current() -> Calendar:
    """The calendar of this installation: the packages', and what imported notices say. Costs one small query."""
    # Here, because the rest of the room needs no database.
    from .installed import current as installed

    return installed()
