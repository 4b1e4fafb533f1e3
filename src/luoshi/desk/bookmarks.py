"""Where a page of items begins in, how that stands in an address out; and back."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from luoshi.ledger.lists import After
from luoshi.ledger.machine.days import CHINA


def spelled(after: After) -> str:
    """The moment at which an item is due (nothing for none) and the item, as they stand in an address: in UTC, because
    the plus sign of another zone would come back as a space."""
    due_at, item = after
    said = due_at.astimezone(UTC).isoformat().replace("+00:00", "Z") if due_at else ""
    return f"{said}_{item}"


def read(said: str) -> After | None:
    """Where a page begins; None, the beginning, of what is no bookmark. A day alone is its beginning in China."""
    moment, _, item = said.partition("_")
    try:
        return (_moment(moment) if moment else None), UUID(item)
    except (ValueError, OverflowError):
        return None


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)
