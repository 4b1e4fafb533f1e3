"""A moment and random bytes in, an identifier whose order is that of time out (RFC 9562, version 7)."""

from __future__ import annotations

from uuid import UUID

RANDOM_BYTES = 10


def uuid7(ms: int, random_bytes: bytes) -> UUID:
    """The version 7 UUID of `ms` milliseconds since 1970 (UTC) and ten random bytes, 74 bits of which are used.

    Raises:
        ValueError: the moment does not fit 48 bits, or there are not ten bytes.
    """
    if not 0 <= ms < 1 << 48:
        raise ValueError(f"{ms} milliseconds since 1970 do not fit 48 bits")
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"{RANDOM_BYTES} random bytes, not {len(random_bytes)}")
    drawn = int.from_bytes(random_bytes, "big")
    first, second = drawn >> 68, drawn & ((1 << 62) - 1)
    return UUID(int=ms << 80 | 7 << 76 | first << 64 | 0b10 << 62 | second)
