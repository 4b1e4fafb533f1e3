"""Somebody, an item, a verb and what they filled in, in; the item moved on, its event written, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction

from luoshi.calendar import Calendar
from luoshi.calendar.installed import calendar_of
from luoshi.people.prepared import at_once, change

from .. import searching
from ..machine import Act, Child, Hand, ItemState, Step, World, apply, moves, step
from ..machine.days import day as day_of
from ..machine.filling import filled
from ..models import Event, Item, Support
from ..playbook import Move, Playbook, StateKind
from ..policy import best
from . import units as unit_keys
from .again import Asked, named, once, repeated, sent_before
from .books import playbook_of
from .filing import File
from .opening import open_parts
from .outcome import Outcome, Result
from .posts import unknown as unknown_posts
from .refused import Refused, Since, Stale, answering
from .rows import Row, columns, post_of, state_of, support
from .timed import extensible, timed
from .viewing import Actor as Viewer
from .viewing import Known, after, item_before, known
from .writing import Told, When, bring, draft, entry, event_of, notify, put, tell


@dataclass(frozen=True)
class Before:
    """An item as it is before a move: locked row, state, playbook, calendar, units by key, those who ask."""

    row: Row
    state: ItemState
    playbook: Playbook
    calendar: Calendar
    supports: Mapping[str, int]
    hands: tuple[Hand, ...]


def act(
    viewer: Viewer,
    item_id: UUID,
    verb: str,
    *,
    fields: Mapping[str, Any],
    evidence: Sequence[tuple[str, File]] = (),
    expected: int,
    now: datetime,
    occurred_at: datetime | None = None,
    request: str | None = None,
    told: Told | None = None,
) -> Outcome:
    """Make a move on an item, as the playbook that it was opened under allows; all of it is written, or nothing.

    `expected` is the item's version (`Item.sequence`) that the form was filled in on; `evidence` the kinds and files
    brought (`filing.keep`). A `request` sent twice is done once, and gives the first outcome again.
    `told`: who gets a notice of it; without, those who take part.

    Raises:
        Refused: with every fault; an item out of sight is `not_found`.
        Stale: somebody else moved the item since; with what happened.
        LedgerUnavailable: the database or disk does not answer.
    """
    with answering():
        who = known(viewer, day_of(now))
        when = When(now, occurred_at or now, named(request))
        asked = Act(verb, fields, tuple((kind, file.sha256) for kind, file in evidence))
        files = [file for _, file in evidence]
        return once(when.request, lambda: _moved(who, item_id, asked, files, expected, when, told))


def act_on_many(
    viewer: Viewer, items: Iterable[tuple[UUID, int]], verb: str, fields: Mapping[str, Any], now: datetime
) -> tuple[Result, ...]:
    """The same move on several items, each by itself: one that is refused does not hold up the others.

    Raises:
        LedgerUnavailable: the database does not answer; what was done before stays done.
    """
    with answering():
        who = known(viewer, day_of(now))
        return tuple(_one_of(who, item, Act(verb, fields), expected, When(now, now)) for item, expected in items)


def moves_for(viewer: Viewer, item_id: UUID, now: datetime) -> tuple[Move, ...]:
    """The moves that are open to somebody on an item now, in the order of the playbook.

    Raises:
        Refused: there is no such item, or it is out of their sight.
    """
    with answering():
        before = _before(known(viewer, day_of(now)), item_id, now, lock=False)
        units = unit_keys.look_up(_units_of(before.state), day_of(now))
        world = _world(before, units, *before.playbook.moves)
        given = [moves(before.playbook, before.state, hand, world, day_of(now)) for hand in before.hands]
        open_to = {move.verb for each in given for move in each}
        return tuple(move for move in before.playbook.moves if move.verb in open_to)


def _one_of(who: Known, item: UUID, asked: Act, expected: int, when: When) -> Result:
    try:
        return Result(item, _moved(who, item, asked, [], expected, when), None)
    except Refused as refused:
        return Result(item, None, refused)


def _moved(
    who: Known, item: UUID, asked: Act, files: Sequence[File], expected: int, when: When, told: Told | None = None
) -> Outcome:
    with transaction.atomic():
        if first := sent_before(when.request):
            return _repeated(first, who, item, asked)
        before = _before(who, item, when.recorded_at, lock=True)
        if before.row.sequence != expected:
            # The same, sent twice at once: the second waited for the row, and is here after the first.
            if first := sent_before(when.request):
                return _repeated(first, who, item, asked)
            raise _stale(before, expected)
        return _write(who, before, asked, files, after(before.row, when), told)


def _repeated(first: Event, who: Known, item: UUID, asked: Act) -> Outcome:
    move = playbook_of(first.playbook, first.version).move(asked.verb)
    given = filled(move.fields if move else (), asked.fields)
    facts = {key: value for key, value in given.facts.items() if key != "parts"}
    evidence = [{"kind": kind, "sha256": sha256} for kind, sha256 in asked.evidence]
    payload = {"fields": facts, "evidence": evidence}
    return repeated(first, Asked(who.same, item, asked.verb, payload, given.texts, given.facts.get("parts", ())))


def _before(who: Known, item: UUID, now: datetime, *, lock: bool) -> Before:
    row, supports, hands = item_before(who, item, day_of(now), lock=lock)
    state, playbook = state_of(row, tuple(supports)), playbook_of(row.playbook, row.version)
    return Before(row, state, playbook, calendar_of(row.notice), supports, hands)


def _stale(before: Before, expected: int) -> Stale:
    later = Event.unguarded.filter(item=before.row.pk, sequence__gt=expected).order_by("sequence")
    since = tuple(Since(each.sequence, each.verb, each.actor_unit, each.recorded_at) for each in later)
    return Stale(expected, before.row.sequence, since, before.playbook)


def _write(who: Known, before: Before, asked: Act, files: Sequence[File], when: When, told: Told | None) -> Outcome:
    day, move = day_of(when.recorded_at), before.playbook.move(asked.verb)
    named = unit_keys.of_move(move.fields if move else (), asked.fields)
    units = unit_keys.look_up((key for keys in named.values() for key in keys), day)
    hand = best(before.hands, move.who if move else ())
    world = _world(before, units, *([move] if move else []))
    made = step(before.playbook, before.state, asked, hand, world, when.recorded_at)
    faults = [*unit_keys.unknown(named, units), *(() if isinstance(made, Step) else made)]
    faults += unknown_posts(move.fields if move else (), asked.fields, day)
    if faults or not isinstance(made, Step):
        raise Refused(tuple(faults), before.playbook)
    return _written(who, before, made, asked.verb, hand, files, {**_ids_of(before), **units.ids}, when, told)


def _written(
    who: Known,
    before: Before,
    made: Step,
    verb: str,
    hand: Hand,
    files: Sequence[File],
    ids: Mapping[str, int],
    when: When,
    told: Told | None,
) -> Outcome:
    row, state = before.row, before.state
    opened = open_parts(who, row, before.playbook, made.parts, hand, when)
    drafted = draft(made, **({"children": [str(child) for child in opened]} if opened else {}))
    entered = entry(drafted, (state.sequence + 1, state.playbook, state.version), verb, hand.actor, when)
    moved = apply(before.playbook, state, entered)
    event = event_of(row.pk, entered, row.head, when)
    now = {**columns(moved, ids), **timed(before.playbook, moved, before.calendar, state)}
    changed = {name: value for name, value in now.items() if value != getattr(row, name)}
    with at_once():
        put(event, drafted.words)
        change(Item, row.pk, {**changed, "head": event.hash})
        if told is None:
            tell(event, moved, ids, (row.opened_by_id, post_of(moved.verifier)))
        else:
            notify(event, told)
    bring(event, files, has_erased=row.has_erased)
    if moved.supports != state.supports:
        Support.unguarded.filter(item=row.pk).delete()
        support(row.pk, moved.supports, ids)
    if searching.differ(state, moved):
        searching.reindex([row.pk])
    return Outcome(row.pk, row.number, event.header.sequence, event.header.id, event.hash, opened)


def _ids_of(before: Before) -> dict[str, int]:
    """Ids of the units that take part already, by key."""
    lead, lead_id = before.row.lead, before.row.lead_id
    return {**before.supports, **({lead: lead_id} if lead and lead_id else {})}


def _units_of(state: ItemState) -> tuple[str | None, ...]:
    return (state.lead, *state.supports)


def _world(before: Before, units: unit_keys.Units, *asking: Move) -> World:
    """What is known around an item; `asking`: the moves that ask."""
    parent, extending = _parent(before), extensible(before.playbook, before.state, before.calendar, *asking)
    if not before.row.has_children:
        return World(units.confirmed, parent=parent, extending=extending)
    below = Item.unguarded.filter(parent=before.row.pk).order_by("pk").values_list("pk", "kind")
    return World(units.confirmed, tuple(Child(str(pk), cast(StateKind, kind)) for pk, kind in below), parent, extending)


def _parent(before: Before) -> Child | None:
    """What an ended item is a part of, held so that it does not end in this moment; of others nobody asks."""
    if before.row.parent_id is None or before.state.kind not in ("done", "dropped"):
        return None
    rows = Item.unguarded.filter(pk=before.row.parent_id)
    rows = rows.select_for_update() if connection.in_atomic_block else rows
    return next((Child(number, cast(StateKind, kind)) for number, kind in rows.values_list("number", "kind")), None)
