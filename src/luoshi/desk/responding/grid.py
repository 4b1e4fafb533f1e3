"""A response in sight in, its grid out: places by prepared items, each a part with its light, or why nobody has it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from luoshi.intake.models import PreparedItem
from luoshi.intake.responding.asking import set_of
from luoshi.intake.responding.nouns import Prepared
from luoshi.intake.responding.planning import words_of
from luoshi.ledger.models import Item
from luoshi.people.scope import Scope

from ..items.found import in_sight


class Square(NamedTuple):
    """A prepared item at a place: its part, or the gap in words; neither where the item is not asked there."""

    title: str
    part: Item | None
    gap: str


class Grid(NamedTuple):
    """Columns with their words, rows with the name of their place; counts by kind of state; places without any unit."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    counts: Counter[str]
    without: tuple[str, ...]


def grid(response: Item, scope: Scope) -> Grid:
    """The grid of a response that its caller found in sight."""
    prepared = set_of(response)
    asked = PreparedItem.seen.within(scope).filter(response=response)
    cells = list(asked.select_related("place", "part__lead").order_by("place__code", "place", "pk"))
    there = {part.pk: part for part in in_sight((cell.part for cell in cells if cell.part), scope)}
    used = {cell.key for cell in cells}
    items = [item for item in (prepared.items if prepared else ()) if item.key in used]
    places = {cell.place_id: cell.place.name for cell in cells}
    at = {(cell.place_id, cell.key): cell for cell in cells}
    rows = {place: tuple(_square(item, at.get((place, item.key)), there) for item in items) for place in places}
    counts = Counter(cell.part.kind if cell.part else "gap" for cell in cells)
    without = tuple(name for place, name in places.items() if all(square.part is None for square in rows[place]))
    columns = tuple((item.words.split("，")[0], words_of(item)) for item in items)
    return Grid(columns, tuple((places[place], squares) for place, squares in rows.items()), counts, without)


def _square(item: Prepared, cell: PreparedItem | None, there: dict[UUID, Item]) -> Square:
    if cell is None:
        return Square(words_of(item), None, "")
    return Square(
        words_of(item),
        there.get(cell.part_id) if cell.part_id else None,
        str(cell.get_gap_display()) if cell.gap else "",
    )
