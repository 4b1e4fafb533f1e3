"""What was acknowledged in, what of it the ledger lost, and whatever in the ledger is half or does not hold, out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from luoshi.ledger.actions.filing import path_of
from luoshi.ledger.models import Event, Evidence, Notice
from luoshi.ledger.proving.verify import verify

from .ledger_writers import BEGAN, Ack

# The dates of what is written here lie within days of this.
LATER = BEGAN + datetime.timedelta(days=365)


def lost(acknowledged: Iterable[Ack]) -> list[str]:
    """Acknowledged events that are not there, or are others."""
    wanted = {(UUID(ack.item), ack.sequence): ack.hash for ack in acknowledged}
    items = list({item for item, _ in wanted})
    found: dict[tuple[UUID, int], str] = {}
    for at in range(0, len(items), 500):
        rows = Event.unguarded.filter(item__in=items[at : at + 500]).values_list("item", "sequence", "hash")
        found |= {(item, sequence): hash for item, sequence, hash in rows}
    return [f"lost: {item} {number}" for (item, number), hash in wanted.items() if found.get((item, number)) != hash]


def wrong() -> list[str]:
    """What is half written, or does not hold together."""
    report = verify(LATER)
    said = [str(fault) for fault in report.faults[:5]]
    return [*said, *_untold(), *_fileless()]


def _untold() -> list[str]:
    """Every dispatch by the city is told to the unit that shall lead; what is told and what happened are one."""
    sent = Event.unguarded.filter(verb="dispatch").annotate(told=Count("notices")).filter(told=0)
    strays = Notice.unguarded.filter(event__isnull=True)
    return [f"nobody was told: {event.pk}" for event in sent[:5]] + [f"of no event: {row.pk}" for row in strays[:5]]


def _fileless() -> list[str]:
    """Every file that an event names is there, as a row and on the disk."""
    rows = {(row.item_id, row.sha256) for row in Evidence.unguarded.all()}
    named = Event.unguarded.exclude(payload__evidence=[]).filter(verb="report").values_list("item", "payload")
    wanted = {(item, given["sha256"]) for item, payload in named for given in payload["evidence"]}
    gone = [f"no row of a file: {item} {sha256}" for item, sha256 in wanted - rows]
    return gone + [f"no bytes of a file: {sha256}" for _, sha256 in rows if not path_of(sha256).exists()]
