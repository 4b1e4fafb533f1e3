"""The nouns of a playbook (办理流程) as plain values: states, moves, the fields and evidence that a move asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from .clocks import Clock
from .names import Names

Who = Literal["supervisor", "lead", "support", "verifier", "petitioner", "system"]
StateKind = Literal["open", "waiting", "done", "dropped"]
# The kinds of states in which an item has ended.
ENDED: tuple[StateKind, ...] = ("done", "dropped")
# text: a person's own words, which go to the erasable store and never into an event; the others are facts. phrase: a
# few words about the matter and nobody's own (the number of a document, a measure), which stay in the event. plan: the
# steps of a timetable with what each takes and waits for; step: the key of one of them.
FieldKind = Literal[
    "text", "phrase", "date", "number", "choice", "unit", "units", "milestones", "plan", "step", "parts", "post"
]
# When a parent may ask for closure: all children done, all ended (done or dropped), or whenever.
Children = Literal["all_done", "all_ended", "free"]


class Field(NamedTuple):
    """Something that a move asks for; `choices` are keys with their names."""

    key: str
    kind: FieldKind
    name: Names
    required: bool = False
    choices: tuple[tuple[str, Names], ...] = ()


class Evidence(NamedTuple):
    """The kinds of evidence that a move takes, and how many it needs at least."""

    kinds: tuple[str, ...] = ()
    at_least: int = 0


class State(NamedTuple):
    """A state of an item; `open` is being worked on, `waiting` waits for somebody's move, the others have ended."""

    key: str
    kind: StateKind
    name: Names


class Move(NamedTuple):
    """A move: who may make it, from where to where (`to` is None where the state stays), what it asks for.

    `guards` are names of conditions (machine.guards), all of which must hold; `effects` are names of what it changes
    besides the state (machine.effects).
    """

    verb: str
    name: Names
    sources: tuple[str, ...]
    to: str | None
    who: tuple[Who, ...]
    fields: tuple[Field, ...] = ()
    evidence: Evidence = Evidence()
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


class Parts(NamedTuple):
    """How the parts of a split begin: in which state, and who to the parent may open them."""

    to: str
    who: tuple[Who, ...]


class Opening(NamedTuple):
    """How an item begins (立项): who may open one, in which state it then is, what is asked for.

    Place, list, line, words, quotation, lead, supports and due are asked of every item and not named here.
    """

    name: Names
    to: str
    who: tuple[Who, ...]
    fields: tuple[Field, ...] = ()
    parts: Parts | None = None


class Playbook(NamedTuple):
    """One version of a playbook. `lists` are the lists (清单) it runs, `evidence` the kinds that its moves take, both
    by key with their names; `clocks` what is counted while it is on its way."""

    key: str
    version: int
    name: Names
    lists: tuple[tuple[str, Names], ...]
    opening: Opening
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    children: Children = "all_ended"
    evidence: tuple[tuple[str, Names], ...] = ()
    clocks: tuple[Clock, ...] = ()

    def state(self, key: str) -> State:
        """The state of a key. Raises KeyError."""
        found = next((state for state in self.states if state.key == key), None)
        if found is None:
            raise KeyError(f"playbook {self.key} {self.version}: no state {key!r}")
        return found

    def move(self, verb: str) -> Move | None:
        """The move of a verb; None where there is none."""
        return next((move for move in self.moves if move.verb == verb), None)

    @property
    def fields(self) -> Mapping[str, Field]:
        """What the opening and the moves ask for, each once by its key; whether it is required is up to each of
        them."""
        asked = (*self.opening.fields, *(field for move in self.moves for field in move.fields))
        return {field.key: field for field in asked}
