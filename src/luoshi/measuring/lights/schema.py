"""The content of a rule's YAML file in, the rule out, or everything that is wrong with it, each fault with its path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from luoshi.ledger.clocks.days import end_of
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.playbook.writing import Written, WrittenNames

from .lighting import FILLINGS
from .nouns import Colour, Example, Kind, Lamp, Row, Rule, Span, Standing, When, Wrong

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
Shape = Annotated[str, StringConstraints(min_length=1, max_length=1)]
# Ten years: nothing is looked at from further away.
Days = Annotated[int, Field(ge=0, le=3660)]
Yes = Literal[True]
# Of every rule: what has no deadline, and what is over, is told apart from what runs.
NEEDED = ("undated", "done", "dropped")


class BrokenRule(ValueError):
    """A rule that cannot be used: every fault as `FILE: path: what is wrong`, one a line."""


class _Span(Written):
    days: Days | None = None
    working_days: Days | None = None

    def noun(self) -> Span:
        return Span(self.days or 0) if self.working_days is None else Span(self.working_days, True)


class _When(Written):
    kinds: list[Kind] = Field(default_factory=list)
    undated: Yes | None = None
    still: Yes | None = None
    over: _Span | None = None
    within: _Span | None = None
    milestones_late: Yes | None = None
    refused: Yes | None = None
    important: Yes | None = None
    unanswered: int = Field(default=0, ge=0, le=99)
    any: list[Wrong] = Field(default_factory=list)

    def noun(self) -> When:
        return When(
            kinds=frozenset(self.kinds),
            undated=self.undated is True,
            still=self.still is True,
            over=self.over.noun() if self.over else None,
            within=self.within.noun() if self.within else None,
            milestones_late=self.milestones_late is True,
            refused=self.refused is True,
            important=self.important is True,
            unanswered=self.unanswered,
            any=frozenset(self.any),
        )


class _Lamp(Written):
    shape: Shape
    word: WrittenNames
    colour: Colour


class _Row(Written):
    light: Key
    when: _When = Field(default_factory=_When)
    because: WrittenNames


class _Given(Written):
    now: str
    kind: Kind = "open"
    due: date | str | None = None
    since: date | None = None
    still: bool = False
    milestones_late: bool = False
    refused: bool = False
    unanswered: int = 0
    important: bool = False


class _Example(Written):
    given: _Given
    light: Key
    because: str

    def noun(self) -> Example:
        said = self.given
        since = datetime.combine(said.since, datetime.min.time(), CHINA) if said.since else None
        due = end_of(said.due) if isinstance(said.due, date) else _moment(said.due) if said.due else None
        flags = (said.milestones_late, said.refused, said.unanswered, said.important)
        return Example(Standing(said.kind, due, said.still, since, *flags), _moment(said.now), self.light, self.because)


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=CHINA)


class Form(Written):
    """A file as it must be written."""

    key: Key
    version: int = Field(ge=1, le=9999)
    name: WrittenNames
    source: str
    ours: str
    lights: dict[Key, _Lamp]
    rows: list[_Row] = Field(min_length=1)
    examples: list[_Example] = Field(min_length=1)

    def noun(self) -> Rule:
        """The rule that it is."""
        rows = tuple(Row(row.light, row.when.noun(), row.because.noun()) for row in self.rows)
        lamps = {key: Lamp(lamp.shape, lamp.word.noun(), lamp.colour) for key, lamp in self.lights.items()}
        spans = [span for row in rows for span in (row.when.over, row.when.within) if span]
        counts = any(span.working for span in spans) or any("{working_days}" in row.because.zh for row in rows)
        examples = tuple(example.noun() for example in self.examples)
        head = (self.key, self.version, self.name.noun(), self.source.strip(), self.ours.strip())
        return Rule(*head, lamps, rows, examples, counts)


def read_rule(content: Any, file: str) -> Rule:
    """The rule of a file. Raises BrokenRule with all that is wrong."""
    try:
        form = Form.model_validate(content)
        faults = list(_faults(form))
        if not faults:
            return form.noun()
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
    except ValueError as error:
        faults = [f"examples: {error}"]
    raise BrokenRule("\n".join(f"{file}: {fault}" for fault in faults))


def _faults(form: Form) -> Iterator[str]:
    """What does not fit together: lights that are not there, rows that nothing comes to, words nobody fills in."""
    used = {row.light for row in form.rows}
    yield from (f"rows: there is no light {key}" for key in sorted(used - form.lights.keys()))
    yield from (f"lights.{key}: no row lights it" for key in sorted(form.lights.keys() - used))
    yield from (f"lights: {key} is needed" for key in NEEDED if key not in form.lights)
    always = [number for number, row in enumerate(form.rows) if row.when == _When()]
    if always != [len(form.rows) - 1]:
        yield "rows: the last one, and no other, must fit always (without `when`)"
    for number, row in enumerate(form.rows):
        named = [set(re.findall(r"{(\w+)}", words)) for words in (row.because.zh, row.because.en)]
        if named[0] != named[1] or named[0] - FILLINGS.keys():
            yield f"rows.{number}.because: both languages name the same of {', '.join(FILLINGS)}"
        for span in (row.when.over, row.when.within):
            if span and span.days is not None and span.working_days is not None:
                yield f"rows.{number}.when: days or working_days, not both"
