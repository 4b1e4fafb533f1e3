"""A quotation in, its id out: the same words of the same source have the same id in every version."""

from __future__ import annotations

import hashlib

# Characters of the sha256 that are kept: 64 bits, so that a million directives of one corpus collide
# with a chance below one in ten million.
LENGTH = 16


def quotation_id(kind: str, sha256: str, exact: str, start: int | str, end: int | str) -> str:
    """Id of a quotation: kind (s, d or a), then a hash of source, words and place.

    Args:
        kind: s for a statement, d for a directive, a for an action.
        sha256: of the bytes of the source.
        exact: the words as they stand in the source, noise included.
        start, end: their offsets in the source (code points, half-open); in a document whose text was
            extracted, the places of their first and last character in it, so that another way of
            extracting keeps the id.
    """
    identity = f"{kind}\0{sha256}\0{start}\0{end}\0{exact}".encode("utf-8", "surrogatepass")
    return f"{kind}-{hashlib.sha256(identity).hexdigest()[:LENGTH]}"
