"""Entries in, what an item is after them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..playbook.loading import Playbooks
from ..playbook.nouns import ENDED, Move, Playbook
from ..playbook.vocabulary import OWN, STEP
from . import tapes
from .days import day
from .effects import EFFECTS, Change
from .nouns import Entry, ItemState
from .opening import Unreplayable, begin, readable


def replay(entries: Iterable[Entry], playbooks: Playbooks) -> ItemState:
    """What an item is after all its entries, in their order. Raises Unreplayable, UnknownPlaybook."""
    state = None
    for entry in entries:
        playbook = playbooks.of(entry.playbook, entry.version)
        state = begin(playbook, entry) if state is None else apply(playbook, state, entry)
    if state is None:
        raise Unreplayable("no entries")
    return state


def apply(playbook: Playbook, state: ItemState, entry: Entry) -> ItemState:
    """What an item is after one entry more. Raises Unreplayable where no machine can have made it."""
    if entry.sequence != state.sequence + 1:
        raise Unreplayable(f"entry {entry.sequence} {entry.verb}: {state.sequence + 1} follows")
    if (entry.playbook, entry.version) != (state.playbook, state.version):
        raise Unreplayable(f"entry {entry.sequence} {entry.verb}: the item runs by {state.playbook} {state.version}")
    if entry.verb == "erase":
        return replace(state, sequence=entry.sequence)
    move = playbook.move(entry.verb)
    if move is None or state.state not in move.sources:
        raise Unreplayable(f"entry {entry.sequence} {entry.verb}: no such move from {state.state}")
    with readable(entry):
        return _moved(playbook, state, move, entry)


def _moved(playbook: Playbook, state: ItemState, move: Move, entry: Entry) -> ItemState:
    fields = entry.payload["fields"]
    on = day(entry.occurred_at)
    kept = (f.key for f in move.fields if f.kind != "text" and f.key not in OWN and f.key not in STEP)
    facts = {key: fields[key] for key in kept if key in fields}
    for name in move.effects:
        state = EFFECTS[name](state, Change(entry.actor, on, fields))
    now = playbook.state(move.to or state.state)
    moved = replace(
        state,
        state=now.key,
        kind=now.kind,
        sequence=entry.sequence,
        ended_on=None if now.kind not in ENDED else state.ended_on if state.kind in ENDED else on,
        facts={**state.facts, **facts},
        counts={**state.counts, move.verb: state.counts.get(move.verb, 0) + 1},
    )
    clocks = tapes.kept(playbook, state.clocks, moved, entry)
    return moved if clocks is state.clocks else replace(moved, clocks=clocks)
