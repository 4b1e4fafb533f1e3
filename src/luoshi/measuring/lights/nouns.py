"""The values of lights: how an item stands, its light with the reason, what a person judged, a rule as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from luoshi.ledger.playbook import Names

Kind = Literal["open", "waiting", "done", "dropped"]
# What may be wrong with work in hand.
Wrong = Literal["over", "milestones_late", "refused"]
Colour = Literal["ink", "quiet", "green", "blue", "yellow", "amber", "orange", "red"]


class Confidence(NamedTuple):
    """What a person thinks of whether it will be done: a level of the scale, why, on which day, who."""

    level: str
    reason: str
    on: date
    by: str


class Standing(NamedTuple):
    """How an item stands, as a rule may ask.

    `due_at`: an aware moment, when its limit is over (a day ends at 24:00 in China); None without one, and while it
    stands still; `since`: from when on it stands still; `unanswered`: reminders since it was last answered.
    """

    kind: Kind
    due_at: datetime | None = None
    still: bool = False
    since: datetime | None = None
    milestones_late: bool = False
    refused: bool = False
    unanswered: int = 0
    important: bool = False
    confidence: Confidence | None = None


class Light(NamedTuple):
    """A light: its key in the rule, the shape that says it without colour, its word, its colour, why, by which rule."""

    key: str
    shape: str
    word: Names
    colour: Colour
    reason: Names
    rule: str
    version: int


class Judgement(NamedTuple):
    """What a person judged, as it is shown: no date makes it, and it makes no light."""

    key: str
    shape: str
    word: Names
    colour: Colour
    meaning: Names
    reason: str
    on: date
    by: str
    rule: str
    version: int


class Shown(NamedTuple):
    """The two beside each other; neither knows of the other."""

    light: Light
    judgement: Judgement | None


class Span(NamedTuple):
    """A number of days of the calendar, or of working days."""

    days: int
    working: bool = False


class When(NamedTuple):
    """What must hold for a row to fit: all that is given. `over`: the limit is over, by so many days or more; `within`:
    it is not over, and ends in so many days or fewer; `unanswered`: so many reminders or more; 0: not asked; `any`: one
    of these faults at least."""

    kinds: frozenset[str] = frozenset()
    undated: bool = False
    still: bool = False
    over: Span | None = None
    within: Span | None = None
    milestones_late: bool = False
    refused: bool = False
    important: bool = False
    unanswered: int = 0
    any: frozenset[Wrong] = frozenset()


class Lamp(NamedTuple):
    """What a light of a rule looks like."""

    shape: str
    word: Names
    colour: Colour


class Row(NamedTuple):
    """A row of a rule: which light, when, because of what; `{days}` and the like in the words are filled in."""

    light: str
    when: When
    because: Names


class Example(NamedTuple):
    """How an item stands at a moment, and which light it must have, because of what."""

    standing: Standing
    now: datetime
    light: str
    because: str


class Rule(NamedTuple):
    """A rule: lights by key, rows of which the first that fits decides, where it is from and what of it is ours."""

    key: str
    version: int
    name: Names
    source: str
    ours: str
    lights: Mapping[str, Lamp]
    rows: tuple[Row, ...]
    examples: tuple[Example, ...]
    # Whether it counts working days, so that a calendar is needed.
    counts: bool


class Level(NamedTuple):
    """A level of the scale of confidence."""

    shape: str
    word: Names
    colour: Colour
    meaning: Names


class Scale(NamedTuple):
    """The levels that a person chooses from, best first."""

    key: str
    version: int
    source: str
    levels: Mapping[str, Level]
