"""A directive in, what it is for, and whether it presses, out."""

from __future__ import annotations

from typing import Literal

from .directives import Told
from .rules import rule
from .sentences import Offsets, clauses


def purposes(text: str, told: Told) -> list[Offsets]:
    """The clauses of a directive that only say what it is for: 为…提供支撑, 让…, 使…, 为了…."""
    return [
        (s, e)
        for s, e in clauses(text, told.start, told.end)
        if rule("joins", "purpose").find(text[s:e]) or text.startswith("为了", s)
    ]


def priority(text: str, told: Told) -> Literal["urgent", "normal"]:
    """Urgent where the words say that it cannot wait."""
    return "urgent" if rule("priority", "urgent").find(text, told.start, told.end) else "normal"
