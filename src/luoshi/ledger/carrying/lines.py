"""A line of an exported ledger in, what it holds by its kind out; or one line on what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..chain import canonical

FORMAT = 1
NONE = type(None)
# What a line of a kind holds, and of which types.
KINDS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "ledger": {"format": int},
    "post": {"id": int, "unit": str, "role": str},
    "event": {"event": dict, "hash": str, "request": (str, NONE)},
    "text": {
        **dict.fromkeys(("event", "field", "subject", "words"), str),
        **dict.fromkeys(("salt", "erased_by"), (str, NONE)),
    },
    "file": {
        **dict.fromkeys(("item", "sha256", "media_type", "name", "subject", "brought_at"), str),
        **{"size": int, "erased_at": (str, NONE)},
    },
    "root": {"root": dict},
    "leaf": {"root": int, "index": int, "event": str},
    "end": {"lines": int, "digest": str},
}


class BadFile(ValueError):
    """A file that is no exported ledger, or not a whole one; which line, and what is wrong with it."""


def written(kind: str, **fields: Any) -> str:
    """A line, canonical JSON with its end."""
    return canonical({"kind": kind, **fields}).decode("utf-8") + "\n"


def sealed(lines: Iterable[str]) -> Iterator[str]:
    """The lines, then one that says how many they are and what their digest is."""
    digest, many = hashlib.sha256(), 0
    for line in lines:
        digest.update(line.encode("utf-8"))
        many += 1
        yield line
    yield written("end", lines=many, digest=digest.hexdigest())


def read(lines: Iterable[str]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each line but the first and the last as its number, its kind and its fields.

    Raises:
        BadFile: a line is none, or the file was cut off or changed since; this is known at its end.
    """
    digest, number, end = hashlib.sha256(), 0, None
    for number, line in enumerate(lines, 1):
        if end is not None:
            raise BadFile(f"line {number}: there is more behind the end")
        kind, fields = _read(number, line)
        if (number == 1) != (kind == "ledger") or (kind == "ledger" and fields["format"] != FORMAT):
            raise BadFile(f"line {number}: an exported ledger of format {FORMAT} begins with one line of kind ledger")
        if kind == "end":
            end = fields
            if fields != {"lines": number - 1, "digest": digest.hexdigest()}:
                raise BadFile(f"line {number}: the file was changed after it was exported")
        digest.update(line.encode("utf-8"))
        if kind not in ("ledger", "end"):
            yield number, kind, fields
    if end is None:
        raise BadFile(f"line {number}: the file is cut off: its last line should be of kind end")


def _read(number: int, line: str) -> tuple[str, dict[str, Any]]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise BadFile(f"line {number}: is no line of JSON") from None
    kind = said.pop("kind", None) if isinstance(said, dict) else None
    if kind not in KINDS:
        raise BadFile(f"line {number}: no kind of line that is known")
    types = KINDS[kind]
    wrong = [name for name in {*types, *said} if name not in types or not _is(said.get(name, ...), types[name])]
    if wrong:
        raise BadFile(f"line {number}: {kind}: {', '.join(sorted(wrong))} should be otherwise")
    return kind, said


def _is(value: Any, kind: type | tuple[type, ...]) -> bool:
    # A boolean is a number to Python, and not to anybody else.
    return isinstance(value, kind) and not isinstance(value, bool)
