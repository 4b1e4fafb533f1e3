"""A moment in, the items whose next step is due by then out, by their moments, a page in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ..models import Item
from .nouns import Found

# Rows in memory at once: so many that asking for them costs nothing beside the acts, so few that they weigh a megabyte.
PAGE = 500
# Columns that are read under other names.
KEYS = {"tapes": "clocks"}
NAMES = tuple(KEYS.get(name, name) for name in Found._fields)


def waiting(now: datetime) -> int:
    """How many items have a step that is due."""
    return _due(now).count()


def pages(now: datetime, page: int = PAGE) -> Iterator[list[Found]]:
    """The items that are due, page by page: each item once, whatever is done to those before it."""
    last: Found | None = None
    while True:
        rows = _page(now, last, page)
        if rows:
            yield rows
        if len(rows) < page:
            return
        last = rows[-1]


def again(item: UUID) -> Found:
    """An item as it is now, after somebody acted on it; `next_step_at` may be none."""
    return Found(*Item.unguarded.values_list(*NAMES).get(pk=item))


def _page(now: datetime, last: Found | None, page: int) -> list[Found]:
    """The rows behind the last one. Those of its own moment are asked for apart, so that the index
    (next_step_at, id) is entered where the last page ended, however many are due at nine of one morning."""
    if last is None:
        return _rows(_due(now), page)
    same = _rows(Item.unguarded.filter(next_step_at=last.next_step_at, pk__gt=last.pk), page)
    return same + _rows(_due(now).filter(next_step_at__gt=last.next_step_at), page - len(same))


def _due(now: datetime) -> QuerySet[Item]:
    return Item.unguarded.filter(next_step_at__lte=now)


def _rows(found: QuerySet[Any], most: int) -> list[Found]:
    return [Found(*row) for row in found.order_by("next_step_at", "pk").values_list(*NAMES)[:most]] if most else []
