"""The words of a letter: what each kind of channel makes its own form of."""

from __future__ import annotations

from typing import NamedTuple

from ..wording import Line


class Post(NamedTuple):
    """A letter in words: its key, what it is called, what it says, and the same for programs."""

    key: str
    subject: str
    text: str
    lines: tuple[Line, ...]
