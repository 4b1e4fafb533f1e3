"""A directive in, what its words tell of the whole of it out: how strongly it binds, what for, what it names, whether
it presses."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from .facts import Strength
from .programmes import programmes
from .rules import rule, rules
from .sentences import Offsets, clauses
from .signs import signs
from .strength import strength


class Traits(NamedTuple):
    """How strongly a directive binds, the clauses that say what it is for, the programmes that it names, whether it
    presses."""

    strength: Strength
    purpose: tuple[str, ...]
    programmes: tuple[Offsets, ...]
    priority: Literal["urgent", "normal"]


def traits(text: str, start: int, end: int, cue_gives: str | None) -> Traits:
    """The traits of a stretch; `cue_gives`: the strength of its cue, None where it has none."""
    seen = signs(text, start, end)
    named = programmes(text, start, end, seen) if seen & _naming() else ()
    return Traits(
        strength(text, start, end, cue_gives, seen),
        _purpose(text, start, end, seen),
        named,
        _priority(text, start, end, seen),
    )


@cache
def _naming() -> int:
    return sum(each.bits for each in rules("programmes"))


def _purpose(text: str, start: int, end: int, seen: int) -> tuple[str, ...]:
    """The clauses that only say what a directive is for: 为…提供支撑, 让…, 使…, 为了…."""
    purpose = rule("joins", "purpose")
    if not seen & purpose.bits and text.find("为了", start, end) < 0:
        return ()
    words = [text[s:e] for s, e in clauses(text, start, end)]
    return tuple([each for each in words if purpose.find(each) or each.startswith("为了")])


def _priority(text: str, start: int, end: int, seen: int) -> Literal["urgent", "normal"]:
    """Urgent where the words say that it cannot wait."""
    urgent = rule("priority", "urgent")
    return "urgent" if seen & urgent.bits and urgent.find(text, start, end) else "normal"
