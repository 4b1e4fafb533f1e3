"""Events of an item in their order, with the words kept beside them, in; whether the chain holds out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from luoshi.ledger.chain import NotCanonical, UnknownAlgorithm, commit, event_hash
from luoshi.ledger.models import Event, Text
from luoshi.ledger.proving.events import header_of
from luoshi.ledger.proving.texts import commitments


class Seal(NamedTuple):
    """What was checked, from which event to which; `broken`: the numbers of those that do not hold."""

    first: int
    last: int
    head: str
    broken: tuple[int, ...]

    @property
    def holds(self) -> bool:
        """True when everything that was looked at holds."""
        return not self.broken


def seal(events: Sequence[Event], texts: Mapping[UUID, Iterable[Text]], ends: tuple[int, str]) -> Seal:
    """Whether each event hashes to what it says and follows the one before it, whether the words are those it was
    hashed with, and whether the row of the item stands where they end (`ends`: its number and hash).

    Of a long story only the events that a page shows; `luoshi ledger verify` looks at all of them.
    """
    broken = {event.sequence for event in events if not (_hashed(event) and _said(event, texts.get(event.pk, ())))}
    for before, event in pairwise(events):
        if event.sequence != before.sequence + 1 or event.previous != before.hash:
            broken.add(event.sequence)
    first, last = events[0], events[-1]
    if first.sequence == 1 and first.previous:
        broken.add(1)
    if last.sequence >= ends[0] and (last.sequence, last.hash) != ends:
        broken.add(last.sequence)
    return Seal(first.sequence, last.sequence, last.hash, tuple(sorted(broken)))


def _hashed(event: Event) -> bool:
    try:
        return event_hash(header_of(event)) == event.hash
    except (NotCanonical, UnknownAlgorithm, RecursionError, ValueError):
        return False


def _said(event: Event, texts: Iterable[Text]) -> bool:
    """The words are those that were committed to; erased ones are in order."""
    promised = commitments(event.payload)
    for text in texts:
        promise = promised.pop(text.field, None)
        if text.erased_by_id is None and not (text.salt and commit(text.words, bytes(text.salt)) == promise):
            return False
    return not promised
