"""What an item is to be and who asks in; the item with its number and first event, written, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luoshi.calendar import current
from luoshi.places.models import Line, Place, PlaceState

from .. import searching
from ..machine import Actor, Fault, Hand, Quotation, Step, World, begin, opening
from ..machine.days import day as day_of
from ..machine.faults import fault
from ..machine.opening import CORE
from ..machine.values import storable
from ..models import Item, Root
from ..playbook import Playbook
from ..policy import About, best
from . import units as unit_keys
from .again import Asked, named, once, repeated, sent_before
from .books import newest, playbook_of
from .numbers import advance, lock_series, next_number
from .outcome import Outcome
from .refused import Refused, answering
from .rows import Row, first_columns, support
from .timed import timed
from .viewing import Actor as Viewer
from .viewing import Known, item_before, known, not_found, path_at, unsealed
from .writing import When, draft, entry, event_of, new_id, put, tell


@dataclass(frozen=True)
class Where:
    """The rows that an item is placed by, and the units it names."""

    place: Place
    line: Line | None
    units: unit_keys.Units


def open_item(
    viewer: Viewer,
    playbook_key: str,
    *,
    list: str,
    place: str,
    line: str | None,
    words: str,
    quotation: Quotation | None,
    lead: str | None,
    supports: Sequence[str],
    due: date | None,
    fields: Mapping[str, Any],
    now: datetime,
    request: str | None = None,
    parent: UUID | None = None,
) -> Outcome:
    """Open an item (立项) by the newest version of a playbook; places, lines and units are keys.

    It gets the next number of its place, list and year, without gaps. A `request` sent twice opens one item. With a
    `parent` it is a part of that item, for those whom the playbook lets split it.

    Raises:
        Refused: with every fault; a place or parent out of sight is `not_found`.
        LedgerUnavailable: the database does not answer.
    """
    given: dict[str, Any] = {
        **fields,
        "list": list,
        "place": place,
        "line": line,
        "words": words,
        "quotation": quotation,
        "lead": lead,
        "supports": supports,
        "due": due,
        "parent": str(parent) if parent else None,
    }
    with answering():
        who, playbook = known(viewer, day_of(now)), newest(playbook_key)
        # Or a form could name a parent or a place that nobody looked at.
        if taken := [fault("unknown_field", key) for key in fields if key in CORE]:
            raise Refused(tuple(taken), playbook)
        when = When(now, now, named(request))
        return once(when.request, lambda: _opened(who, playbook, given, parent, when))


def open_parts(
    who: Known, parent: Row, playbook: Playbook, parts: Sequence[Mapping[str, Any]], hand: Hand, when: When
) -> tuple[UUID, ...]:
    """Open what an item is split into, in the transaction of its move; ids in the order of the parts.

    Work runs down the tree: a part lies at its parent's place or below, or where who splits supervises.

    Raises:
        Refused: with every fault of every part.
    """
    day, made, faults = day_of(when.recorded_at), [], []
    for number, part in enumerate(parts):
        given = {**part, "parent": str(parent.pk)}
        where, wrong = _where(given, day)
        if where is not None:
            step = _step(playbook, given, hand, where, when)
            wrong += [
                *_ended_place(where, day, parent),
                *_beyond(who, parent, where, given, day),
                *(() if isinstance(step, Step) else step),
            ]
            made += [(where, step)] if isinstance(step, Step) else []
        faults += [fault._replace(field=f"parts[{number}].{fault.field}") for fault in wrong]
    if faults:
        raise Refused(tuple(faults), playbook)
    # In one order for everybody: two splits that open items at the same places do not wait for each other.
    lock_series((where.place, step.payload["list"], day.year) for where, step in made)
    inside = When(when.recorded_at, when.occurred_at)
    return tuple(_put(playbook, step, where, hand.actor, inside).item for where, step in made)


def _opened(who: Known, playbook: Playbook, given: Mapping[str, Any], parent: UUID | None, when: When) -> Outcome:
    with transaction.atomic():
        moment = unsealed(when.recorded_at, Root.objects.order_by("-number").values_list("day", flat=True).first())
        when, day = When(moment, moment, when.request), day_of(moment)
        where, faults = _where(given, day)
        if where is None:
            raise Refused(tuple(faults), playbook)
        above = None if parent is None else item_before(who, parent, day, lock=True)
        hands = above[2] if above else _hands(who, where, given["lead"], day)
        hand = best(hands, _openers(playbook, parent))
        step = _step(playbook, given, hand, where, when)
        if isinstance(step, Step) and (first := sent_before(when.request)):
            return repeated(first, Asked(who.same, None, "open", step.payload, step.texts))
        faults += _ended_place(where, day, above[0] if above else None)
        faults += () if isinstance(step, Step) else step
        if above:
            faults += [*(_ended(above[0]) or _whole(above[0])), *_beyond(who, above[0], where, given, day)]
        if faults or not isinstance(step, Step):
            raise Refused(tuple(faults), playbook)
        return _put(playbook, step, where, hand.actor, when)


def _step(
    playbook: Playbook, given: Mapping[str, Any], hand: Hand, where: Where, when: When
) -> Step | tuple[Fault, ...]:
    return opening(playbook, given, hand, World(where.units.confirmed), when.recorded_at)


def _put(playbook: Playbook, step: Step, where: Where, actor: Actor, when: When) -> Outcome:
    """Write a new item with the next number of its series."""
    day, key = day_of(when.recorded_at), str(step.payload["list"])
    numbered = next_number(where.place, key, dict(playbook.lists)[key].zh, day)
    series = {
        "place": where.place.key,
        "list": key,
        "year": day.year,
        "serial": numbered.serial,
        "previous": numbered.series.head,
    }
    drafted = draft(step, number=numbered.number, series=series)
    entered = entry(drafted, (1, playbook.key, playbook.version), "open", actor, when)
    state, item = begin(playbook, entered), new_id(when.recorded_at)
    event = event_of(item, entered, "", when)
    placed = {"series": numbered.series, "serial": numbered.serial, "place": where.place, "line": where.line}
    columns = {**first_columns(state, where.units.ids), **timed(playbook, state, current())}
    row = Item(id=item, **placed, head=event.hash, **columns)
    row.save(force_insert=True)
    put(event, drafted.words)
    support(row.pk, state.supports, where.units.ids)
    searching.index(row.pk, searching.texts(state, where.units.names.get(state.lead or "")))
    advance(numbered, event.hash)
    if state.parent:
        # What is split off is with its lead at once; what a supervisor opens is told when it is dispatched.
        tell(event, state, where.units.ids, ())
    return Outcome(item, numbered.number, 1, event.header.id, event.hash)


def _where(given: Mapping[str, Any], day: date) -> tuple[Where | None, list[Fault]]:
    """The rows that an item is placed by, none without a place, and a fault for each that there is not."""
    faults = [] if given.get("place") else [Fault("missing_field", "place")]
    place, line = (_row(model, given.get(key)) for model, key in ((Place, "place"), (Line, "line")))
    for key, row in (("place", place), ("line", line)):
        if given.get(key) and row is None:
            faults.append(Fault(f"unknown_{key}", key, {key: str(given[key])[:40]}))
    named = unit_keys.of_part(given)
    units = unit_keys.look_up((key for keys in named.values() for key in keys), day)
    faults += unit_keys.unknown(named, units)
    return (Where(place, line, units) if place else None), faults


def _row(model: Any, key: Any) -> Any:
    return model.objects.filter(key=key).first() if isinstance(key, str) and key and storable(key) else None


def _hands(who: Known, where: Where, lead: Any, day: date) -> tuple[Hand, ...]:
    """Who asks, before an item that would lie there; out of sight like an item that is there."""
    hands = who.hands(_about(where, day, lead if isinstance(lead, str) else None), None)
    if not hands:
        raise not_found()
    return hands


def _openers(playbook: Playbook, parent: UUID | None) -> tuple[Any, ...]:
    parts = playbook.opening.parts
    return playbook.opening.who if parent is None else parts.who if parts else ()


def _ended_place(where: Where, day: date, parent: Row | None) -> list[Fault]:
    """At a place that is no more nothing begins; what is split there already goes on there."""
    stays = parent is not None and parent.place_id == where.place.pk
    if stays or PlaceState.objects.filter(place=where.place).on(day).exists():
        return []
    return [Fault("place_ended", "place", {"place": where.place.key})]


def _beyond(who: Known, parent: Row, where: Where, given: Mapping[str, Any], day: date) -> list[Fault]:
    """What of a part, its place or its lead unit, lies neither below nor where who splits supervises."""
    about, lead = _about(where, day), str(given.get("lead"))
    wrong = [] if _within(who, parent, about) else [Fault("place_beyond", "place", {"place": where.place.key})]
    at = where.units.places.get(lead, where.place.pk)
    if at not in (where.place.pk, parent.place_id) and not _within(who, parent, about._replace(path=path_at(at, day))):
        wrong.append(Fault("unit_beyond", "lead", {"unit": lead[:90]}))
    return wrong


def _within(who: Known, parent: Row, about: About) -> bool:
    own = any(hand.who & {"supervisor", "system"} for hand in who.hands(about, None))
    return own or about.path.startswith(parent.path or "/")


def _about(where: Where, day: date, lead: str | None = None) -> About:
    line = where.line.pk if where.line else None
    return About(path_at(where.place.pk, day), line, where.units.ids.get(lead or ""))


def _ended(parent: Row) -> tuple[Fault, ...]:
    if parent.kind not in (Item.Kind.DONE, Item.Kind.DROPPED):
        return ()
    return (Fault("parent_ended", "parent", {"number": parent.number}),)


def _whole(parent: Row) -> tuple[Fault, ...]:
    """A part is opened of what its playbook lets be split as it is now."""
    splits = [move for move in playbook_of(parent.playbook, parent.version).moves if "split" in move.effects]
    if not splits or any(parent.state in move.sources for move in splits):
        return ()
    return (fault("not_from_here", verb=splits[0].verb, state=parent.state),)
