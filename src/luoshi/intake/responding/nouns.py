"""Prepared sets (预案) as plain values: levels, the items that each opens, how long there is; and what is planned."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from luoshi.ledger.playbook import Names

LevelKey = Literal["iv", "iii", "ii", "i"]
# From the lightest to the gravest; a level opens its own items and those of the levels before it.
LEVELS: tuple[LevelKey, ...] = ("iv", "iii", "ii", "i")
LimitUnit = Literal["hours", "days", "working_days"]
Gap = Literal["", "missing", "assumed", "several"]


class Limit(NamedTuple):
    """How long there is from the activation on: some hours, some days, or some working days."""

    unit: LimitUnit
    number: int


class Prepared(NamedTuple):
    """A prepared item: the line that does it at each place, its words, its limit, the evidence it asks for before it is
    closed (none: it is dropped with the response)."""

    key: str
    line: str
    words: str
    within: Limit
    evidence: tuple[str, ...] = ()


class Level(NamedTuple):
    """A level: when it is called, and the items that it adds to those of the lighter levels."""

    key: LevelKey
    when: Names
    items: tuple[Prepared, ...]


class Example(NamedTuple):
    """What a level opens when it is activated at a moment (China, `2026-07-03 16:00`), with the day each is due."""

    level: LevelKey
    at: str
    opens: tuple[tuple[str, date], ...]


class PreparedSet(NamedTuple):
    """One version of a prepared set; its levels, the lightest first."""

    key: str
    version: int
    name: Names
    levels: tuple[Level, ...]
    examples: tuple[Example, ...] = ()

    @property
    def items(self) -> tuple[Prepared, ...]:
        """All items, those of the lightest level first."""
        return tuple(item for level in self.levels for item in level.items)

    def opened_at(self, level: str) -> tuple[Prepared, ...]:
        """The items of a level and of those lighter. Raises KeyError: the set has no such level."""
        keys: list[str] = [each.key for each in self.levels]
        if level not in keys:
            raise KeyError(level)
        return tuple(item for each in self.levels[: keys.index(level) + 1] for item in each.items)


class Spot(NamedTuple):
    """A place that a response concerns."""

    pk: int
    key: str
    name: str


class Cell(NamedTuple):
    """A prepared item at a place: the unit that it goes to, or why there is none (`gap`)."""

    spot: Spot
    item: Prepared
    unit: str | None
    unit_name: str = ""
    gap: Gap = ""
