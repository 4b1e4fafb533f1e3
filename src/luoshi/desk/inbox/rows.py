"""Lines of one's list in, what the inbox shows of them out: where items stand, the next move, if it is theirs."""

from __future__ import annotations

from typing import NamedTuple

from luoshi.ledger.actions.books import playbook_of
from luoshi.ledger.lists import Waiting
from luoshi.ledger.playbook import Move, Who

from ..items.stepper import order
from .tabs import tabs

# Who one is to an item by the way one takes part in it.
WHO: dict[str, Who] = {
    "lead": "lead",
    "support": "support",
    "verifier": "verifier",
    "checks": "verifier",
    "opener": "supervisor",
    "oversees": "supervisor",
}


class Row(NamedTuple):
    """A line of the inbox: the item, what its state is called, the move to make; `at_once`: by a button alone."""

    item: Waiting
    state: str
    verb: str
    name: str
    at_once: bool

    @property
    def ticket(self) -> str:
        """The item with the version that is shown."""
        return f"{self.item.item}:{self.item.sequence}"


def rows(found: tuple[Waiting, ...], language: str) -> list[Row]:
    """The lines of a page."""
    return [_row(item, language) for item in found]


def _row(item: Waiting, language: str) -> Row:
    playbook = playbook_of(item.playbook, item.version)
    state = playbook.state(item.state).name.of(language)
    move = _next(item)
    if move is None:
        return Row(item, state, "", "", False)
    at_once = not move.evidence.at_least and not any(field.required for field in move.fields)
    return Row(item, state, move.verb, move.name.of(language), at_once and move.to is not None)


def _next(item: Waiting) -> Move | None:
    """The move that is theirs to make now; the door says whether it may be made after all."""
    due = tabs()["waiting"].get(item.takes_part) or frozenset()
    if item.state not in due:
        return None
    playbook, who = playbook_of(item.playbook, item.version), WHO[item.takes_part]
    moves = (playbook.move(verb) for verb in order().get(item.state, ()))
    return next((move for move in moves if move and item.state in move.sources and who in move.who), None)
