"""An event and its place in a root in, a proof that it is in there out; a proof in, what does not hold in it out."""

from __future__ import annotations

from collections.abc import Sequence

from .canonical import JSON, canonical
from .hashing import digest
from .header import Header
from .merkle import Sibling, follows
from .sealing import BadLine, RootLine, of_object

FORMAT = "luoshi-proof-1"
PARTS = ("format", "event", "hash", "index", "size", "way", "root")


def proof(header: Header, hash: str, index: int, size: int, way: Sequence[Sibling], root: RootLine) -> dict[str, JSON]:
    """A proof as JSON: the event as it is hashed, the way from its leaf up, the line of the root as exported."""
    return {
        "format": FORMAT,
        "event": header.plain(),
        "hash": hash,
        "index": index,
        "size": size,
        "way": [sibling._asdict() for sibling in way],
        "root": {**root._asdict(), "seal": root.seal},
    }


def disproofs(said: JSON) -> list[str]:
    """Why a proof proves nothing, in words; none where the event is in the root whose line it holds.

    That the line is the one that was exported on that day, only somebody who kept it can say.
    """
    if not isinstance(said, dict) or said.get("format") != FORMAT or any(part not in said for part in PARTS):
        return [f"is no proof; it should hold {', '.join(PARTS)}, with the format {FORMAT}"]
    try:
        return [*_of_event(said), *_of_way(said, of_object(said["root"]))]
    except BadLine as wrong:
        return [f"its root {wrong}"]
    except (KeyError, TypeError, ValueError) as wrong:
        return [f"cannot be read: {wrong!r}"]


def _of_event(said: dict[str, JSON]) -> list[str]:
    event = said["event"]
    if set(event) != set(Header._fields):
        return [f"its event should hold {', '.join(Header._fields)}"]
    if digest(canonical(event), event["algorithm"]) != said["hash"]:
        return ["its event was changed: the hash is of something else"]
    return []


def _of_way(said: dict[str, JSON], root: RootLine) -> list[str]:
    if said["size"] != root.size:
        return [f"it speaks of {said['size']} events, its root of {root.size}"]
    way = [Sibling(step["side"], step["hash"]) for step in said["way"]]
    if follows(said["hash"], said["index"], said["size"], way, root.algorithm) != root.hash:
        return [f"the way from its event does not lead to the root of {root.day}"]
    return []
