"""Hands, openings and items for tests of the machine: who acts, what was said, in; states as replay makes them, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from luoshi.ledger.machine import Act, Actor, Child, Entry, Fault, Hand, ItemState, Step, World, apply, begin, opening
from luoshi.ledger.machine import step as machine_step
from luoshi.ledger.playbook import Playbook, Who, load_playbooks

PLAYBOOKS = load_playbooks()
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICE, WATER, FINANCE, TOWN = "office", "water", "finance", "town"
CONFIRMED = frozenset({OFFICE, WATER, FINANCE, TOWN})
PAPER = "a" * 64


def hand(post: int, unit: str | None, *who: Who) -> Hand:
    """Somebody who holds one post."""
    units = frozenset({unit} if unit else ())
    return Hand(Actor("post", str(post), unit), frozenset(who), frozenset({f"post:{post}"}), units)


SUPERVISOR = hand(1, OFFICE, "supervisor")
LEAD = hand(2, WATER, "lead")
SUPPORT = hand(3, FINANCE, "support")
VERIFIER = hand(4, OFFICE, "verifier")
PETITIONER = Hand(Actor("petitioner", "7"), frozenset({"petitioner"}))
SYSTEM = Hand(Actor("system", "sweep"), frozenset({"system"}))


@dataclass
class Item:
    """An item in memory: its entries, and what it is; time goes on by a day with every entry."""

    playbook: Playbook
    entries: list[Entry] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    confirmed: frozenset[str] = CONFIRMED

    @property
    def state(self) -> ItemState:
        state = begin(self.playbook, self.entries[0])
        for entry in self.entries[1:]:
            state = apply(self.playbook, state, entry)
        return state

    @property
    def now(self) -> datetime:
        return NOW + timedelta(days=len(self.entries))

    @property
    def world(self) -> World:
        return World(self.confirmed, tuple(self.children))

    def try_(
        self, who: Hand, verb: str, evidence: Sequence[tuple[str, str]] = (), **fields: Any
    ) -> Step | tuple[Fault, ...]:
        """What the machine says of a move."""
        return machine_step(self.playbook, self.state, Act(verb, fields, tuple(evidence)), who, self.world, self.now)

    def act(self, who: Hand, verb: str, evidence: Sequence[tuple[str, str]] = (), **fields: Any) -> ItemState:
        """Make a move that can be made."""
        step = self.try_(who, verb, evidence, **fields)
        assert isinstance(step, Step), step
        self.add(who, verb, step)
        return self.state

    def add(self, who: Hand, verb: str, step: Step) -> None:
        """Write the entry of a step, texts as commitments."""
        commitments = {key: {"commitment": "c" * 64} for key in step.texts}
        payload = {**step.payload, "fields": {**step.payload["fields"], **commitments}}
        sequence = len(self.entries) + 1
        entry = Entry(sequence, self.playbook.key, self.playbook.version, verb, who.actor, self.now, self.now, payload)
        self.entries.append(entry)

    def codes(
        self, who: Hand, verb: str, evidence: Sequence[tuple[str, str]] = (), **fields: Any
    ) -> list[tuple[str, str]]:
        """The faults of a move that cannot be made, as code and field."""
        step = self.try_(who, verb, evidence, **fields)
        assert not isinstance(step, Step), step
        return [(fault.code, fault.field) for fault in step]


TASK: Mapping[str, Any] = {
    "list": "tasks",
    "place": "county",
    "words": "改造老旧供水管网46公里",
    "basis": "县政府第3次常务会议",
}


def task(**fields: Any) -> Item:
    """A task that has been opened."""
    return opened("task", **{**TASK, **fields})


def opened(key: str, who: Hand = SUPERVISOR, **fields: Any) -> Item:
    """An item that has been opened."""
    item = Item(PLAYBOOKS.latest(key))
    step = opening(item.playbook, fields, who, item.world, item.now)
    assert isinstance(step, Step), step
    numbered = {"number": "某县任务清单〔2026〕1号", "series": {}, **step.payload}
    item.add(who, "open", step._replace(payload=numbered))
    return item
