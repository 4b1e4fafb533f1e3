"""A draft and what shall become of it in, the draft refused or linked to an item that is open already, out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.ledger.machine.values import storable
from luoshi.ledger.models import Item
from luoshi.people.seeing import Viewer

from ..models import Draft
from .hands import Hand, hand_of
from .noting import chosen
from .refused import DraftRefused, Fault
from .verbs import Verb

# As a note on an item: some ten lines of a form.
LONGEST_NOTE = 1000


def refuse(viewer: Viewer, draft: int, reason: str, note: str, expected: int, now: datetime) -> Draft:
    """Decide that a draft does not become an item (不立项), with one of `Draft.Refusal`; "other" takes a note.

    Raises:
        DraftRefused, DraftNotFound, DraftStale.
    """
    with transaction.atomic():
        kept = " ".join(note.split())
        fields = {"state": Draft.State.REFUSED, "refusal": reason, "note": kept}
        found = chosen(hand_of(viewer, now), {draft: expected}, (Verb.REFUSE, fields))
        if faults := _unreasoned(reason, kept):
            raise DraftRefused(*faults)
        if not found.stale:
            found.note(found[draft], Verb.REFUSE, fields)
        return found[draft]


def link(viewer: Viewer, draft: int, number_or_id: str, expected: int, now: datetime) -> Draft:
    """Decide that an open item has what a draft says already; the item by its number or id.

    Raises:
        DraftRefused, DraftNotFound, DraftStale: also where the item has ended, or is out of sight.
    """
    with transaction.atomic():
        hand = hand_of(viewer, now)
        found = chosen(hand, {draft: expected}, (Verb.LINK, {"state": Draft.State.LINKED}))
        item = _item(hand, number_or_id.strip())
        if not found.stale:
            found.note(found[draft], Verb.LINK, {"state": Draft.State.LINKED, "item_id": item.pk})
        elif found[draft].item_id != item.pk:
            raise found.stale
        return found[draft]


def _unreasoned(reason: str, note: str) -> tuple[Fault, ...]:
    if reason not in Draft.Refusal.values:
        return (Fault("reason", _("请选择不立项的原因。")),)
    if reason == Draft.Refusal.OTHER and not note:
        return (Fault("note", _("原因为“其他”的，请说明。")),)
    if len(note) > LONGEST_NOTE or not storable(note):
        return (Fault("note", _("说明最多 %(most)s 字，且须为可以显示的文字。") % {"most": LONGEST_NOTE}),)
    return ()


def _item(hand: Hand, wanted: str) -> Item:
    found: Item | None = Item.seen.within(hand.scope).filter(**_by(wanted)).first() if storable(wanted) else None
    if found is None:
        raise DraftRefused(Fault("item", _("没有找到事项“%(number)s”：请检查编号。") % {"number": wanted[:60]}))
    if found.ended_on is not None:
        raise DraftRefused(Fault("item", _("事项%(number)s已经了结，请另行立项。") % {"number": found.number}))
    return found


def _by(wanted: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(wanted)}
    except ValueError:
        return {"number": wanted}
