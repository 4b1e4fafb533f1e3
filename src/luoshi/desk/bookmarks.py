"""Where a page of items begins in, how that stands in an address out; and back."""

from __future__ import annotations

import datetime
from uuid import UUID

from luoshi.ledger.lists import After


def spelled(after: After) -> str:
    """A deadline (nothing for none) and an item, as they stand in an address."""
    due, item = after
    return f"{due.isoformat() if due else ''}_{item}"


def read(said: str) -> After | None:
    """Where a page begins; None, the beginning, of what is no bookmark."""
    day, _, item = said.partition("_")
    try:
        return (datetime.date.fromisoformat(day) if day else None), UUID(item)
    except ValueError:
        return None
