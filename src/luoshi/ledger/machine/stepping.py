"""A playbook, an item, who stands before it and a day in; the moves open to them out, or the step of the one made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from ..playbook.nouns import ENDED, Move, Playbook
from .days import day
from .faults import fault, listed
from .filling import evidence_faults, filled
from .guards import GUARDS
from .nouns import JSON, Act, Case, Fault, Hand, ItemState, Step, World
from .values import shown


def moves(playbook: Playbook, state: ItemState, hand: Hand, world: World, today: date) -> tuple[Move, ...]:
    """The moves that somebody may make now, in the playbook's order: from this state, theirs, and barred by no guard
    as far as that can be told before anything is filled in."""
    return tuple(
        move
        for move in playbook.moves
        if state.state in move.sources
        and hand.who & set(move.who)
        and not any(_guarded(Case(playbook, move, state, hand, world, today)))
    )


def step(
    playbook: Playbook, state: ItemState, act: Act, hand: Hand, world: World, now: datetime
) -> Step | tuple[Fault, ...]:
    """What a move comes to, or why it cannot be made: of what was filled in and brought along, all reasons at once.

    Raises ValueError where `now` says no time zone."""
    today = day(now)
    move = playbook.move(act.verb)
    if move is None:
        return (fault("unknown_verb", verb=shown(act.verb)),)
    if barred := _barred(playbook, state, move, hand):
        return (barred,)
    given = filled(move.fields, act.fields)
    values = None if given.faults else {**given.facts, **given.texts}
    wrong = (
        *given.faults,
        *evidence_faults(move.evidence, act.evidence),
        *_guarded(Case(playbook, move, state, hand, world, today, values)),
    )
    if wrong:
        return wrong
    evidence = [{"kind": kind, "sha256": sha256} for kind, sha256 in act.evidence]
    # Parts are in the first events of what they become.
    facts = {key: value for key, value in given.facts.items() if key != "parts"}
    parts = tuple(_child(state, part) for part in given.facts.get("parts", ()))
    return Step({"fields": facts, "evidence": evidence}, given.texts, parts)


def _barred(playbook: Playbook, state: ItemState, move: Move, hand: Hand) -> Fault | None:
    """Why a move is nobody's business to fill in: it does not lead from here, or is not theirs."""
    if state.state not in move.sources:
        code = "ended" if state.kind in ENDED else "not_from_here"
        return fault(code, verb=move.verb, state=state.state)
    if not hand.who & set(move.who):
        return fault("not_yours", verb=move.verb, who=listed(move.who))
    return None


def _guarded(case: Case) -> Iterator[Fault]:
    for name in case.move.guards:
        if wrong := GUARDS[name](case):
            yield wrong


def _child(state: ItemState, part: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """What a part is opened with: list, quotation, place and line are its parent's unless the part says otherwise; its
    lead, deadline and words are its own or nobody's."""
    return {
        "list": state.list,
        "place": state.place,
        "line": state.line,
        "quotation": state.quotation._asdict() if state.quotation else None,
        **part,
    }
