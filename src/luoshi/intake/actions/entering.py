"""What a person knows of a task in, a draft by hand out; an instruction of a leader (领导批示) in, its drafts out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luoshi.documents.models import Report
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


def instruct(
    viewer: Viewer,
    *,
    words: str,
    by: str,
    on: date,
    place: str,
    now: datetime,
    about: UUID | None = None,
    file: bytes | None = None,
) -> Report | None:
    """Take in a leader's instruction (领导批示): a report whose drafts are for the list of instructions.

    Args:
        by: the office (市长), never a name.
        about: an item that is open already: it is passed on to its lead instead (`instruct`), and no report is made.
        file: of `about`, a document that goes with it; else the instruction itself, where no words are given.

    Raises:
        DraftRefused: with every fault, by field.
    """
    raise NotImplementedError
