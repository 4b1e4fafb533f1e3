"""What stands still, an item in hand with a deadline which no clock runs towards: a row in, whether it does out.

A clock waits (others are waited for), or runs in no such state (what was returned is not dispatched yet). Whoever has
no deadline has nothing that could stand still: a clock rests on it (machine.tapes). Without clocks nothing does.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.db.models import Q


class Timed(Protocol):
    """As much of an item as says when it is due; of what is in hand."""

    @property
    def due_at(self) -> datetime | None:
        """The moment it is due."""

    @property
    def due(self) -> date | None:
        """Its deadline."""


def stands_still(row: Timed) -> bool:
    """True of what is in hand, has a deadline, and is not due at any moment as things are."""
    return row.due_at is None and row.due is not None


# The same of rows in hand, for the database; and what has no deadline. Whatever is not due at a moment is one of these.
STILL = Q(due_at__isnull=True, due__isnull=False)
UNDATED = Q(due_at__isnull=True, due__isnull=True)
