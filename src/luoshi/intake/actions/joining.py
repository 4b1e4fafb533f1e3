"""Drafts in, one that has the others too, or the parts that one is split into, out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.ledger.machine.values import MOST_PARTS
from luoshi.people.seeing import Viewer

from ..models import Draft
from .filling import filled
from .hands import hand_of
from .noting import chosen
from .refused import DraftRefused, Fault
from .verbs import Verb

# What a part has of the whole; its words are its own.
INHERITED = (
    "origin",
    "report_id",
    "directive_id",
    "action_id",
    "rank",
    "place_id",
    "line_id",
    "quotation",
    "said_by",
    "strength",
    "owners",
    "deadline",
    "lead_id",
    "supports",
    "due",
    "measure",
    "basis",
    "basis_kind",
    "list",
)
# What a draft may lack and be given, and where it keeps what is printed of it. Who supports it is its own.
TAKEN_OVER = (("lead_id", "owners"), ("due", "deadline"), ("measure", ""))


def merge(viewer: Viewer, drafts: Sequence[tuple[int, int]], into: int, now: datetime) -> Draft:
    """Put drafts, by (id, version), under one of them; the others are merged into it and keep their quotations.

    Of owner, deadline and measure it takes over what it lacks itself, where the others do not contradict each other.

    Raises:
        DraftRefused, DraftNotFound, DraftStale.
    """
    others = sorted({pk for pk, _version in drafts} - {into})
    if not others or into not in dict(drafts):
        raise DraftRefused(Fault("drafts", _("合并至少要选两条，其中一条保留。")))
    with transaction.atomic():
        merged = {"state": Draft.State.MERGED, "into_id": into}
        found = chosen(hand_of(viewer, now), dict(drafts), (Verb.MERGE, merged), (Verb.GATHER, {}))
        for pk in others if not found.stale else ():
            found.note(found[pk], Verb.MERGE, merged)
        if not found.stale:
            found.note(found[into], Verb.GATHER, _taken_over(found[into], [found[pk] for pk in others]), others)
        return found[into]


def split(viewer: Viewer, draft: int, words: Sequence[str], expected: int, now: datetime) -> tuple[Draft, ...]:
    """Split a draft into parts by their words; each has the quotation, owners and deadline of the whole.

    Raises:
        DraftRefused, DraftNotFound, DraftStale.
    """
    with transaction.atomic():
        found = chosen(hand_of(viewer, now), {draft: expected}, (Verb.SPLIT, {}))
        whole, said = found[draft], _said(words)
        if found.stale:
            parts = tuple(Draft.unguarded.filter(whole=whole, into__isnull=True).order_by("pk"))
            if [part.words for part in parts] != said:
                raise found.stale
            return parts
        parts = tuple(_part(whole, text, found.posts[draft], now) for text in said)
        found.note(whole, Verb.SPLIT, {"state": Draft.State.SPLIT}, [part.pk for part in parts])
        return parts


def _taken_over(head: Draft, others: Sequence[Draft]) -> dict[str, Any]:
    """Columns that a draft is given by those merged into it, each with what is printed of it."""
    columns: dict[str, Any] = {}
    for name, printed in TAKEN_OVER:
        having = {str(getattr(other, name)): other for other in others if getattr(other, name)}
        if len(having) == 1 and not getattr(head, name):
            (other,) = having.values()
            columns[name] = getattr(other, name)
            if printed and not getattr(head, printed):
                columns[printed] = getattr(other, printed)
    if "lead_id" in columns and any(row.lead.key in head.supports for row in others if row.lead):
        del columns["lead_id"]
    return columns


def _said(words: Sequence[str]) -> list[str]:
    """The words of each part, as they are kept; blank ones are none."""
    given = [each for each in words if each.strip()]
    if not 2 <= len(given) <= MOST_PARTS:
        raise DraftRefused(Fault("words", _("拆分须分成 2 至 %(most)s 条，每条各有内容。") % {"most": MOST_PARTS}))
    said, faults = [], []
    for number, text in enumerate(given):
        try:
            said.append(filled({"words": text}, list_="tasks", lead=None, supports=())["words"])
        except DraftRefused as refused:
            faults += [Fault(f"words[{number}]", fault.message) for fault in refused.faults]
    if faults:
        raise DraftRefused(*faults)
    if len(set(said)) < len(said):
        raise DraftRefused(Fault("words", _("拆分后的各条内容不能相同。")))
    return said


def _part(whole: Draft, words: str, post: int, now: datetime) -> Draft:
    kept: dict[str, Any] = {name: getattr(whole, name) for name in INHERITED}
    return Draft.unguarded.create(whole=whole, words=words, made_by_id=post, made_at=now, **kept)
