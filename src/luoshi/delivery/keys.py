"""What identifies a message on a channel in, the key that the other end knows it by out: the same at each try. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

# 128 bits: as many as an identifier of the ledger has, and so as unlikely ever to meet twice.
HEX = 32


def key_of(event: UUID, user: int, kind: str) -> str:
    """The key of an event for somebody by a kind of channel; it says nothing of them to who does not know both."""
    return _digest(f"luoshi delivery {event} {user} {kind}")


def letter_of(keys: Iterable[str]) -> str:
    """The key of a letter: that of its message, or one of all its messages, in their order."""
    there = list(keys)
    return there[0] if len(there) == 1 else _digest(" ".join(there))


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:HEX]
