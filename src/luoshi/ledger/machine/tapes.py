"""The tapes of an item's clocks and the entry that moved it on in, its tapes after that out; no calendar is asked.

A clock is started anew by the moves that its playbook names, and one that rests on a date also when that date becomes
another. It runs, stands still or has stopped by the state that the item is in. Time during which it had stopped without
being started anew counts: the days went by.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from ..playbook.clocks import Clock, Until
from ..playbook.nouns import Move, Playbook
from .nouns import JSON, Entry, ItemState, Tape

# Parts the key of a step from the number of its period, where a clock repeats.
PERIOD = "#"
BROKEN = "its clocks are not as the door writes them ({}); `luoshi ledger replay --fix`"


class BrokenTapes(ValueError):
    """Tapes of an item that are not as the door writes them; `str` says what to do."""


class Turn(NamedTuple):
    """What an entry means to clocks: when it was, its verb, the state after it, the date an extension was granted to,
    which clock's step it is (both empty: none)."""

    at: datetime
    verb: str
    state: ItemState
    granted: str | None = None
    clock: str = ""
    step: str = ""


def kept(playbook: Playbook, before: Mapping[str, Tape], state: ItemState, entry: Entry) -> Mapping[str, Tape]:
    """The tapes after an entry; `state`: the item after it, `before`: its tapes before. The same mapping where nothing
    changed."""
    if not playbook.clocks:
        return before
    turn = _turn(playbook.move(entry.verb), state, entry)
    turned = ((clock.key, _turned(clock, before.get(clock.key), turn)) for clock in playbook.clocks)
    after = {key: tape for key, tape in turned if tape is not None}
    return before if after == before else after


def _turn(move: Move | None, state: ItemState, entry: Entry) -> Turn:
    fields: Mapping[str, JSON] = entry.payload["fields"]
    grants = move is not None and "extension_left" in move.guards and "postpone" in move.effects
    turn = Turn(entry.occurred_at, entry.verb, state, fields.get("due") if grants else None)
    if entry.actor.kind != "system":
        return turn
    return turn._replace(clock=fields.get("clock", ""), step=fields.get("step", ""))


def _turned(clock: Clock, tape: Tape | None, turn: Turn) -> Tape | None:
    """One tape after a turn."""
    if turn.state.state not in clock.runs + clock.waits:
        return tape if tape is None or tape.stopped else _stopped(tape, turn.at)
    tape = _dated(clock, tape, turn) if isinstance(clock.limit, Until) else _begun(clock, tape, turn)
    if tape is None:
        return None
    tape = _standing(tape, turn.at, waits=turn.state.state in clock.waits)
    return _noted(clock, tape, turn.step) if turn.clock == clock.key else tape


def _dated(clock: Clock, tape: Tape | None, turn: Turn) -> Tape | None:
    """Of a clock that rests on a date: without one there is none. Started anew with the date it had, it keeps what it
    waited; only its steps begin anew."""
    date = date_of(clock, turn.state)
    if date is None:
        return None
    starts = turn.verb in clock.starts
    extended = (0 if starts or tape is None else tape.extended) + (turn.granted is not None)
    if tape is None or tape.set != date:
        return Tape(turn.at, set=date, extended=extended)
    return tape._replace(made=(), extended=extended) if starts else tape


def _begun(clock: Clock, tape: Tape | None, turn: Turn) -> Tape | None:
    """Of a clock with a length: an extension gives it a date to rest on."""
    if turn.verb in clock.starts:
        return Tape(turn.at)
    if tape is not None and clock.extension and turn.granted:
        return Tape(turn.at, set=turn.granted, extended=tape.extended + 1)
    return tape


def date_of(clock: Clock, state: ItemState) -> str | None:
    """The date that a clock rests on, as ISO text, where it rests on one and there is one."""
    if not isinstance(clock.limit, Until):
        return None
    if clock.limit.field == "due":
        return state.due.isoformat() if state.due else None
    return state.facts.get(clock.limit.field)


def _standing(tape: Tape, at: datetime, *, waits: bool) -> Tape:
    if tape.standing == ("waits" if waits else "runs"):
        return tape
    pauses = (*tape.pauses, (at, None)) if waits else _closed(tape.pauses, at)
    return tape._replace(pauses=pauses, stopped=None)


def _stopped(tape: Tape, at: datetime) -> Tape:
    return tape._replace(pauses=_closed(tape.pauses, at), stopped=at)


def _closed(
    pauses: tuple[tuple[datetime, datetime | None], ...], at: datetime
) -> tuple[tuple[datetime, datetime | None], ...]:
    return (*pauses[:-1], (pauses[-1][0], at)) if pauses and pauses[-1][1] is None else pauses


def named(step: str, period: int, *, repeats: bool) -> str:
    """The name of a step as a move of the system gives it: with its period, where a clock repeats."""
    return f"{step}{PERIOD}{period}" if repeats else step


def step_of(name: str) -> str:
    """The step that a name means, of whichever period."""
    return name.partition(PERIOD)[0]


def _noted(clock: Clock, tape: Tape, name: str) -> Tape:
    """The step made; the last of a period begins the next. A name that is none changes nothing."""
    key, _, period = name.partition(PERIOD)
    keys = [rung.key for rung in clock.steps]
    if key not in keys:
        return tape
    if clock.repeats:
        period_made = int(period) if period.isdecimal() else tape.period
        if key == keys[-1]:
            return tape._replace(made=(), period=period_made + 1)
        tape = tape._replace(made=() if period_made > tape.period else tape.made, period=period_made)
    return tape if key in tape.made else tape._replace(made=(*tape.made, key))


def as_json(tapes: Mapping[str, Tape]) -> dict[str, JSON] | None:
    """Tapes as a column holds them; None where there are none."""
    return {key: _as_json(tape) for key, tape in tapes.items()} or None


def _as_json(tape: Tape) -> dict[str, JSON]:
    """What is as when it began is left out."""
    said: dict[str, JSON] = {"since": _written(tape.since)}
    if tape.pauses:
        said["pauses"] = [[_written(moment) for moment in pause] for pause in tape.pauses]
    if tape.set:
        said["set"] = tape.set
    if tape.stopped:
        said["stopped"] = _written(tape.stopped)
    if tape.made:
        said["made"] = list(tape.made)
    if tape.extended:
        said["extended"] = tape.extended
    if tape.period != 1:
        said["period"] = tape.period
    return said


def _written(moment: datetime | None) -> str | None:
    """A moment in one spelling, whichever zone it came in."""
    return moment.astimezone(UTC).isoformat() if moment else None


def from_json(said: Mapping[str, JSON] | None) -> dict[str, Tape]:
    """Tapes of a column. Raises BrokenTapes where it holds something else."""
    try:
        return {key: _from_json(each) for key, each in (said or {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise BrokenTapes(BROKEN.format(type(wrong).__name__)) from None


def _from_json(said: Mapping[str, JSON]) -> Tape:
    moment = datetime.fromisoformat
    return Tape(
        moment(said["since"]),
        tuple((moment(begin), moment(end) if end else None) for begin, end in said.get("pauses", ())),
        said.get("set"),
        moment(said["stopped"]) if "stopped" in said else None,
        tuple(said.get("made", ())),
        said.get("extended", 0),
        said.get("period", 1),
    )
