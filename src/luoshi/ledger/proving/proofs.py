"""An item and the number of one of its events in, a proof that it is in the root of a day out."""

from __future__ import annotations

from typing import Any

from ..chain.merkle import inclusion
from ..chain.proof import proof
from ..models import Event, Item, Leaf
from .events import header_of
from .sealing import line_of, planted


class NoProof(Exception):
    """An event that is not there, or in no root yet."""


def prove(item: Item, sequence: int) -> dict[str, Any]:
    """The proof of an event as JSON, which `chain.proof.disproofs` checks without the database.

    It holds the event as it is hashed, so it says what the event says, and of words only the commitments.

    Raises:
        NoProof: there is no such event, or no root holds it yet.
    """
    event = Event.unguarded.filter(item=item, sequence=sequence).first()
    if event is None:
        raise NoProof(f"{item.number} has no event {sequence}; its last is {item.sequence}")
    leaf = Leaf.objects.filter(event=event).select_related("root").first()
    if leaf is None:
        raise NoProof(f"{item.number} {sequence} is in no root yet: `luoshi ledger root` seals the days that are over")
    hashes = [hash for _, hash in planted(leaf.root_id)]
    if leaf.index >= len(hashes):
        raise NoProof(f"the root of {leaf.root.day} has lost leaves: `luoshi ledger verify` tells which")
    way = inclusion(hashes, leaf.index, leaf.root.algorithm)
    return proof(header_of(event), event.hash, leaf.index, len(hashes), way, line_of(leaf.root))
