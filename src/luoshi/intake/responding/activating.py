"""A prepared set, a level and places in, a response with a dispatched part for each prepared item at each place out.

Its level set anew, what is new is opened, and what is no longer needed is dropped. All of it, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luoshi.calendar import current
from luoshi.ledger.actions import Refused, act, open_item
from luoshi.ledger.machine.values import MOST_PARTS
from luoshi.ledger.models import Item
from luoshi.people.seeing import Viewer

from ..actions.hands import hand_of
from ..actions.refused import DraftRefused, Fault, of_ledger
from ..models import PreparedItem
from .asking import Running, Wanted, concerned, level_of, named, running, wanted, within_most
from .nouns import Cell, Spot
from .planning import Preview, batches, graver, part, planned, spots
from .stopping import Stopped, stop

PLAYBOOK, LIST = "response", "responses"


class Activated(NamedTuple):
    """What came of it: the response, how many parts were opened now, what has no unit, what was done to parts that the
    level does not need any more; `repeated`: it was done before, and not again."""

    response: UUID
    number: str
    opened: int = 0
    gaps: tuple[Cell, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    repeated: bool = False


def activate(
    viewer: Viewer,
    set_key: str,
    level: str,
    places: Sequence[str],
    now: datetime,
    *,
    at: str | None = None,
    basis: str = "",
    request: str | None = None,
) -> Activated:
    """Open a response (启动响应) and a part for each prepared item of its level at each place concerned, dispatched to
    the one confirmed unit of the line there. Where there is none it is a gap. A `request` sent twice is done once.

    Args:
        places: keys of places at or below the one that the response lies at.
        at: that place; without it the one of the viewer's first post that supervises all lines.

    Raises:
        DraftRefused: with every fault, by field; nothing was opened.
        LedgerUnavailable: the database does not answer.
    """
    try:
        with transaction.atomic():
            asked = wanted(hand_of(viewer, now), set_key, level, places, at)
            return _activated(viewer, asked, now, basis, request)
    except Refused as refused:
        raise of_ledger(refused) from refused


def _activated(viewer: Viewer, asked: Wanted, now: datetime, basis: str, request: str | None) -> Activated:
    prepared = asked.prepared
    facts = {"prepared": prepared.key, "prepared_version": prepared.version, "level": asked.level}
    opened = open_item(
        viewer,
        PLAYBOOK,
        list=LIST,
        place=asked.at.key,
        line=None,
        words=f"{asked.at.name}{prepared.name.zh}",
        quotation=None,
        lead=None,
        supports=(),
        due=None,
        fields={**facts, "basis": basis or f"{prepared.name.zh}预案"},
        now=now,
        request=named(request, "open"),
    )
    if opened.repeated:
        return Activated(opened.item, opened.number, repeated=True)
    if other := _same(asked, opened.item):
        raise DraftRefused(Fault("set", _("%(number)s 正在响应中：请到它的页面调整级别或地区。") % {"number": other}))
    cells = planned(prepared.opened_at(asked.level), asked.where, hand_of(viewer, now).day)
    count = _sent(viewer, opened.item, opened.sequence, cells, now, request)
    return Activated(opened.item, opened.number, count, tuple(cell for cell in cells if cell.gap))


def _same(asked: Wanted, own: UUID) -> str | None:
    """The number of another response by the same set at the same place that has not ended. The series of numbers is
    locked by now: two that begin at once find each other."""
    rows = Item.unguarded.filter(playbook=PLAYBOOK, place=asked.at.pk, parent=None, ended_on=None).exclude(pk=own)
    found = (number for number, facts in rows.values_list("number", "facts") if facts["prepared"] == asked.prepared.key)
    return next(found, None)


def set_level(
    viewer: Viewer,
    response: UUID,
    level: str,
    places: Sequence[str],
    now: datetime,
    *,
    expected: int,
    words: str = "",
    request: str | None = None,
) -> Activated:
    """Raise or lower a response, or let it concern more places: opens only what is not there yet, drops what the level
    does not need any more, but for what waits to be verified. `places` come to those concerned already.

    Args:
        expected: the version of the response that the form was filled in on.
        words: why, in the words of who lowers it.

    Raises:
        DraftRefused, LedgerUnavailable: nothing was changed.
    """
    try:
        with transaction.atomic():
            return _set(viewer, running(viewer, response, now), level, places, now, expected, words, request)
    except Refused as refused:
        raise of_ledger(refused) from refused


def foreseen(
    viewer: Viewer, response: UUID, level: str, places: Sequence[str], now: datetime
) -> tuple[Preview, tuple[Item, ...]]:
    """What `set_level` would open, and the open parts that the level would not need any more; nothing is changed.

    Raises:
        DraftRefused: with every fault.
    """
    found = running(viewer, response, now)
    cells = _wanting(found, level, _where(found, level, places))
    spare = Item.unguarded.filter(pk__in=_spare(found, level), ended_on=None).select_related("place", "lead")
    return Preview(cells), tuple(spare.order_by("place__code", "place", "serial"))


def _spare(found: Running, level: str) -> QuerySet[Any, Any]:
    """Parts of items that a level does not open."""
    needed = {item.key for item in found.prepared.opened_at(level)}
    rows = PreparedItem.unguarded.filter(response=found.row).exclude(key__in=needed)
    return rows.exclude(part=None).values_list("part", flat=True)


def _set(
    viewer: Viewer,
    found: Running,
    level: str,
    places: Sequence[str],
    now: datetime,
    expected: int,
    words: str,
    request: str | None,
) -> Activated:
    row, where = found.row, _where(found, level, places)
    if graver(found.level, level) and not words.strip():
        raise DraftRefused(Fault("words", _("降低级别须说明理由。")))
    fields = {"level": level, **({"note": words} if words.strip() else {})}
    moved = act(viewer, row.pk, "set_level", fields=fields, expected=expected, now=now, request=named(request, "level"))
    if moved.repeated:
        return Activated(row.pk, row.number, repeated=True)
    cells = _wanting(found, level, where)
    count = _sent(viewer, row.pk, moved.sequence, cells, now, request)
    stopped = stop(viewer, _spare(found, level), {}, "lowered", words, found.prepared, now)
    if not count and not stopped and level == found.level:
        raise DraftRefused(Fault("", _("没有可新下达的任务：级别和地区都没有变化。")))
    return Activated(row.pk, row.number, count, tuple(cell for cell in cells if cell.gap), stopped)


def _where(found: Running, level: str, places: Sequence[str]) -> tuple[Spot, ...]:
    """The places concerned already, and those that come to them."""
    if wrong := level_of(found.prepared, level):
        raise DraftRefused(*wrong)
    before = PreparedItem.unguarded.filter(response=found.row).values_list("place__key", flat=True)
    asked = [*dict.fromkeys([*before, *places])]
    there = spots([*asked, found.row.place.key], found.hand.day)
    at = there.get(found.row.place.key)
    if at is None:
        raise DraftRefused(Fault("", _("响应所在的地区已经撤销，只能终止。")))
    where, wrong = concerned(there, at, [key for key in asked if key in there or key in places])
    if wrong:
        raise DraftRefused(*wrong)
    within_most(found.prepared, level, where)
    return where


def _wanting(found: Running, level: str, where: Sequence[Spot]) -> tuple[Cell, ...]:
    """What is to be opened: what no part was opened for, or one that was dropped when the level was lowered."""
    rows = PreparedItem.unguarded.filter(response=found.row).exclude(part=None)
    opened = rows.values_list("key", "place", "part__kind", "part__facts")
    there = {
        (key, place) for key, place, kind, facts in opened if kind != "dropped" or facts.get("drop_reason") != "lowered"
    }
    cells = planned(found.prepared.opened_at(level), where, found.hand.day)
    return tuple(cell for cell in cells if (cell.item.key, cell.spot.pk) not in there)


def _sent(
    viewer: Viewer, response: UUID, sequence: int, cells: Sequence[Cell], now: datetime, request: str | None
) -> int:
    """Open the parts of cells with a unit, as many at a time as a move takes; note all cells. How many were opened."""
    going, calendar = [cell for cell in cells if cell.unit], current()
    parts: list[UUID] = []
    for number, batch in enumerate(batches(going, MOST_PARTS)):
        fields = {"parts": [part(cell, now, calendar) for cell in batch]}
        step = named(request, f"send:{number}")
        done = act(viewer, response, "send", fields=fields, expected=sequence, now=now, request=step)
        sequence, parts = done.sequence, [*parts, *done.children]
    opened = dict(zip(((cell.item.key, cell.spot.pk) for cell in going), parts, strict=True))
    rows = [
        PreparedItem(
            response_id=response,
            key=cell.item.key,
            place_id=cell.spot.pk,
            part_id=opened.get((cell.item.key, cell.spot.pk)),
            gap=cell.gap,
        )
        for cell in cells
    ]
    PreparedItem.unguarded.bulk_create(
        rows, update_conflicts=True, unique_fields=["response", "key", "place"], update_fields=["part", "gap"]
    )
    return len(parts)
