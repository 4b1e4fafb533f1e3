"""A walk along an index and conditions in; the rows that hold among the first so many of the walk out.

However rare what is looked for, no more rows are looked at than said.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.sql.datastructures import BaseTable

from ..models import Item
from .wanted import At, Stretch, Wanted, but_open, plain

TABLE = Item._meta.db_table
# Columns that the indexes hold which are walked (Item.Meta), by order, so that what is passed over is not read.
HELD = {
    "due": ("id", "due_at", "place_id", "line_id", "list", "due"),
    "new": ("id", "place_id", "line_id", "list", "ended_on"),
}


class Walk(NamedTuple):
    """A walk: along which rows, what must hold of them, what is wanted besides, and how many are looked at."""

    along: Q
    where: Q
    wanted: Wanted
    looks: int

    def rows(self, stretch: Stretch, limit: int) -> list[At]:
        """The first in a stretch of the list."""
        # SQLite keeps the order of the walk, and asked for it again would look at all of it first, and sort; PostgreSQL
        # sees that it is the order already.
        order = () if connection.vendor == "sqlite" else stretch.order
        outer = Item.unguarded.filter(self._within(), self.where).order_by(*order)
        found = outer.values_list(*self._names())
        found.query.get_initial_alias()
        found.query.alias_map[TABLE] = _Walked(self._walked(stretch).values_list(*self._columns())[: self.looks])
        return [_at(row) for row in found[:limit]]

    def end(self, stretch: Stretch) -> At | None:
        """Where the walk stands when it has looked at as much as it may; None, where it comes to an end before."""
        rows = self._walked(stretch).values_list(*self._names())
        return next((_at(row) for row in rows[self.looks - 1 : self.looks]), None)

    @property
    def held(self) -> bool:
        """True when an index that is walked holds all that is compared; that of states, a state in hand."""
        state = ("state",) if self.wanted.order == "due" else ()
        return set(self._columns()) <= {*HELD[self.wanted.order], *state}

    def _walked(self, stretch: Stretch) -> QuerySet[Item]:
        hand = Q(ended_on__isnull=True) if self.wanted.order == "due" else Q()
        return Item.unguarded.filter(self.along, hand, stretch.where).order_by(*stretch.order)

    def _within(self) -> Q:
        """What the walk itself does not answer: the indexes of what is due hold what is in hand alone."""
        return but_open(self.wanted) if self.wanted.order == "due" else plain(self.wanted)

    def _names(self) -> tuple[str, ...]:
        return ("due_at", "pk") if self.wanted.order == "due" else ("pk",)

    def _columns(self) -> tuple[str, ...]:
        wanted = self.wanted
        moments = wanted.dated or bool(wanted.timeless)
        read = {
            **{"state": bool(wanted.state), "lead_id": wanted.leads is not None},
            **{"due_at": moments, "due": bool(wanted.timeless) or (moments and wanted.ended is not False)},
        }
        held = HELD[wanted.order]
        return (*held, *(name for name, needed in read.items() if needed and name not in held))


def _at(row: tuple[Any, ...]) -> At:
    return At(row[0] if len(row) > 1 else None, row[-1])


class _Walked(BaseTable):
    """Stands where the table of items stands in a query: the rows of a walk, under the name of the table."""

    def __init__(self, rows: QuerySet[Item, Any]) -> None:
        super().__init__(TABLE, TABLE)
        self._rows = rows

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The walk as a table of its own."""
        sql, params = self._rows.query.get_compiler(connection=connection).as_sql()
        return f'({sql}) AS "{TABLE}"', list(params)
