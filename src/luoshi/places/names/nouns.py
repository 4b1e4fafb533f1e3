"""The nouns of names as plain values: a context, a candidate with its reason, an answer, a mention in a text."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from .reasons import Reason

AnswerKind = Literal["unit", "several", "set", "class", "unknown"]

# Two candidates as near as this are not told apart: less than any step between two grounds of a score (see grounds.py).
NEAR = 0.04


class _Context(NamedTuple):
    place: str | None
    day: date
    sender: str | None


class Context(_Context):
    """Who speaks and when: the key of the place that speaks or issues (None: not known), the day of the words, and the
    key of the unit that issues them, where known. The place may be left out, the day may not: nothing here has a clock.
    """

    __slots__ = ()

    def __new__(cls, place: str | None = None, day: date | None = None, sender: str | None = None) -> Context:
        """A context; TypeError without a day."""
        if day is None:
            raise TypeError("when was it said? Context(place, day), with the day of the words")
        return super().__new__(cls, place, day, sender)


class Candidate(NamedTuple):
    """A unit that may be meant: its key, how surely (0..1), why, and, of a former unit, the key of the one that does
    its work on the day (None: it is no former unit, or nobody, or several took it over)."""

    unit: str
    score: float
    reason: Reason
    current: str | None = None


class Answer(NamedTuple):
    """What a printed name means.

    `unit`: candidates, best first. `several`: an answer for each name in it. `set`: the units of a collective on the
    day. `class`: a collective whose members are not said; `group` is its key in collectives.yaml. `unknown`: nothing.
    """

    name: str
    kind: AnswerKind
    reason: Reason
    candidates: tuple[Candidate, ...] = ()
    members: tuple[Answer, ...] = ()
    units: tuple[str, ...] = ()
    group: str = ""

    @property
    def unit(self) -> str | None:
        """The one unit that is meant; None where a second is as likely, or where it is no single unit."""
        if self.kind != "unit" or not self.candidates:
            return None
        first, *others = self.candidates
        return None if any(first.score - other.score < NEAR for other in others) else first.unit


class Mention(NamedTuple):
    """A name in a text, from its first character to the one after its last, and what it means."""

    start: int
    end: int
    answer: Answer


class Own(NamedTuple):
    """A unit with names of its own: its key, all its names, the key of its place, and its days (None: open)."""

    key: str
    names: tuple[str, ...]
    place: str = ""
    since: date | None = None
    until: date | None = None
