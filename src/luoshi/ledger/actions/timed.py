"""An item before and after a move in, the columns that say when it is due and when its next step is, out."""

from __future__ import annotations

from typing import Any

from luoshi.calendar import Calendar

from ..clocks import extending, timing
from ..machine import Extending, ItemState
from ..playbook import Move, Playbook
from ..playbook.vocabulary import GUARDS

# Guards that ask how a limit may be extended.
ASKING = frozenset(name for name, guard in GUARDS.items() if guard.extension)


def timed(playbook: Playbook, after: ItemState, calendar: Calendar, before: ItemState | None = None) -> dict[str, Any]:
    """The columns (clocks.Timing); none where the move changed nothing that they rest on."""
    if before is not None and _rests(before) == _rests(after):
        return {}
    return timing(playbook, after, calendar)._asdict()


def _rests(state: ItemState) -> tuple[Any, ...]:
    return state.clocks, state.due, state.facts, state.kind


def extensible(playbook: Playbook, state: ItemState, calendar: Calendar, *moves: Move) -> Extending | None:
    """How the limit of an item may be extended now, where one of the moves asks for that; it costs a sum."""
    if not any(ASKING.intersection(move.guards) and state.state in move.sources for move in moves):
        return None
    return extending(playbook, state, calendar)
