"""Effects: what a move changes besides the state, by the names that playbooks use; a state in, a state out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from .nouns import JSON, Actor, ItemState


class Change(NamedTuple):
    """What an entry brings: who acted, on which day in China, the values by field (a text is its commitment)."""

    actor: Actor
    on: date
    fields: Mapping[str, JSON]


Effect = Callable[[ItemState, Change], ItemState]


def assign(state: ItemState, change: Change) -> ItemState:
    """The lead is whom the move names; supporting units and deadline stay where it does not name any."""
    supports = tuple(change.fields["supports"]) if "supports" in change.fields else state.supports
    lead = change.fields["lead"]
    return postpone(replace(state, lead=lead, supports=tuple(s for s in supports if s != lead)), change)


def set_supports(state: ItemState, change: Change) -> ItemState:
    """The supporting units are those that the move names."""
    return replace(state, supports=tuple(change.fields["supports"]))


def postpone(state: ItemState, change: Change) -> ItemState:
    """The deadline is the one given, where one is."""
    due = change.fields.get("due")
    return replace(state, due=date.fromisoformat(due)) if due else state


def appoint(state: ItemState, change: Change) -> ItemState:
    """The verifier is the post named."""
    return replace(state, verifier=change.fields["verifier"])


def note_asker(state: ItemState, change: Change) -> ItemState:
    """Who asks for closure is noted, with their unit; an earlier conclusion is about an earlier asking."""
    actor = change.actor
    return replace(state, asked_by=f"{actor.kind}:{actor.id}", asked_unit=actor.unit, verified_by=None)


def note_verifier(state: ItemState, change: Change) -> ItemState:
    """Who came to a conclusion is noted, and when, for objections."""
    facts = {**state.facts, "concluded_on": change.on.isoformat()}
    return replace(state, verified_by=f"{change.actor.kind}:{change.actor.id}", facts=facts)


def slip(state: ItemState, change: Change) -> ItemState:
    """The step named is expected to be over on the day given."""
    key, expected = change.fields["slipping"], change.fields["new_end"]
    rows = [{**row, "expected": expected} if row["key"] == key else row for row in state.facts["timetable"]]
    return replace(state, facts={**state.facts, "timetable": rows})


def split(state: ItemState, change: Change) -> ItemState:
    """The parts are items of their own, opened with the move; the item itself stays as it is."""
    return state


EFFECTS: dict[str, Effect] = {
    effect.__name__: effect
    for effect in (assign, set_supports, postpone, appoint, note_asker, note_verifier, slip, split)
}
