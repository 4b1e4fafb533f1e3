"""Events and texts in; canonical bytes, hashes, commitments and Merkle trees out. Pure."""

from .canonical import NotCanonical, canonical, instant
from .hashing import ALGORITHM, SALT_BYTES, UnknownAlgorithm, commit, digest
from .header import Header, event_hash
from .uuid7 import uuid7

__all__ = [
    "ALGORITHM",
    "SALT_BYTES",
    "Header",
    "NotCanonical",
    "UnknownAlgorithm",
    "canonical",
    "commit",
    "digest",
    "event_hash",
    "instant",
    "uuid7",
]
