"""An event and the files that were brought in, what does not hold between them, and with the bytes on disk, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from ..actions.filing import path_of
from ..models import Event, Evidence
from .nouns import Counts, Fault, fault
from .streams import NOTHING, Kinds, rows
from .texts import ERASE

# Read at once; files run to tens of megabytes.
BLOCK = 1 << 20
SHORT = 12
COLUMNS: Kinds = {
    "item": UUID,
    "item__number": str,
    "sha256": str,
    "erased_at": (datetime, NOTHING),
}


def brought(called: object, item: UUID, sequence: int, payload: Mapping[str, Any]) -> list[Fault]:
    """Files that an event names and no row knows."""
    named = _listed(payload, "evidence", "sha256")
    there = (
        set(Evidence.unguarded.filter(item=item, sha256__in=named).values_list("sha256", flat=True)) if named else ()
    )
    return [fault("file_gone", called, sequence, sha256=each[:SHORT]) for each in named if each not in there]


def not_wiped(called: object, item: UUID, sequence: int, payload: Mapping[str, Any]) -> list[Fault]:
    """Files that an event of erasing names and that still have a name."""
    named = [each for each in _plain(payload.get("files")) if isinstance(each, str)]
    still = Evidence.unguarded.filter(item=item, sha256__in=named).exclude(name="", erased_at__isnull=False)
    return [fault("file_not_wiped", called, sequence, sha256=each.sha256[:SHORT]) for each in still]


def check(counts: Counts, item: UUID | None = None, bytes_too: bool = False) -> Iterator[Fault]:
    """Each file: that an event brought it, and says so where it was erased; `bytes_too`: that its bytes are
    those of its hash."""
    found = Evidence.unguarded.filter(item=item) if item else Evidence.unguarded.all()
    at, named = None, frozenset[str]()
    for of, number, sha256, erased_at in rows(found.order_by("item", "sha256"), COLUMNS):
        counts.add("files")
        wrong = ""
        if of != at:
            at, named = of, _named(of)
        if sha256 not in named:
            wrong = "file_from_nowhere"
        elif erased_at is not None:
            wrong = "" if _said(of, sha256) else "file_wiped"
        elif bytes_too:
            wrong = _of_bytes(path_of(sha256), sha256)
        if wrong:
            yield fault(wrong, number, None, sha256=sha256[:SHORT])


def _named(item: UUID) -> frozenset[str]:
    """The files that the events of an item bring."""
    payloads = Event.unguarded.filter(item=item).values_list("payload", flat=True).iterator()
    brought = (_listed(each, "evidence", "sha256") for each in payloads if isinstance(each, dict))
    return frozenset(sha256 for each in brought for sha256 in each)


def _said(item: UUID, sha256: str) -> bool:
    erasures = Event.unguarded.filter(item=item, verb=ERASE).values_list("payload", flat=True)
    return any(sha256 in _plain(payload.get("files")) for payload in erasures if isinstance(payload, dict))


def _of_bytes(path: Path, sha256: str) -> str:
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while block := file.read(BLOCK):
                digest.update(block)
    except OSError:
        return "bytes_gone"
    return "" if digest.hexdigest() == sha256 else "bytes_changed"


def _listed(payload: Mapping[str, Any], key: str, name: str) -> list[str]:
    found = payload.get(key)
    return [str(each.get(name)) for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _plain(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []
