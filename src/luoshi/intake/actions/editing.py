"""A draft and what a form says of it in, the draft so out, with what it said before kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.people.seeing import Viewer

from ..models import Draft
from .filling import filled
from .hands import Hand, hand_of
from .noting import chosen
from .refused import DraftRefused, Fault
from .verbs import Verb


def edit(viewer: Viewer, draft: int, fields: Mapping[str, Any], expected: int, now: datetime) -> Draft:
    """Change a draft that waits: words, lead ("" for none), supports (keys), due (ISO), measure, basis, basis_kind,
    list, place, line. Fields left out stay; the quotation always does. What changes nothing is no decision.

    Raises:
        DraftRefused, DraftNotFound, DraftStale.
    """
    with transaction.atomic():
        hand = hand_of(viewer, now)
        found = chosen(hand, {draft: expected}, (Verb.EDIT, {}))
        row = found[draft]
        wanted = filled(fields, list_=row.list, lead=row.lead.key if row.lead else None, supports=row.supports)
        changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        if changed and found.stale:
            raise found.stale
        covered(hand, changed.get("place_id", row.place_id), changed.get("line_id", row.line_id), changed)
        if changed:
            found.note(row, Verb.EDIT, changed)
        return row


def covered(hand: Hand, place: int | None, line: int | None, changed: Mapping[str, Any]) -> None:
    """See that who moves a draft supervises where it goes.

    Raises:
        DraftRefused: at the field that leads beyond.
    """
    moved = [name.removesuffix("_id") for name in ("place_id", "line_id") if name in changed]
    if moved and hand.post(place, line) is None:
        raise DraftRefused(Fault(moved[0], _("所选地区、条线不在您的督查范围内：请重新选择。")))
