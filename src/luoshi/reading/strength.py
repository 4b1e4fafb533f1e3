"""A directive's words and its cue in, how strongly it binds out."""

from __future__ import annotations

from typing import cast, get_args

from .facts import Strength
from .rules import first

STRENGTHS = get_args(Strength)


def strength(words: str, cue_gives: str | None) -> Strength:
    """Strength of a directive: a forbidding or binding cue decides; else the strongest word in it."""
    if cue_gives in ("forbid", "must"):
        return cast(Strength, cue_gives)
    found = first("strengths", words)
    return cast(Strength, found.gives) if found and found.gives in STRENGTHS else "push"
