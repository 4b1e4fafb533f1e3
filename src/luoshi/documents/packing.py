"""A reading as JSON in, its bytes for the database out, and back; and values made fit for columns of any database.

Measured on the reports of gold/ and examples/ (76 kB of text): 426 kB of JSON, 102 kB packed. Nobody searches in it
(that is what the rows are for), so that it is packed.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import zlib
from typing import Any

# zlib's own middle way: all of the above takes 16 ms.
EFFORT = 6

_UNFIT = re.compile("[\0\ud800-\udfff]")


def packed(reading: dict[str, Any]) -> bytes:
    """The JSON object of READING.md, packed."""
    return zlib.compress(_json(reading), EFFORT)


def unpacked(data: bytes) -> dict[str, Any]:
    """What was packed."""
    read: dict[str, Any] = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    return read


def digest(reading: dict[str, Any]) -> str:
    """Hash of what is read, whichever version read it."""
    return hashlib.sha256(_json({**reading, "reader": ""})).hexdigest()


def storable(value: Any) -> Any:
    """The same value for a column: lists for tuples, U+FFFD for what no database or encoding takes, no infinities.

    PostgreSQL refuses U+0000 in text and JSON, UTF-8 half of a surrogate pair, JSON a number without end. One
    character stays one character, so that offsets stay right.
    """
    if isinstance(value, str):
        return _UNFIT.sub("\ufffd", value)
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _json(value: dict[str, Any]) -> bytes:
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return words.encode("utf-8", "surrogatepass")
