"""The nouns of forms as plain values: what was typed into a field, and a field as a template shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from luoshi.ledger.models import Item
from luoshi.ledger.playbook import Playbook
from luoshi.people.scope import Scope
from luoshi.places.models import PlaceState


class UnitSaid(NamedTuple):
    """A unit as somebody wrote it; `key` of the one that was chosen among several of the name, or was there before."""

    text: str = ""
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip())


class MilestoneRow(NamedTuple):
    """A row of milestones; `was` is all of it as the form began."""

    words: str = ""
    due: str = ""
    done_on: str = ""
    was: str = ""

    @property
    def said(self) -> str:
        """All of it in one."""
        return f"{self.due}/{self.done_on}/{self.words}" if any(self[:3]) else ""

    def __bool__(self) -> bool:
        return any(part.strip() for part in self)


class StepRow(NamedTuple):
    """A row of a timetable; `was` is all of it as the form began."""

    key: str = ""
    words: str = ""
    takes: str = ""
    after: str = ""
    start: str = ""
    end: str = ""
    expected: str = ""
    done_on: str = ""
    was: str = ""

    @property
    def said(self) -> str:
        """All of it in one."""
        return "/".join(self[:-1]) if any(part.strip() for part in self[1:-1]) else ""

    def __bool__(self) -> bool:
        """The number of a row that nothing else stands in is only its number."""
        return any(part.strip() for part in self[1:])


class PartRow(NamedTuple):
    """A row of parts; no place: that of its lead, no line: that of the whole."""

    words: str = ""
    lead: UnitSaid = UnitSaid()
    due: str = ""
    place: str = ""
    line: str = ""

    def __bool__(self) -> bool:
        return any((self.words.strip(), self.lead, self.due.strip()))


Typed: TypeAlias = (
    str | UnitSaid | tuple[UnitSaid, ...] | tuple[MilestoneRow, ...] | tuple[StepRow, ...] | tuple[PartRow, ...]
)
# What is wrong, by the path of a field as faults name it (`parts[2].lead`); "" is the whole.
Wrong: TypeAlias = dict[str, list[str]]


class Choice(NamedTuple):
    """One of several to choose from."""

    key: str
    name: str


class Cell(NamedTuple):
    """One input: its name, what stands in it, what is wrong with it, what there is to choose."""

    name: str
    value: Any
    errors: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


class Control(NamedTuple):
    """A field of a form: what it is called and why it is asked for, its input, or its rows of inputs by name."""

    key: str
    kind: str
    label: str
    required: bool
    reason: str
    cell: Cell
    rows: tuple[dict[str, Cell], ...] = ()
    fixed: bool = False

    @property
    def unfolded(self) -> bool:
        """True where there is something to see in rows, or to fill in: the others wait folded up."""
        cells = (cell for row in self.rows for cell in row.values())
        return self.required or bool(self.cell.value or self.cell.errors) or any(cell.errors for cell in cells)

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"desk/fields/{self.kind}.html"


@dataclass(frozen=True)
class Subject:
    """An item in sight and who stands before it: what a form of a move is drawn from, besides the move."""

    row: Item
    playbook: Playbook
    scope: Scope

    @cached_property
    def path(self) -> str:
        """The path of the item's place."""
        states = PlaceState.objects.filter(place=self.row.place_id, since__lte=self.scope.day).order_by("-since")
        return states.values_list("path", flat=True).first() or "/"
