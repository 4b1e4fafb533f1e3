"""A draft in, the draft as it was before the last decision about it, out; what was decided stays on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.people.seeing import Viewer

from ..models import Decision, Draft
from .hands import hand_of
from .noting import Chosen, beside, chosen, restored, standing
from .refused import DraftRefused, Fault
from .verbs import Verb


def take_back(viewer: Viewer, draft: int, expected: int, now: datetime) -> Draft:
    """Undo the last decision about a draft that was not undone yet, and after it those before, one by one.

    Of the draft that others were merged into, these wait again; of one that was split, the parts go back into it, while
    they wait. Not of one that was confirmed: its item is there, and is dropped in the ledger.

    Raises:
        DraftRefused, DraftNotFound, DraftStale.
    """
    with transaction.atomic():
        hand = hand_of(viewer, now)
        found = chosen(hand, {draft: expected}, (Verb.TAKE_BACK, {}), waiting=False)
        if found.stale:
            return found[draft]
        last = standing(draft)
        if last is None:
            raise DraftRefused(Fault("", _("没有可以撤回的处理。")))
        if refusal := _final(found[draft], last):
            raise DraftRefused(refusal)
        if last.verb == Verb.SPLIT:
            _rejoin(beside(hand, last), found[draft])
        if last.verb == Verb.GATHER:
            _release(beside(hand, last), draft)
        found.note(found[draft], Verb.TAKE_BACK, restored(last))
        return found[draft]


def _final(row: Draft, last: Decision) -> Fault | None:
    """Why a decision stays."""
    if last.verb == Verb.CONFIRM and row.item is not None:
        said = _("已立项为%(number)s，不能撤回：如立项有误，请在台账中中止该事项。")
        return Fault("", said % {"number": row.item.number})
    if last.verb == Verb.REJOIN:
        return Fault("", _("拆分已撤回，此条不再单列。"))
    return None


def _rejoin(parts: Chosen, whole: Draft) -> None:
    """Put the parts of a split back into the whole; none of them may have been decided about otherwise."""
    for part in parts.values():
        if part.state != Draft.State.WAITING:
            said = _("拆分出的“%(words)s”%(state)s：请先撤回对它的处理。")
            words = {"words": part.words[:40], "state": part.get_state_display()}
            raise DraftRefused(Fault("", said % words))
    for part in parts.values():
        parts.note(part, Verb.REJOIN, {"state": Draft.State.MERGED, "into_id": whole.pk})


def _release(others: Chosen, head: int) -> None:
    """Let those that are still merged into a draft wait again; of each, that is its last decision."""
    for other in others.values():
        if other.state == Draft.State.MERGED and other.into_id == head:
            last = standing(other.pk)
            if last is not None and last.verb == Verb.MERGE:
                others.note(other, Verb.TAKE_BACK, restored(last))
