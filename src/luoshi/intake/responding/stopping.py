"""Parts of a response that is lowered or stood down in, each dropped, closed or kept for verification, with its reason,
out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.ledger.actions import Refused, act
from luoshi.ledger.models import Item
from luoshi.people.seeing import Viewer

from ..actions.refused import DraftRefused, Fault, of_ledger
from ..models import PreparedItem
from .asking import named, running
from .nouns import PreparedSet

What = Literal["dropped", "closed", "kept", "refused"]
KEEP = "keep"
# What is done to an open part by default, by its state. `evidence`: kept where the prepared item asks for evidence, as
# work that was begun and has to be shown; dropped where it does not.
BY_STATE: Mapping[str, Literal["drop", "evidence", "keep", "close"]] = {
    "dispatched": "drop",
    "returned": "drop",
    "in_hand": "evidence",
    "closure_asked": "keep",
    "verified": "close",
}
# Verified, or about to be: nothing else is chosen for these.
DECIDED = frozenset({"closure_asked", "verified"})
# Of the playbook's reasons to drop a part those that somebody chooses; `lowered` is said by the level alone.
DROP_REASONS: Collection[str] = ("stood_down", "not_hit", "routine", "mistaken")


class Stopped(NamedTuple):
    """What came of a part; `why` is its reason (a key of drop_reason), or what the ledger said against it."""

    part: UUID
    number: str
    what: What
    why: str = ""


class StoodDown(NamedTuple):
    """A response that was stood down: what came of each part, and whether it has ended."""

    response: UUID
    parts: tuple[Stopped, ...] = ()
    ended: bool = False
    repeated: bool = False

    @property
    def left(self) -> int:
        """How many parts run on."""
        return sum(each.what in ("kept", "refused") for each in self.parts)


def proposed(state: str, asks_evidence: bool, reason: str) -> str:
    """What is done to a part by default: a reason to drop it, `keep`, or `close`."""
    rule = BY_STATE[state]
    if rule == "drop" or (rule == "evidence" and not asks_evidence):
        return reason
    return KEEP if rule in ("keep", "evidence") else "close"


def stop(
    viewer: Viewer,
    parts: Iterable[UUID],
    reasons: Mapping[UUID, str],
    reason: str,
    words: str,
    prepared: PreparedSet,
    now: datetime,
) -> tuple[Stopped, ...]:
    """Stop those of some parts that are open, each by itself, in the order of their numbers.

    `reasons`: what is chosen for a part, in place of what is proposed; what waits to be verified is always kept.
    """
    rows = list(Item.unguarded.filter(pk__in=list(parts), ended_on=None).order_by("pk"))
    default = proposals(rows, prepared, reason)
    # What waits to be verified keeps its verification, whatever is said.
    chosen = default | {row.pk: reasons[row.pk] for row in rows if row.pk in reasons and row.state not in DECIDED}
    return tuple(_one(viewer, row, chosen[row.pk], words, now) for row in rows)


def proposals(parts: Collection[Item], prepared: PreparedSet | None, reason: str) -> dict[UUID, str]:
    """What is done to open parts by default, as `proposed` says, by their ids; one query."""
    asking = {item.key for item in (prepared.items if prepared else ()) if item.evidence}
    keys = dict(PreparedItem.unguarded.filter(part__in=parts).values_list("part", "key"))
    return {part.pk: proposed(part.state, keys.get(part.pk) in asking, reason) for part in parts}


def _one(viewer: Viewer, row: Item, chosen: str, words: str, now: datetime) -> Stopped:
    if chosen == KEEP:
        return Stopped(row.pk, row.number, "kept")
    verb, fields = ("close", {}) if chosen == "close" else ("drop", {"drop_reason": chosen, "reason": words})
    try:
        act(viewer, row.pk, verb, fields=fields, expected=row.sequence, now=now)
    except Refused as refused:
        return Stopped(row.pk, row.number, "refused", str(refused))
    return Stopped(row.pk, row.number, "closed" if verb == "close" else "dropped", "" if verb == "close" else chosen)


def stand_down(
    viewer: Viewer,
    response: UUID,
    reasons: Mapping[UUID, str],
    now: datetime,
    *,
    words: str,
    expected: int,
    request: str | None = None,
) -> StoodDown:
    """Stand a response down (终止响应): each open part is dropped with its reason, closed, or kept for verification.

    The response ends with them, or, where some are kept, by a move of its own when the last of them has ended.

    Args:
        reasons: by part, a key of the playbook's `drop_reason`, or `keep`; of others what is proposed.
        words: why, for the record of each.

    Raises:
        DraftRefused, LedgerUnavailable: nothing was changed.
    """
    try:
        with transaction.atomic():
            found = running(viewer, response, now)
            _known(reasons)
            fields, step = {"reason": words}, named(request, "down")
            moved = act(viewer, response, "stand_down", fields=fields, expected=expected, now=now, request=step)
            if moved.repeated:
                return StoodDown(response, ended=found.row.ended_on is not None, repeated=True)
            below = Item.unguarded.filter(parent=response).values_list("pk", flat=True)
            done = stop(viewer, below, reasons, "stood_down", words, found.prepared, now)
            down = StoodDown(response, done)
            if down.left:
                return down
            act(viewer, response, "end", fields={}, expected=moved.sequence, now=now)
            return down._replace(ended=True)
    except Refused as refused:
        raise of_ledger(refused) from refused


def _known(reasons: Mapping[UUID, str]) -> None:
    for part, reason in reasons.items():
        if reason != KEEP and reason not in DROP_REASONS:
            raise DraftRefused(Fault(f"part-{part}", _("没有这种处理方式：%(said)s。") % {"said": reason[:40]}))
