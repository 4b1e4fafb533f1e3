"""The root of a day in, the line that is exported of it, with its seal, out; such lines back in, what is wrong out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from .canonical import JSON, canonical, instant
from .hashing import ALGORITHM, digest


class RootLine(NamedTuple):
    """The root of the events sealed on a day. `previous` is the seal of the root before it, "" for the first;
    `size` counts the events, `items` the items they belong to; `sealed_at` is spelled as `instant` does."""

    number: int
    day: str
    sealed_at: str
    size: int
    items: int
    hash: str
    previous: str
    algorithm: str = ALGORITHM

    @property
    def seal(self) -> str:
        """The digest of the canonical JSON of all of it."""
        return digest(canonical(self._asdict()), self.algorithm)

    def spelled(self) -> str:
        """The line as it is exported, without an end of line."""
        return canonical({**self._asdict(), "seal": self.seal}).decode("utf-8")


def root_line(number: int, day: date, sealed_at: datetime, size: int, items: int, hash: str, previous: str) -> RootLine:
    """The line of a root that is sealed now."""
    return RootLine(number, day.isoformat(), instant(sealed_at), size, items, hash, previous)


NUMBERS = ("number", "size", "items")


class BadLine(ValueError):
    """A line that is not one of an exported root, or was changed."""


def read_line(text: str) -> RootLine:
    """The root that an exported line holds.

    Raises:
        BadLine: it is no such line, or its seal is not that of what it says.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise BadLine("is no line of JSON") from None
    return of_object(said)


def of_object(said: JSON) -> RootLine:
    """The root that an exported object holds. Raises BadLine."""
    names = (*RootLine._fields, "seal")
    if not isinstance(said, dict) or set(said) != set(names):
        raise BadLine(f"is no root; it should hold {', '.join(names)}")
    # A boolean is a number to Python, and not to anybody else.
    wrong = [name for name in names if type(said[name]) is not (int if name in NUMBERS else str)]
    if wrong:
        raise BadLine(f"is no root: {', '.join(wrong)} should be otherwise")
    line, seal = RootLine(*(said[name] for name in RootLine._fields)), said["seal"]
    try:
        sealed = line.seal == seal
    except ValueError as why:
        raise BadLine(str(why)) from None
    if not sealed:
        raise BadLine(f"was changed: what it says of {line.day} is not what its seal is of")
    return line


def read_lines(lines: Iterable[str]) -> Iterator[tuple[int, RootLine | BadLine]]:
    """The roots of an exported file with the numbers of their lines; empty lines are passed over."""
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            yield number, read_line(text)
        except BadLine as wrong:
            yield number, wrong
