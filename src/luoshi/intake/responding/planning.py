"""A prepared set, a level, places and a day in; for each prepared item at each place the unit it goes to, or the gap,
out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from luoshi.calendar import Calendar
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.machine.values import storable
from luoshi.places.models import PlaceState, Unit

from .nouns import LEVELS, Cell, Prepared, PreparedSet, Spot
from .reckoning import due_of


class Choice(NamedTuple):
    """A unit of a line at a place; `sure`: somebody confirmed it."""

    key: str
    name: str
    sure: bool


def spots(keys: Collection[str], day: date) -> dict[str, tuple[Spot, str]]:
    """The places of some keys on a day, in the order of their codes, each with its path; of no place nothing."""
    asked = {key for key in keys if storable(key)}
    states = PlaceState.objects.on(day).filter(place__key__in=asked).select_related("place").order_by("code", "place")
    return {state.place.key: (Spot(state.place_id, state.place.key, state.name), state.path) for state in states}


def planned(items: Sequence[Prepared], where: Sequence[Spot], day: date) -> tuple[Cell, ...]:
    """A cell for each item at each place. Work goes to the one confirmed unit of the line; nothing is guessed."""
    there = _units({item.line for item in items}, [spot.pk for spot in where], day)
    return tuple(_cell(spot, item, there[spot.pk, item.line]) for spot in where for item in items)


def _cell(spot: Spot, item: Prepared, units: Sequence[Choice]) -> Cell:
    sure = [unit for unit in units if unit.sure]
    if len(sure) == 1:
        return Cell(spot, item, sure[0].key, sure[0].name)
    if sure:
        return Cell(spot, item, None, "、".join(unit.name for unit in sure), "several")
    return Cell(spot, item, None, "、".join(unit.name for unit in units), "assumed" if units else "missing")


def _units(lines: Collection[str], places: Collection[int], day: date) -> Mapping[tuple[int, str], list[Choice]]:
    rows = Unit.objects.on(day).filter(line__key__in=lines, place__in=places).order_by("key")
    found: dict[tuple[int, str], list[Choice]] = defaultdict(list)
    for place, line, key, name, status in rows.values_list("place", "line__key", "key", "name", "status"):
        found[place, line].append(Choice(key, name, status == Unit.Status.CONFIRMED))
    return found


# What a limit is called in the words of a part: a part is due on a day, and hours are said beside it.
WRITTEN = {"hours": "启动后%s小时内", "days": "%s日内", "working_days": "%s个工作日内"}


def part(cell: Cell, now: datetime, calendar: Calendar) -> dict[str, Any]:
    """A cell with a unit as a part of the response: what the one door opens."""
    return {
        "words": words_of(cell.item),
        "lead": cell.unit,
        "place": cell.spot.key,
        "line": cell.item.line,
        "due": due_of(cell.item.within, now, calendar),
    }


def words_of(item: Prepared) -> str:
    """The words of a part: the prepared ones, with the limit and the evidence asked."""
    kinds = dict(playbooks().latest("response").evidence)
    asked = "、".join(kinds[kind].zh for kind in item.evidence)
    limit = WRITTEN[item.within.unit] % item.within.number
    return f"{item.words}（{limit}{f'，报{asked}' if asked else ''}）"


def graver(one: str, other: str) -> bool:
    """True when a level is graver than another."""
    return LEVELS.index(one) > LEVELS.index(other)


class Preview(NamedTuple):
    """What an activation would open: cells, how many go to how many units, and the gaps."""

    cells: tuple[Cell, ...]

    @property
    def sent(self) -> tuple[Cell, ...]:
        """Cells that go to a unit."""
        return tuple(cell for cell in self.cells if cell.unit)

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """Cells without a unit."""
        return tuple(cell for cell in self.cells if not cell.unit)

    @property
    def units(self) -> int:
        """How many units are asked."""
        return len({cell.unit for cell in self.sent})

    @property
    def rows(self) -> tuple[tuple[Spot, tuple[Cell, ...]], ...]:
        """The cells by place."""
        found: dict[Spot, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.spot, []).append(cell)
        return tuple((spot, tuple(cells)) for spot, cells in found.items())

    @property
    def without(self) -> tuple[Spot, ...]:
        """Places of which no unit is asked anything."""
        return tuple(spot for spot, cells in self.rows if not any(cell.unit for cell in cells))


def preview(prepared: PreparedSet, level: str, where: Iterable[Spot], day: date) -> Preview:
    """What a level would open at some places."""
    return Preview(planned(prepared.opened_at(level), tuple(where), day))


def batches(rows: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    """Rows, so many at a time."""
    for start in range(0, len(rows), most):
        yield rows[start : start + most]
