"""The entries of a ledger in, what a draft of each would say out: units with reasons, exact days, what is lacking."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from luoshi.places.names import Context, Directory
from luoshi.reading import Span
from luoshi.reading.owners import read_owners

from ..models import Draft
from ..owners import Suggested, suggested
from ..resolve import owners_of
from ..restoring import Printed
from .dating import Dated, dated, year_of
from .nouns import OWNERS, Cell, Entry, Table

# What a column 状态 or 是否完成 says of what is done.
DONE = re.compile("^(?:是|√|✓|(?:已|全部|均已|已经)*(?:完成|办结|销号|整改|落实|到位)+)$")


class Filled(NamedTuple):
    """An entry with its owners as a draft keeps them, those that are suggested, and its deadline."""

    entry: Entry
    owners: Suggested
    dated: Dated

    @property
    def leads(self) -> list[dict[str, Any]]:
        """The printed owners that lead, and why it is not sure which unit each means."""
        leading = [owner for owner in self.owners.owners if owner["lead"]]
        return [{**owner, "why": Draft.Unsure(owner["unsure"]).label if owner["unsure"] else ""} for owner in leading]

    @property
    def helps(self) -> list[tuple[str, bool]]:
        """Those that support: the name of the unit, or as printed where it is not sure which unit is meant."""
        supporting = [owner for owner in self.owners.owners if owner["support"] and not owner["lead"]]
        return [(_name(owner), bool(owner["suggested"])) for owner in supporting]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a person has to say: a unit that is printed and not sure, one that is not printed, and so on."""
        out = []
        if self.owners.lead is None:
            out.append("unit" if self.leads else "owner")
        if not all(sure for _, sure in self.helps):
            out.append("support")
        if self.dated.due is None:
            out.append("day" if self.dated.deadline else "deadline")
        if not self.entry.of("goal"):
            out.append("measure")
        return tuple(out)

    @property
    def done(self) -> bool:
        """Whether the ledger says that it is done."""
        return bool(DONE.match(self.entry.said("state")))


def _name(owner: dict[str, Any]) -> str:
    names = (each["name"] for each in owner["choices"] if each["unit"] == owner["suggested"])
    return str(next(names, owner["printed"]))


def filled(table: Table, directory: Directory, day: datetime.date, place: str | None) -> tuple[Filled, ...]:
    """What drafts of the entries would say.

    Args:
        table: without faults or with them.
        directory: of this database (`listing.current_directory`).
        day: the day on which its names are understood.
        place: key of the place whose ledger it is, where it is known.
    """
    year = year_of(" ".join((table.title, *table.sheets)))
    named = [list(_printed(entry)) for entry in table.entries]
    resolved = owners_of(named, Context(place, day), directory)
    return tuple(
        Filled(entry, suggested(owners, _roles(names), day), dated(entry.said("due"), year))
        for entry, names, owners in zip(table.entries, named, resolved, strict=True)
    )


def _roles(names: list[tuple[Span, bool]]) -> Printed:
    leads = tuple(span for span, leads in names if leads)
    return Printed(leads, tuple(span for span, leads in names if not leads), tuple(span for span, _ in names))


def _printed(entry: Entry) -> Iterator[tuple[Span, bool]]:
    """The printed names of an entry, and whether each leads; where a column is of those who lead, others support."""
    led = bool(entry.of("lead"))
    seen: set[str] = set()
    for field in OWNERS:
        for cell in entry.of(field):
            for span, leads in _names(cell):
                if span.text not in seen:
                    seen.add(span.text)
                    yield span, leads and field != "support" and (field == "lead" or not led)


def _names(cell: Cell) -> Iterator[tuple[Span, bool]]:
    """The names in a cell of owners; one that holds no name that can be told is itself one."""
    found = read_owners(cell.text)
    # Where blanks were taken together, a name is only known to stand in the cell.
    exact = cell.end - cell.start == len(cell.text)
    for owner in found:
        start, end = (cell.start + owner.start, cell.start + owner.end) if exact else (cell.start, cell.end)
        yield Span(start, end, owner.name), owner.role == "lead"
    if not found:
        yield Span(cell.start, cell.end, cell.text), True
