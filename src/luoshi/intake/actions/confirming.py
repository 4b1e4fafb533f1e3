"""A draft and a person's yes in, an item opened and dispatched out: both, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.ledger.actions import Outcome, Refused, act, open_item
from luoshi.ledger.actions.again import sent_before
from luoshi.ledger.machine import Quotation
from luoshi.people.seeing import Viewer

from ..models import Draft
from .filling import FIELDS, playbook_of
from .hands import hand_of
from .noting import Chosen, chosen
from .refused import DraftRefused, Fault, of_ledger
from .verbs import Verb


class Confirmed(NamedTuple):
    """A draft that became an item: the item and its number; whether it was dispatched (交办) at once."""

    draft: Draft
    item: UUID
    number: str
    dispatched: bool


def confirm(viewer: Viewer, draft: int, expected: int, now: datetime, *, dispatch: bool = True) -> Confirmed:
    """Open the item that a draft says (立项), and dispatch it (交办) where it has a lead and a deadline.

    Sent twice it opens one item, and gives the same again.

    Raises:
        DraftRefused, DraftNotFound, DraftStale: nothing was opened. What the ledger refuses is told by field.
        LedgerUnavailable: the database does not answer.
    """
    try:
        with transaction.atomic():
            found = chosen(hand_of(viewer, now), {draft: expected}, (Verb.CONFIRM, {}))
            return _again(found[draft]) if found.stale else _confirmed(viewer, found, found[draft], dispatch)
    except Refused as refused:
        raise of_ledger(refused) from refused


def confirm_many(
    viewer: Viewer, drafts: Sequence[tuple[int, int]], now: datetime, *, dispatch: bool = True
) -> tuple[Confirmed | DraftRefused, ...]:
    """Several by (id, version), each by itself: what came of each, in their order."""
    return tuple(_one(viewer, draft, expected, now, dispatch) for draft, expected in drafts)


def _one(viewer: Viewer, draft: int, expected: int, now: datetime, dispatch: bool) -> Confirmed | DraftRefused:
    try:
        return confirm(viewer, draft, expected, now, dispatch=dispatch)
    except DraftRefused as refused:
        return refused


def _again(row: Draft) -> Confirmed:
    """What came of the same form before."""
    assert row.item is not None
    return Confirmed(row, row.item.pk, row.item.number, sent_before(_request(row, "dispatch")) is not None)


def _confirmed(viewer: Viewer, found: Chosen, row: Draft, dispatch: bool) -> Confirmed:
    opened = _open(viewer, row, found.now)
    sent = dispatch and row.lead is not None and row.due is not None
    if sent:
        _dispatch(viewer, row, opened, found.now)
    found.note(row, Verb.CONFIRM, {"state": Draft.State.CONFIRMED, "item_id": opened.item})
    return Confirmed(row, opened.item, opened.number, sent)


def _open(viewer: Viewer, row: Draft, now: datetime) -> Outcome:
    playbook = playbook_of(row.list)
    if playbook is None:
        raise DraftRefused(Fault("list", _("清单：请重新选择清单。")))
    if row.place is None:
        raise DraftRefused(Fault("place", _("地区：必须填写，才能立项。")))
    given = {name: getattr(row, name) for name in FIELDS if getattr(row, name)}
    return open_item(
        viewer,
        playbook.key,
        list=row.list,
        place=row.place.key,
        line=row.line.key if row.line else None,
        words=row.words,
        quotation=Quotation(**row.quotation) if row.quotation else None,
        lead=row.lead.key if row.lead else None,
        supports=row.supports,
        due=row.due,
        fields=given,
        now=now,
        request=_request(row, "open"),
    )


def _dispatch(viewer: Viewer, row: Draft, opened: Outcome, now: datetime) -> None:
    fields = {"lead": row.lead.key if row.lead else "", "supports": row.supports, "due": row.due}
    request = _request(row, "dispatch")
    act(viewer, opened.item, "dispatch", fields=fields, expected=opened.sequence, now=now, request=request)


def _request(row: Draft, verb: str) -> str:
    """What the door knows an act by: one draft opens one item."""
    return f"draft:{row.pk}:{verb}"
