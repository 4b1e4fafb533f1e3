"""Query sets in, their rows as they come out, in an order that lets several be gone through side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from django.db import OperationalError
from django.db.models import QuerySet

K = TypeVar("K")

# Rows fetched at once; some kilobytes each at most, so a few megabytes lie in memory.
CHUNK = 2000


class Garbled(Exception):
    """A row holds what its column cannot: no moment where a moment stands."""

    def __init__(self, table: str, why: Exception) -> None:
        super().__init__(table, why)
        self.table, self.why = table, why

    def __str__(self) -> str:
        return f"rows of {self.table} cannot be read: {self.why}"


# What a column must hold: a type, or several.
Kinds = Mapping[str, type | tuple[type, ...]]
NOTHING = type(None)


def rows(found: QuerySet[Any, Any], columns: Kinds) -> Iterator[Any]:
    """The rows of a query set as tuples of `columns`, never all of them at once. SQLite keeps anything anywhere, so
    what comes is looked at.

    Raises:
        Garbled: a value is none of its column.
    """
    table, kinds = found.model._meta.db_table, tuple(columns.values())
    try:
        for row in found.values_list(*columns).iterator(CHUNK):
            if not all(map(isinstance, row, kinds)):
                wrong = next(n for n, kind in enumerate(kinds) if not isinstance(row[n], kind))
                raise Garbled(table, ValueError(f"{list(columns)[wrong]} of one is {row[wrong]!r}"))
            yield row
    except (ValueError, TypeError, AttributeError) as wrong_value:
        raise Garbled(table, wrong_value) from wrong_value
    except OperationalError as wrong_text:
        if "decode" not in str(wrong_text):  # SQLite, of text that is none
            raise
        raise Garbled(table, wrong_text) from wrong_text


class Beside(Generic[K]):
    """Rows in the order of a key, which is what their first columns are, for going along another such stream."""

    def __init__(self, source: Iterator[Any], width: int = 1) -> None:
        self._source, self._width = source, width
        self._next: Any = next(source, None)

    def before(self, key: K) -> Iterator[Any]:
        """The rows of all keys below `key`."""
        while self._next is not None and self._key() < key:
            yield self._take()

    def of(self, key: K) -> Iterator[Any]:
        """The rows of `key`; those before it must have been taken."""
        while self._next is not None and self._key() == key:
            yield self._take()

    def rest(self) -> Iterator[Any]:
        """All rows that are left."""
        while self._next is not None:
            yield self._take()

    def _key(self) -> Any:
        return self._next[0] if self._width == 1 else self._next[: self._width]

    def _take(self) -> Any:
        row, self._next = self._next, next(self._source, None)
        return row
