"""The nouns of the machine as plain values: what an item is, who acts, what was said, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from ..playbook.nouns import Move, Playbook, StateKind, Who

JSON = Any
ActorKind = Literal["post", "petitioner", "system"]


class Actor(NamedTuple):
    """Who made a move: the id of a post or petitioner (never a name), or which part of the program; `unit` is the
    key of the post's unit."""

    kind: ActorKind
    id: str
    unit: str | None = None


class Quotation(NamedTuple):
    """The words an item rests on: text-quote and text-position selectors (W3C annotations), offsets in code points."""

    source: str  # sha256 of the original
    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""


class Child(NamedTuple):
    """What a parent's rules ask of a child, and a child's of its parent."""

    item: str
    kind: StateKind


class Hand(NamedTuple):
    """Somebody before an item: who they are to it (policy finds out), and all posts that are theirs (`post:12`), own
    and stood in for, so that the same person in another post is still the same; `units` are the keys of the units of
    those posts."""

    actor: Actor
    who: frozenset[Who]
    same: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


class Extending(NamedTuple):
    """How a limit may be extended now: how often there was and may be, its end, the last day to ask, the last day to
    extend it to (None: no bound)."""

    granted: int
    times: int
    end: date
    ask_until: date
    most: date | None

    @property
    def left(self) -> int:
        """How many extensions are left."""
        return max(self.times - self.granted, 0)


class World(NamedTuple):
    """What a step must know of other rows: units that are confirmed, the children, the parent (None: it has none); and
    of the calendar: how its limit may be extended (None: there is no limit that could be)."""

    confirmed: frozenset[str] = frozenset()
    children: tuple[Child, ...] = ()
    parent: Child | None = None
    extending: Extending | None = None


class Act(NamedTuple):
    """A move that somebody wants to make: its verb, what they filled in by field, evidence as (kind, sha256)."""

    verb: str
    fields: Mapping[str, JSON]
    evidence: tuple[tuple[str, str], ...] = ()


class Fault(NamedTuple):
    """Why a move cannot be made: a code of machine.faults, the field it is about, and the words that go into it."""

    code: str
    field: str = ""
    about: Mapping[str, str] = {}


class Entry(NamedTuple):
    """An event (办理记录) as the machine sees it: all of it but its hashes. Text in `payload` is a commitment."""

    sequence: int
    playbook: str
    version: int
    verb: str
    actor: Actor
    occurred_at: datetime
    recorded_at: datetime
    payload: Mapping[str, JSON]


class Step(NamedTuple):
    """What a move that may be made comes to: the payload of its event, and what it opens.

    Texts are in `texts` alone: their commitments come into `payload["fields"]` when the event is written. `parts`: for
    a split, what each child is opened with (`opening`), but for `parent`, which is the item that is split.
    """

    payload: Mapping[str, JSON]
    texts: Mapping[str, str]
    parts: tuple[Mapping[str, JSON], ...] = ()


class Tape(NamedTuple):
    """What a clock has gone through on an item since it was started, without a calendar: pauses as (from, to), the date
    it rests on (ISO), when it stopped (None: it has not), keys of the steps made, extensions granted, and of a clock
    that repeats, which period it is in."""

    since: datetime
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    set: str | None = None
    stopped: datetime | None = None
    made: tuple[str, ...] = ()
    extended: int = 0
    period: int = 1

    @property
    def standing(self) -> Literal["runs", "waits", "stopped"]:
        """Whether it runs, stands still, or has stopped."""
        if self.stopped is not None:
            return "stopped"
        return "waits" if self.pauses and self.pauses[-1][1] is None else "runs"


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item (事项) as its events make it. Places, lines and units are keys; `facts` are fields by key, the latest of
    each but of those that have a place of their own here; `opened_by`, `asked_by` and `verified_by` are `kind:id` of
    who opened it, asked for closure and came to a conclusion on that, `verifier` of the post appointed to verify;
    `counts` counts moves by verb; `clocks` are tapes by the keys of the playbook's clocks."""

    playbook: str
    version: int
    list: str
    number: str
    state: str
    kind: StateKind
    sequence: int
    place: str
    line: str | None
    words: str
    quotation: Quotation | None
    lead: str | None
    supports: tuple[str, ...]
    due: date | None
    parent: str | None
    opened_by: str
    opened_on: date
    ended_on: date | None = None
    asked_by: str | None = None
    asked_unit: str | None = None
    verified_by: str | None = None
    verifier: str | None = None
    facts: Mapping[str, JSON] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    clocks: Mapping[str, Tape] = field(default_factory=dict)


class Case(NamedTuple):
    """A move before it is made. `fields` are the values filled in, None where the move is only offered: a guard of
    fields then has nothing to say."""

    playbook: Playbook
    move: Move
    state: ItemState
    hand: Hand
    world: World
    today: date
    fields: Mapping[str, JSON] | None = None

    @property
    def given(self) -> Mapping[str, JSON]:
        """The values filled in, none where the move is only offered."""
        return self.fields or {}


Guard = Callable[[Case], Fault | None]
