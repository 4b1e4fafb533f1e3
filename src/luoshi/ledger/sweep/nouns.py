"""The nouns of the sweep as plain values: an item as it asks for it, whom it tells, what came of an item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, NamedTuple
from uuid import UUID

from ..machine import Tape, tapes
from ..playbook.clocks import Addressee

# Why a step that is due was not made now: it was on this day already (by another sweep, or before its clock was
# started anew), the door refused it, or others kept acting on the item.
Missed = Literal["today", "refused", "busy"]


class Columns(NamedTuple):
    """As much of an item's row as its clocks and those who are told of a step ask."""

    pk: UUID
    number: str
    playbook: str
    version: int
    state: str
    kind: str
    due: date | None
    facts: Any
    tapes: Any
    sequence: int
    next_step_at: datetime | None
    place: int
    line: int | None
    lead: int | None
    verifier: int | None
    opened_by: int | None


class Found(Columns):
    """An item whose next step is due, with its tapes read (clocks.nouns.Standing)."""

    @cached_property
    def clocks(self) -> Mapping[str, Tape]:
        """Its tapes. Raises BrokenTapes."""
        return tapes.from_json(self.tapes)


class Made(NamedTuple):
    """A step of an item's ladder: which clock and step as its move names them, which move, how many units and posts are
    told, which addressees there are not."""

    clock: str
    step: str
    verb: str
    told: int
    missing: tuple[Addressee, ...] = ()


class Swept(NamedTuple):
    """What came of an item: the steps made (of a dry run: that would be), and why others that are due were not, each
    in words where the door said some. Both empty: by the calendar of today nothing of it is due."""

    number: str
    made: tuple[Made, ...] = ()
    missed: tuple[tuple[Missed, str], ...] = ()
