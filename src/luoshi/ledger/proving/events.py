"""The events of an item in their order in, what does not hold in them and what the item is after them out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from ..actions.books import playbooks
from ..chain import Header, NotCanonical, UnknownAlgorithm, event_hash
from ..machine import Actor, Entry, ItemState, Unreplayable, apply, begin
from ..models import Event
from ..playbook import UnknownPlaybook
from .lawful import unlawful
from .nouns import Fault, fault
from .streams import Kinds, rows

# What a payload that nobody of ours wrote can make of the machine.
GARBAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)


class Kept(NamedTuple):
    """An event as it lies in the database; its payload as text, which may be anything."""

    item: UUID
    sequence: int
    id: UUID
    playbook: str
    version: int
    verb: str
    actor_kind: str
    actor: str
    actor_unit: str
    occurred_at: datetime
    recorded_at: datetime
    payload: str
    previous: str
    algorithm: str
    hash: str

    def header(self, payload: Mapping[str, Any]) -> Header:
        """What is hashed of it."""
        said = {name: value for name, value in self._asdict().items() if name != "hash"}
        return Header(**{**said, "payload": payload})

    def entry(self, payload: Mapping[str, Any]) -> Entry:
        """The event as the machine sees it."""
        actor = Actor(self.actor_kind, self.actor, self.actor_unit or None)  # type: ignore[arg-type]
        when = (self.occurred_at, self.recorded_at)
        return Entry(self.sequence, self.playbook, self.version, self.verb, actor, *when, payload)


COLUMNS: Kinds = {
    **dict.fromkeys(
        ("item", "sequence", "id", "playbook", "version", "verb", "actor_kind", "actor", "actor_unit"), str
    ),
    **{"item": UUID, "sequence": int, "id": UUID, "version": int},
    "occurred_at": datetime,
    "recorded_at": datetime,
    "spelled": str,
    **dict.fromkeys(("previous", "algorithm", "hash"), str),
}


def kept(item: UUID | None = None) -> Iterator[Kept]:
    """All events, or those of an item, by item and sequence. Raises Garbled."""
    found = Event.unguarded.filter(item=item) if item else Event.unguarded.all()
    spelled = found.annotate(spelled=Cast("payload", TextField())).order_by("item", "sequence")
    return map(Kept._make, rows(spelled, COLUMNS))


def header_of(event: Event) -> Header:
    """What is hashed of the row of an event."""
    return Header(**{name: getattr(event, "item_id" if name == "item" else name) for name in Header._fields})


def entry_of(event: Event) -> Entry:
    """The row of an event as the machine sees it."""
    said = {name: getattr(event, "item_id" if name == "item" else name) for name in Kept._fields}
    return Kept(**said).entry(event.payload)


class Log:
    """The events of one item, taken one after the other: faults come out, `state` is what the item is after them."""

    def __init__(self, called: object, now: datetime) -> None:
        self.called, self._now = called, now
        self.last: Kept | None = None
        self.first: Mapping[str, Any] = {}
        self.state: ItemState | None = None
        self._replays = True

    def take(self, event: Kept) -> tuple[Mapping[str, Any], list[Fault]]:
        """The payload of the next event, {} where it cannot be read, and what does not hold."""
        payload, why = _read(event.payload)
        found = [fault("spelling", self.called, event.sequence, why=why)] if why else []
        found += self._order(event)
        if payload is not None:
            found += self._hash(event, payload)
            found += self._replay(event, payload)
        if self.last is None:
            self.first = payload or {}
        self.last = event
        return payload or {}, found

    def _order(self, event: Kept) -> Iterator[Fault]:
        expected = self.last.sequence + 1 if self.last else 1
        for number in range(expected, min(event.sequence, expected + MOST_GONE)):
            yield fault("gone", self.called, None, number=number)
        if event.sequence != expected:
            self._replays = False
        elif event.previous != (self.last.hash if self.last else ""):
            yield fault("not_behind", self.called, event.sequence)
        if event.sequence == 1 and event.verb != "open":
            yield fault("not_opened", self.called, event.sequence, verb=event.verb)
        if self.last and event.recorded_at < self.last.recorded_at:
            yield fault("back_in_time", self.called, event.sequence)
        if event.recorded_at > self._now:
            yield fault("in_the_future", self.called, event.sequence, moment=event.recorded_at)

    def _hash(self, event: Kept, payload: Mapping[str, Any]) -> Iterator[Fault]:
        try:
            if event_hash(event.header(payload)) != event.hash:
                yield fault("changed", self.called, event.sequence)
        except (NotCanonical, UnknownAlgorithm, RecursionError) as why:
            yield fault("unhashable", self.called, event.sequence, why=why)

    def _replay(self, event: Kept, payload: Mapping[str, Any]) -> Iterator[Fault]:
        if not self._replays:
            self.state = None
            return
        try:
            playbook = playbooks().of(event.playbook, event.version)
            entry = event.entry(payload)
            before = self.state
            self.state = begin(playbook, entry) if before is None else apply(playbook, before, entry)
            for why in unlawful(playbook, before, entry) if before is not None else ():
                yield fault("unlawful", self.called, event.sequence, why=why)
        except (Unreplayable, UnknownPlaybook, *GARBAGE) as why:
            self.state, self._replays = None, False
            yield fault("no_replay", self.called, event.sequence, why=why)


# Of a long run of events that are gone, the first ones are named.
MOST_GONE = 20


def _read(text: str) -> tuple[Mapping[str, Any] | None, str]:
    """The payload that a text holds, and what is wrong with how it is spelled.

    Two spellings of one value would let a row say one thing here and another where the database itself looks into
    it: `{"lead": "a", "lead": "b"}`. PostgreSQL keeps no spelling.
    """
    try:
        payload = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None, "no JSON"
    if not isinstance(payload, dict):
        return None, "no object"
    if connection.vendor == "sqlite" and json.dumps(payload, ensure_ascii=False) != text:
        return payload, "the same value is written otherwise"
    return payload, ""
