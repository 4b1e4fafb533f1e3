"""What a reading says of one report: immutable values, in offsets of the report as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoiseKind = Literal["pinyin", "boilerplate", "break", "advertisement", "caption", "mojibake", "doubled"]
ActionKind = Literal["work", "stance"]
Strength = Literal["must", "ensure", "push", "strive", "explore", "forbid"]
Gap = Literal["owner", "deadline", "measure"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the report: `start` and `end` (half-open, code points of the text as it came).

    `text` is the same stretch cleaned: noise removed, simplified script, full-width punctuation.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Noise:
    """A stretch of the report that is no part of what it says."""

    kind: NoiseKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded report: its name, the sha256 of its bytes, how it was encoded, its text untouched."""

    name: str
    media_type: str
    sha256: str
    encoding: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one attribution governs: who said it, with which verb, and the words."""

    id: str
    speaker: str | None
    verb: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its words, its verb and object (None where the words do not show them)."""

    id: str
    span: Span
    verb: str | None
    object: str | None
    kind: ActionKind
    reason: str


@dataclass(frozen=True, slots=True)
class Directive:
    """A stretch that tells somebody what to do, reach, keep up or avoid, and its actions."""

    id: str
    statement: str | None
    span: Span
    cue: str | None
    strength: Strength
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read from one report."""

    source: Source
    script: Literal["hant", "hans"]
    noise: tuple[Noise, ...]
    title: Span | None
    published: str | None
    body: Span | None
    statements: tuple[Statement, ...]
    directives: tuple[Directive, ...]
