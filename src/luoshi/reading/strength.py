"""A directive and its cue in, how strongly it binds out."""

from __future__ import annotations

from typing import cast, get_args

from .facts import Strength
from .tables import first

STRENGTHS = get_args(Strength)


def strength(text: str, start: int, end: int, cue_gives: str | None, seen: int) -> Strength:
    """Strength of a directive with these signs: a forbidding or binding cue decides; else the strongest word in it."""
    if cue_gives in ("forbid", "must"):
        return cast(Strength, cue_gives)
    found = first("strengths", text[start:end], seen)
    return cast(Strength, found.gives) if found and found.gives in STRENGTHS else "push"
