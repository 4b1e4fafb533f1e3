"""The entries of a ledger in, what a draft of each would say out: units with reasons, exact days, what is lacking."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from luoshi.places.models import Unit
from luoshi.places.names import Context, Directory
from luoshi.reading import Span
from luoshi.reading.owners import read_owners

from ..resolve import Choice, Owner, owners_of
from .dating import Dated, dated, year_of
from .nouns import OWNERS, Cell, Entry, Table


class Filled(NamedTuple):
    """An entry with the units that may be meant, the one that leads where there is no doubt, and its deadline."""

    entry: Entry
    owners: tuple[Owner, ...]
    lead: Unit | None
    supports: tuple[Unit, ...]
    dated: Dated

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a person has to say: a unit that is printed and not known, one that is not printed, and so on."""
        out = []
        if self.lead is None:
            out.append("owner" if not self.printed(lead=True) else "unit")
        unknown = [owner for owner in self.owners if not owner.lead and not _one(owner)]
        out += ["support"] * bool(unknown)
        if self.dated.due is None:
            out.append("day" if self.dated.deadline else "deadline")
        if not self.entry.of("goal"):
            out.append("measure")
        return tuple(out)

    def printed(self, lead: bool) -> tuple[str, ...]:
        """The names printed as leading, or as supporting."""
        return tuple(owner.span.text for owner in self.owners if owner.lead is lead)

    @property
    def unknown(self) -> tuple[Owner, ...]:
        """Printed names of which it is not sure which unit they mean."""
        return tuple(owner for owner in self.owners if not _one(owner))

    @property
    def done(self) -> bool:
        """Whether the ledger says that it is done."""
        return self.entry.said("state") in DONE


# What a column 状态 or 是否完成 says of what is done.
DONE = frozenset(
    ("是", "已完成", "完成", "已办结", "办结", "已销号", "销号", "已整改", "整改完成", "已整改到位", "√", "✓", "已落实")
)


def filled(table: Table, directory: Directory, day: datetime.date, place: str | None) -> tuple[Filled, ...]:
    """What drafts of the entries would say.

    Args:
        table: without faults or with them.
        directory: of this database (`listing.current_directory`).
        day: the day on which its names are understood.
        place: key of the place whose ledger it is, where it is known.
    """
    year = year_of(" ".join((table.title, *table.sheets)))
    printed = [list(_printed(entry)) for entry in table.entries]
    resolved = owners_of(printed, Context(place, day), directory)
    return tuple(_filled(entry, owners, year) for entry, owners in zip(table.entries, resolved, strict=True))


def _printed(entry: Entry) -> Iterator[tuple[Span, bool]]:
    """The printed names of an entry, and whether each leads; where a column is of those who lead, others support."""
    led = bool(entry.of("lead"))
    seen: set[str] = set()
    for field in OWNERS:
        for cell in entry.of(field):
            for name, leads, start, end in _names(cell):
                if name not in seen:
                    seen.add(name)
                    yield Span(start, end, name), leads and field != "support" and (field == "lead" or not led)


def _names(cell: Cell) -> Iterator[tuple[str, bool, int, int]]:
    """The names in a cell of owners; one that holds no name that can be told is itself one."""
    found = read_owners(cell.text)
    exact = cell.end - cell.start == len(cell.text)
    for owner in found:
        start, end = (cell.start + owner.start, cell.start + owner.end) if exact else (cell.start, cell.end)
        yield owner.name, owner.role == "lead", start, end
    if not found:
        yield cell.text, True, cell.start, cell.end


def _filled(entry: Entry, owners: tuple[Owner, ...], year: int | None) -> Filled:
    leads = [owner for owner in owners if owner.lead]
    lead = _one(leads[0]) if len(leads) == 1 else None
    supports = tuple(unit for owner in owners if not owner.lead and (unit := _one(owner)) and unit != lead)
    cells = entry.of("due")
    return Filled(entry, owners, lead, tuple(dict.fromkeys(supports)), dated(entry.said("due") if cells else "", year))


def _one(owner: Owner) -> Unit | None:
    """The one unit that a name means and that items can be sent to; None where another may be meant."""
    key = owner.answer.unit
    found = [choice for choices in owner.choices for choice in choices if choice.key == key]
    return found[0].unit if key and len(owner.choices) == 1 and found[0].ready else None


def as_owners(owners: tuple[Owner, ...]) -> list[dict[str, Any]]:
    """Printed owners as a draft keeps them."""
    return [
        {
            "printed": owner.span.text,
            "lead": owner.lead,
            "kind": owner.answer.kind,
            "reason": str(owner.answer.reason),
            "choices": [_as_choice(choice) for choices in owner.choices for choice in choices],
        }
        for owner in owners
    ]


def _as_choice(choice: Choice) -> dict[str, Any]:
    return {
        "unit": choice.key,
        "name": choice.unit.name if choice.unit else "",
        "score": choice.score,
        "reason": choice.reason,
        "instead": choice.instead.key if choice.instead else None,
    }
