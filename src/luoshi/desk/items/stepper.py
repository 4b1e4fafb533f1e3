"""A playbook and the state of an item in, the steps of the straight way out, with the one where it stands. Pure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from luoshi.ledger.playbook import Move, Playbook


class Step(NamedTuple):
    """A state as a step: passed, present (where the item is), ahead, or aside: off the straight way."""

    key: str
    name: str
    where: str


@cache
def straight() -> tuple[str, ...]:
    """The verbs of the straight way."""
    return tuple(yaml.safe_load(Path(__file__).with_name("straight.yaml").read_text("utf-8")))


@cache
def order() -> dict[str, list[str]]:
    """By state, the moves to make next, most natural first."""
    found: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("next.yaml").read_text("utf-8"))
    return found


def line(playbook: Playbook, begins: str = "") -> tuple[str, ...]:
    """The states that the straight way leads through, from the opening or another state on."""
    states = [begins or playbook.opening.to]
    for verb in straight():
        move = playbook.move(verb)
        if move and move.to and states[-1] in move.sources and move.to not in states:
            states.append(move.to)
    return tuple(states)


def steps(playbook: Playbook, state: str, language: str) -> tuple[Step, ...]:
    """The steps; a state aside stands behind the one that it leads back to."""
    states = _line_of(playbook, state)
    at = states.index(state) if state in states else _beside(playbook, state, states)
    found = []
    for number, key in enumerate(states):
        where = "passed" if number < at else "ahead" if number > at else "present" if key == state else "passed"
        found.append(Step(key, playbook.state(key).name.of(language), where))
        if number == at and key != state:
            found.append(Step(state, playbook.state(state).name.of(language), "aside"))
    return tuple(found)


def _line_of(playbook: Playbook, state: str) -> tuple[str, ...]:
    """The line that a state is on or beside: that of the whole, or of its parts where they go a way of their own."""
    whole, parts = line(playbook), playbook.opening.parts
    if parts is None or parts.to in whole:
        return whole
    own = line(playbook, parts.to)
    beside = any(move.to == state and set(move.sources) & set(own) for move in playbook.moves)
    return own if state in own or (state not in whole and beside) else whole


def _beside(playbook: Playbook, state: str, states: tuple[str, ...]) -> int:
    """The step that a state aside is reached from, the furthest: what is passed is passed."""
    sources = {source for move in playbook.moves if move.to == state for source in move.sources}
    return max((number for number, key in enumerate(states) if key in sources), default=0)


def next_of(state: str, open_to: tuple[Move, ...]) -> Move | None:
    """The one move to make next, of those that are open to somebody; none where none is more natural than others."""
    by_verb = {move.verb: move for move in open_to}
    return next((by_verb[verb] for verb in order().get(state, ()) if verb in by_verb), None)
