"""Lives of items in, the rows of their events and of what these make of them out, each event made by the machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from luoshi.calendar import Calendar, current
from luoshi.ledger.actions import File
from luoshi.ledger.actions.rows import first_columns
from luoshi.ledger.actions.writing import Draft, When, draft, entry, new_id
from luoshi.ledger.chain import Header, event_hash
from luoshi.ledger.clocks import timing
from luoshi.ledger.machine import Act, Actor, Entry, Hand, ItemState, Step, World, apply, begin, opening, step
from luoshi.ledger.models import Event, Evidence, Item, SearchText, Text
from luoshi.ledger.playbook import Playbook
from luoshi.ledger.playbook.nouns import Who
from luoshi.ledger.searching import texts
from luoshi.reading.folding import folded

from .lives import Life, Move
from .staff import Desk
from .tables import insert

IS: Mapping[str, frozenset[Who]] = {
    "supervisor": frozenset({"supervisor"}),
    "clerk": frozenset({"lead"}),
    "verifier": frozenset({"verifier"}),
}
KIND = "table"


class Refused(RuntimeError):
    """A move of a life that the machine does not allow: a mistake in lives.py."""


@dataclass
class Series:
    """The numbers of a list: its row, what a number begins with, the last one and the hash of its opening."""

    pk: int
    key: Mapping[str, Any]
    prefix: str
    last: int
    head: str


class Written(NamedTuple):
    """An event that was made: how the item is with it, and its hash."""

    state: ItemState
    hash: str


@dataclass
class Rows:
    """Rows of a batch, by table; columns by the names of attributes."""

    playbook: Playbook
    file: File
    calendar: Calendar = field(default_factory=current)
    events: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    found_by: list[dict[str, Any]] = field(default_factory=list)

    def live(self, life: Life, series: Series, request: str) -> None:
        """Add an item with all that happened to it, under the next number of its series."""
        item, work = new_id(life.opened), life.work
        series.last += 1
        given = {**life.fields, "list": life.list, "place": work.place_key, "line": work.line_key, "words": life.words}
        hand = _hand(work.supervisor, IS["supervisor"])
        made = opening(self.playbook, given, hand, World(), life.opened)
        number = f"{series.prefix}{series.last}号"
        numbered = {**series.key, "serial": series.last, "previous": series.head}
        drafted = draft(_right(made, "open"), number=number, series=numbered)
        entered = self._entry(drafted, 1, "open", hand, life.opened)
        written = Written(begin(self.playbook, entered), self._event(item, entered, drafted, "", request))
        series.head = written.hash
        for move in life.moves:
            written = self._move(item, life, move, written)
        self._item(item, life, series, written)

    def _move(self, item: UUID, life: Life, move: Move, before: Written) -> Written:
        state, who = before.state, getattr(life.work, move.who)
        hand = _hand(who, IS[move.who])
        files = ((KIND, self.file.sha256),) if move.brings else ()
        world = World(confirmed=frozenset({life.work.key}))
        made = step(self.playbook, state, Act(move.verb, move.fields, files), hand, world, move.at)
        drafted = draft(_right(made, move.verb))
        entered = self._entry(drafted, state.sequence + 1, move.verb, hand, move.at)
        if move.brings:
            self._bring(item, hand.actor, move.at)
        return Written(apply(self.playbook, state, entered), self._event(item, entered, drafted, before.hash, None))

    def _entry(self, drafted: Draft, sequence: int, verb: str, hand: Hand, at: datetime) -> Entry:
        return entry(drafted, (sequence, self.playbook.key, self.playbook.version), verb, hand.actor, When(at, at))

    def _event(self, item: UUID, made: Entry, drafted: Draft, previous: str, request: str | None) -> str:
        header = Header(
            new_id(made.recorded_at),
            item,
            made.sequence,
            made.playbook,
            made.version,
            made.verb,
            made.actor.kind,
            made.actor.id,
            made.actor.unit or "",
            made.occurred_at,
            made.recorded_at,
            made.payload,
            previous,
        )
        columns, hashed = header._asdict(), event_hash(header)
        columns["item_id"] = columns.pop("item")
        self.events.append({**columns, "hash": hashed, "request": request})
        subject = f"{made.actor.kind}:{made.actor.id}"
        for key, (words, salt) in drafted.words.items():
            of = {"event_id": header.id, "field": key, "subject": subject}
            self.texts.append({**of, "words": words, "salt": salt})
        return hashed

    def _bring(self, item: UUID, actor: Actor, at: datetime) -> None:
        columns = self.file._asdict() | {"item_id": item, "subject": f"{actor.kind}:{actor.id}", "brought_at": at}
        self.evidence.append(columns)

    def _item(self, item: UUID, life: Life, series: Series, last: Written) -> None:
        work, state = life.work, last.state
        placed = {"series_id": series.pk, "serial": series.last, "place_id": work.place, "line_id": work.line}
        columns = {
            **first_columns(state, {work.key: work.unit}),
            **timing(self.playbook, state, self.calendar)._asdict(),
        }
        self.items.append({"id": item, **placed, "head": last.hash, **columns})
        lines = filter(None, map(folded, dict.fromkeys(texts(state, work.name))))
        found = SearchText(item_id=item, words="\n".join(lines))
        self.found_by.append({"item_id": item, "words": found.words, "grams": found.grams})

    def write(self) -> None:
        """Write all of them, in the transaction of the caller."""
        insert(Item, self.items)
        insert(Event, self.events)
        insert(Text, self.texts)
        insert(Evidence, self.evidence)
        insert(SearchText, self.found_by)


def _hand(desk: Desk, who: Iterable[Who]) -> Hand:
    actor = Actor("post", str(desk.post), desk.unit)
    return Hand(actor, frozenset(who), frozenset({f"post:{desk.post}"}), frozenset({desk.unit}))


def _right(made: Any, verb: str) -> Step:
    if not isinstance(made, Step):
        raise Refused(f"{verb}: {made}")
    return made
