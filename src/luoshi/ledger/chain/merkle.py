"""Hashes of events in, the Merkle tree hash over them, and proofs that one of them is in it, out (RFC 9162, 2.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from .hashing import ALGORITHM, expect

# RFC 9162, 2.1.1: what is hashed for a leaf and for a node never begin alike, so that none can be given for the other.
LEAF, NODE = b"\0", b"\1"


class Sibling(NamedTuple):
    """A hash on the way from a leaf to the root, and on which side of the way it stands."""

    side: Literal["left", "right"]
    hash: str


def tree_hash(hashes: Iterable[str], algorithm: str = ALGORITHM) -> str:
    """The Merkle tree hash over events' hashes (hexadecimal); needs memory for the height of the tree alone.

    Raises:
        UnknownAlgorithm: as `digest`.
        ValueError: a hash is not hexadecimal.
    """
    expect(algorithm)
    # Perfect subtrees from left to right, each smaller than the one before: how many leaves, and the hash.
    stack: list[tuple[int, bytes]] = []
    for each in hashes:
        size, top = 1, _leaf(each, algorithm)
        while stack and stack[-1][0] == size:
            size, top = 2 * size, _node(stack.pop()[1], top, algorithm)
        stack.append((size, top))
    if not stack:
        return hashlib.new(algorithm, b"").hexdigest()
    _, top = stack.pop()
    while stack:
        top = _node(stack.pop()[1], top, algorithm)
    return top.hex()


def inclusion(hashes: Sequence[str], index: int, algorithm: str = ALGORITHM) -> tuple[Sibling, ...]:
    """The way from leaf `index` up to the root: the sibling at each step, from the leaf upwards.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(hashes):
        raise IndexError(f"no leaf {index} among {len(hashes)}")
    start, end, way = 0, len(hashes), []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            way.append(Sibling("right", tree_hash(hashes[middle:end], algorithm)))
            end = middle
        else:
            way.append(Sibling("left", tree_hash(hashes[start:middle], algorithm)))
            start = middle
    return tuple(reversed(way))


def follows(each: str, index: int, size: int, way: Sequence[Sibling], algorithm: str = ALGORITHM) -> str | None:
    """The root that a proof leads to from the hash of an event; None where the sides of the way are not those of
    leaf `index` of `size` leaves, or a hash is none.

    Raises:
        UnknownAlgorithm: as `digest`.
    """
    expect(algorithm)
    if [sibling.side for sibling in way] != _sides(index, size):
        return None
    try:
        top = _leaf(each, algorithm)
        for side, other in way:
            sibling = bytes.fromhex(other)
            top = _node(sibling, top, algorithm) if side == "left" else _node(top, sibling, algorithm)
    except ValueError:
        return None
    return top.hex()


def _sides(index: int, size: int) -> list[str] | None:
    """On which sides the siblings of a leaf stand, from the leaf upwards; None where there is no such leaf."""
    if not 0 <= index < size:
        return None
    sides = []
    while size > 1:
        left = _split(size)
        sides.append("right" if index < left else "left")
        index, size = (index, left) if index < left else (index - left, size - left)
    return sides[::-1]


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _leaf(each: str, algorithm: str) -> bytes:
    return hashlib.new(algorithm, LEAF + bytes.fromhex(each)).digest()


def _node(left: bytes, right: bytes, algorithm: str) -> bytes:
    return hashlib.new(algorithm, NODE + left + right).digest()
