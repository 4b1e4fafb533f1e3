"""Bytes in, their digest by a named algorithm out; words and salt in, a commitment that says nothing of them out."""

from __future__ import annotations

import hashlib
import hmac

# What new events, roots and texts are hashed with.
ALGORITHM = "sha256"
# Those that are understood, both of 256 bits; sm3 (GB/T 32905) where Python's OpenSSL was built with it.
ALGORITHMS = ("sha256", "sm3")
# As long as the digest: nobody finds the words by trying salts (NIST SP 800-107, 5.3.4).
SALT_BYTES = 32


class UnknownAlgorithm(ValueError):
    """A digest by an algorithm that luoshi or this machine does not know."""


def digest(data: bytes, algorithm: str = ALGORITHM) -> str:
    """The digest of `data`, 64 hexadecimal characters.

    Raises:
        UnknownAlgorithm: not one of ALGORITHMS, or this machine has it not.
    """
    expect(algorithm)
    return hashlib.new(algorithm, data).hexdigest()


def commit(words: str, salt: bytes, algorithm: str = ALGORITHM) -> str:
    """The commitment to somebody's words: HMAC (RFC 2104) of them under a salt of their own.

    Whoever has words and salt can check it; without the salt nothing follows from it, not even for words of one
    character.

    Raises:
        UnknownAlgorithm: as `digest`.
        ValueError: the salt is not of SALT_BYTES; shorter ones HMAC would fill up with zeros.
    """
    expect(algorithm)
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hmac.digest(salt, words.encode("utf-8"), algorithm).hex()


def expect(algorithm: str) -> None:
    """Raises UnknownAlgorithm unless digests can be made by `algorithm` here."""
    if algorithm not in ALGORITHMS:
        raise UnknownAlgorithm(f"{algorithm!r} is none of the algorithms that are understood: {', '.join(ALGORITHMS)}")
    if algorithm not in hashlib.algorithms_available:
        raise UnknownAlgorithm(f"the OpenSSL of this machine has no {algorithm}")
