"""The content of one YAML file in, a prepared set out, or what is wrong with it: each fault with its path."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from luoshi.ledger.playbook.schema import SAID, written
from luoshi.ledger.playbook.writing import Key, Written, WrittenNames

from .nouns import LEVELS, Example, Level, LevelKey, Limit, LimitUnit, Prepared, PreparedSet

# A line of a form on a telephone, and well below what a part may say (300).
Task = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=80)]
# A quarter of a year; whatever takes longer is no response.
LONGEST = {"hours": 72, "days": 90, "working_days": 60}
Evidence = Literal["document", "table", "record", "photo"]


class _Within(Written):
    hours: int | None = Field(default=None, ge=1, le=LONGEST["hours"])
    days: int | None = Field(default=None, ge=1, le=LONGEST["days"])
    working_days: int | None = Field(default=None, ge=1, le=LONGEST["working_days"])

    def given(self) -> list[Limit]:
        """The limits that are written."""
        units: tuple[LimitUnit, ...] = ("hours", "days", "working_days")
        return [Limit(unit, getattr(self, unit)) for unit in units if getattr(self, unit) is not None]


class _Item(Written):
    line: Key
    words: Task
    within: _Within
    evidence: list[Evidence] = Field(default_factory=list)


class _Level(Written):
    when: WrittenNames
    items: dict[Key, _Item] = Field(min_length=1)


class _Example(Written):
    level: LevelKey
    at: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d \d\d:\d\d$")]
    opens: dict[Key, datetime.date]


class Form(Written):
    """A file as it must be written."""

    key: Key
    version: int = Field(ge=1, le=9999)
    name: WrittenNames
    levels: dict[LevelKey, _Level] = Field(min_length=1)
    examples: list[_Example] = Field(min_length=1)

    def prepared(self) -> PreparedSet:
        """The nouns of a form without faults."""
        ordered = sorted(self.levels.items(), key=lambda pair: LEVELS.index(pair[0]))
        return PreparedSet(
            self.key,
            self.version,
            self.name.noun(),
            tuple(_level(key, level) for key, level in ordered),
            tuple(Example(each.level, each.at, tuple(each.opens.items())) for each in self.examples),
        )


def _level(key: LevelKey, level: _Level) -> Level:
    items = (
        Prepared(name, item.line, item.words, item.within.given()[0], tuple(item.evidence))
        for name, item in level.items.items()
    )
    return Level(key, level.when.noun(), tuple(items))


def read_set(content: Any, lines: frozenset[str]) -> PreparedSet | tuple[str, ...]:
    """The set that a file says, or its faults as `path: what is wrong`. `lines`: the keys that lines have."""
    if not isinstance(content, dict):
        return ("write fields and their values, beginning with 'key:'",)
    try:
        form = Form.model_validate(content)
    except ValidationError as wrong:
        return tuple(_said(wrong))
    return tuple(_faults(form, lines)) or form.prepared()


def _said(wrong: ValidationError) -> Iterator[str]:
    for error in wrong.errors(include_url=False):
        at = written([step for step in error["loc"] if step != "[key]"])
        yield f"{at}: {SAID.get(error['type'], error['msg'])}"


def _faults(form: Form, lines: frozenset[str]) -> Iterator[str]:
    """What is wrong with the whole, each field being right."""
    first: dict[str, str] = {}
    for level, content in form.levels.items():
        for key, item in content.items.items():
            at = f"levels.{level}.items.{key}"
            if key in first:
                yield f"{at}: {first[key]} has an item of this key: a key is of one item in all levels"
            first.setdefault(key, level)
            if item.line not in lines:
                yield f"{at}.line: no line {item.line!r}: the keys of lines stand in places/lines/data"
            if len(item.within.given()) != 1:
                yield f"{at}.within: give one of hours, days, working_days"
            if len(set(item.evidence)) < len(item.evidence):
                yield f"{at}.evidence: one kind is written twice"
    for number, example in enumerate(form.examples):
        if example.level not in form.levels:
            yield f"examples[{number}].level: this set has no level {example.level!r}"
