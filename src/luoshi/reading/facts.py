"""What a reading says of one report: immutable values, in offsets of the report as it came.

Those that a page has by the dozen are named tuples, which are made in a third of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

NoiseKind = Literal["pinyin", "boilerplate", "break", "advertisement", "caption", "mojibake", "doubled"]
ActionKind = Literal["work", "stance"]
Strength = Literal["must", "ensure", "push", "strive", "explore", "forbid"]
Gap = Literal["owner", "deadline", "measure"]


class Span(NamedTuple):
    """A stretch of the report: `start` and `end` (half-open, code points of the text as it came).

    `text` is the same stretch cleaned: noise removed, simplified script, full-width punctuation.
    """

    start: int
    end: int
    text: str


class Noise(NamedTuple):
    """A stretch of the report that is no part of what it says."""

    kind: NoiseKind
    start: int
    end: int


class Run(NamedTuple):
    """A stretch of extracted text that stood in one piece in its document.

    `start` is where it begins in the text; `part` names where it stood ("page 3", "paragraph 12", "Sheet1!B4";
    empty where a document has no parts, as HTML), `offset` where in that part: bytes of the decoded part for
    HTML, characters elsewhere. A run goes on to the next one.
    """

    start: int
    part: str
    offset: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a document says of itself outside its text (`<meta>`, document properties); None where nothing."""

    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    editor: str | None = None


NOTHING_KNOWN = Known()

# The rows of a table: each row its cells, each cell a stretch (start, end) of the text of the source.
Table = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A report whose text is there: its name, the sha256 of its bytes, how it was encoded, its text untouched.

    A text file is its own text; `runs` is empty. The text of any other document was extracted: `runs` leads
    back to it, `known` and `tables` are what it holds besides.
    """

    name: str
    media_type: str
    sha256: str
    encoding: str
    text: str
    runs: tuple[Run, ...] = ()
    known: Known = NOTHING_KNOWN
    tables: tuple[Table, ...] = ()


class Statement(NamedTuple):
    """What one attribution governs: who said it, with which verb, and the words."""

    id: str
    speaker: str | None
    verb: str | None
    span: Span


class Deadline(NamedTuple):
    """A time by which something must be done.

    `begins` and `by` are the first and last day (ISO 8601; `--03-12` where the year cannot be told; None where
    the words give no day: 汛期前).
    """

    span: Span
    begins: str | None
    by: str | None


Relation = Literal["at least", "at most", "about", "more than", "less than", "range", "exactly"]


class Target(NamedTuple):
    """A number to be reached: what is measured, how the value binds, value, upper end of a range, unit."""

    span: Span
    what: str | None
    relation: Relation
    value: float
    upper: float | None
    unit: str | None


class Problem(NamedTuple):
    """A shortcoming that the report says exists."""

    span: Span
    statement: str | None


class Person(NamedTuple):
    """Somebody named: the posts printed next to the name, and where the name stands in the source."""

    name: str
    posts: tuple[str, ...]
    mentions: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Relay:
    """A meeting whose spirit is passed on, and where it is named in the source."""

    meeting: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that the report itself reports; what it does not say is None or empty."""

    name: Span | None
    date: str | None
    form: Literal["video"] | None
    convener: str | None
    place: str | None
    level: str | None
    chairs: tuple[str, ...]
    speakers: tuple[str, ...]
    attendees: tuple[str, ...]
    groups: tuple[str, ...]
    presenters: tuple[str, ...]
    relays: tuple[Relay, ...]


class Action(NamedTuple):
    """One thing to do: its words, its verb and object (None where the words do not show them)."""

    id: str
    span: Span
    verb: str | None
    object: str | None
    kind: ActionKind
    reason: str
    gaps: tuple[Gap, ...] = ()


class Directive(NamedTuple):
    """A stretch that tells somebody what to do, reach, keep up or avoid, and its actions.

    An item of a split document has its owners as printed: `units` are those who `lead` and those who `support`;
    where nothing says who leads, all do. `number` is the number printed before it.
    """

    id: str
    statement: str | None
    span: Span
    cue: str | None
    strength: Strength
    actions: tuple[Action, ...]
    purpose: tuple[str, ...] = ()
    units: tuple[Span, ...] = ()
    deadline: Deadline | None = None
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    programmes: tuple[Span, ...] = ()
    problem: str | None = None
    priority: Literal["urgent", "normal"] = "normal"
    lead: tuple[Span, ...] = ()
    support: tuple[Span, ...] = ()
    number: Span | None = None


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
    publisher: str | None = None
    author: str | None = None
    editor: str | None = None
    meetings: tuple[Meeting, ...] = ()
    people: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()
