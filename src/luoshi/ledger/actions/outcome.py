"""What came of an act, as a plain value: the item, its event, what else was opened."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from .refused import Refused


class Outcome(NamedTuple):
    """An act that was done: on which item, with which event (its number is the item's version now), which children it
    opened; `repeated`: it was done before, and not again."""

    item: UUID
    number: str
    sequence: int
    event: UUID
    hash: str
    children: tuple[UUID, ...] = ()
    repeated: bool = False


class Result(NamedTuple):
    """What came of one item of several: an outcome, or why not."""

    item: UUID
    outcome: Outcome | None
    refused: Refused | None
