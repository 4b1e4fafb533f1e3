"""A directive in, what it is for, and whether it presses, out."""

from __future__ import annotations

from typing import Literal

from .directives import Told
from .rules import rule
from .sentences import Offsets, clauses
from .signs import signs


def purposes(text: str, told: Told) -> list[Offsets]:
    """The clauses of a directive that only say what it is for: 为…提供支撑, 让…, 使…, 为了…."""
    purpose = rule("joins", "purpose")
    if not signs(text, told.start, told.end) & purpose.bits and text.find("为了", told.start, told.end) < 0:
        return []
    return [
        (s, e) for s, e in clauses(text, told.start, told.end) if purpose.find(text[s:e]) or text.startswith("为了", s)
    ]


def priority(text: str, told: Told) -> Literal["urgent", "normal"]:
    """Urgent where the words say that it cannot wait."""
    urgent = rule("priority", "urgent")
    seen = signs(text, told.start, told.end) & urgent.bits
    return "urgent" if seen and urgent.find(text, told.start, told.end) else "normal"
