"""What is hashed of an event in, its hash out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from .canonical import JSON, canonical, instant
from .hashing import ALGORITHM, digest


class Header(NamedTuple):
    """An event as it is hashed: all that its row holds but the hash itself and `request`, by the names of its columns.

    `previous` is the hash of the event before it in its item, "" for the first.
    """

    id: UUID
    item: UUID
    sequence: int
    playbook: str
    version: int
    verb: str
    actor_kind: str
    actor: str
    actor_unit: str
    occurred_at: datetime
    recorded_at: datetime
    payload: Mapping[str, JSON]
    previous: str
    algorithm: str = ALGORITHM

    def plain(self) -> dict[str, JSON]:
        """The header as JSON: ids with hyphens, moments in UTC."""
        return {
            **self._asdict(),
            "id": str(self.id),
            "item": str(self.item),
            "occurred_at": instant(self.occurred_at),
            "recorded_at": instant(self.recorded_at),
            "payload": dict(self.payload),
        }


def event_hash(header: Header) -> str:
    """The digest of the canonical JSON of a header, by the algorithm it names.

    Raises:
        NotCanonical: the payload holds what has no canonical spelling.
        UnknownAlgorithm: as `digest`.
    """
    return digest(canonical(header.plain()), header.algorithm)
