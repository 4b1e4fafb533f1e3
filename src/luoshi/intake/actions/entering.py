"""What a person knows of a task in, a draft by hand out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.ledger.machine.faults import fault
from luoshi.ledger.machine.values import is_blank
from luoshi.people.seeing import Viewer

from ..models import Draft
from .editing import covered
from .filling import filled, runnable
from .hands import hand_of
from .refused import DraftRefused, told

NEEDED = ("words", "place", "basis")


def enter(viewer: Viewer, fields: Mapping[str, Any], now: datetime) -> Draft:
    """Enter a draft by hand; fields as of `edit`. Words, place and basis are needed: without a quotation, a ground.

    Raises:
        DraftRefused: with every fault, by field; also where the viewer does not supervise the place.
    """
    lacking = [fault("missing_field", key) for key in NEEDED if is_blank(fields.get(key))]
    if lacking:
        raise DraftRefused(*told(lacking, runnable()[0]))
    with transaction.atomic():
        hand = hand_of(viewer, now)
        columns = filled(fields, list_="tasks", lead=None, supports=())
        place, line = columns["place_id"], columns.get("line_id")
        covered(hand, place, line, columns)
        origin = {"origin": Draft.Origin.HAND, "rank": 0, "made_by_id": hand.must(place, line), "made_at": now}
        return Draft.unguarded.create(**origin, **columns)
