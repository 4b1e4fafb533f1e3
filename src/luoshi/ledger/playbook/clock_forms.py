"""The clocks of a playbook file as they must be written in, their nouns out."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from . import clocks as nouns
from .clocks import Addressee
from .writing import Key, Written, WrittenNames

# Ten years in working days: no clock of a ledger is longer, and a slip of the finger often is.
LONGEST = 2600


class SpanForm(Written):
    """A length of time: one unit with its number."""

    working_days: int | None = Field(default=None, ge=0, le=LONGEST)
    days: int | None = Field(default=None, ge=0, le=LONGEST)
    hours: int | None = Field(default=None, ge=0, le=LONGEST)
    months: int | None = Field(default=None, ge=1, le=120)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1 or None in self._given().values():
            raise ValueError("write one of working_days, days, hours, months")
        return self

    def _given(self) -> dict[str, int | None]:
        return {name: getattr(self, name) for name in self.model_fields_set}

    def noun(self) -> nouns.Span:
        """The span as a plain value."""
        unit, number = next(iter(self._given().items()))
        return nouns.Span(unit, number or 0)  # type: ignore[arg-type]


class UntilForm(Written):
    """Up to the date in a field."""

    field: Key

    def noun(self) -> nouns.Until:
        """The limit as a plain value."""
        return nouns.Until(self.field)


class ByChoiceForm(Written):
    """As long as a choice says."""

    by: Key
    choices: dict[Key, SpanForm] = Field(min_length=1)
    otherwise: SpanForm | None = None

    def noun(self) -> nouns.ByChoice:
        """The limit as a plain value."""
        choices = tuple((key, span.noun()) for key, span in self.choices.items())
        return nouns.ByChoice(self.by, choices, self.otherwise.noun() if self.otherwise else None)


def _form_of(limit: Any) -> str:
    """Which form a limit is meant to have, so that its faults are told of that form alone."""
    written = limit if isinstance(limit, dict) else {}
    return "[until]" if "field" in written else "[choice]" if "by" in written else "[span]"


LimitForm = Annotated[
    Annotated[SpanForm, Tag("[span]")]
    | Annotated[UntilForm, Tag("[until]")]
    | Annotated[ByChoiceForm, Tag("[choice]")],
    Discriminator(_form_of),
]


class RungForm(Written):
    """A step of the ladder: before or after the end."""

    before: SpanForm | None = None
    after: SpanForm | None = None
    verb: Key
    given: dict[Key, str] = Field(default_factory=dict, alias="with")
    tell: list[Addressee] = Field(min_length=1)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.before is None) is (self.after is None):
            raise ValueError("write one of before, after")
        return self

    def noun(self, key: str) -> nouns.Rung:
        """The step as a plain value."""
        span = self.before or self.after
        if span is None:
            raise ValueError(key)
        return nouns.Rung(
            key, self.before is not None, span.noun(), self.verb, tuple(self.given.items()), tuple(self.tell)
        )


class ExtensionForm(Written):
    """How a limit may be extended."""

    times: int = Field(ge=1, le=9)
    most: SpanForm | None = None
    ask_before: SpanForm | None = None

    def noun(self) -> nouns.Extension:
        """The extension as a plain value."""
        most, ask = (each.noun() if each else None for each in (self.most, self.ask_before))
        return nouns.Extension(self.times, most, ask)


class ClockForm(Written):
    """A clock as it must be written."""

    name: WrittenNames
    starts: list[Key] = Field(min_length=1)
    runs: list[Key] = Field(min_length=1)
    waits: list[Key] = Field(default_factory=list)
    limit: LimitForm
    rest_end: Literal["next_working_day"] | None = None
    repeats: bool = False
    statutory: Key | None = None
    extension: ExtensionForm | None = None
    lights: bool = True
    steps: dict[Key, RungForm] = Field(default_factory=dict)

    def noun(self, key: str) -> nouns.Clock:
        """The clock as a plain value."""
        return nouns.Clock(
            key=key,
            name=self.name.noun(),
            starts=tuple(self.starts),
            runs=tuple(self.runs),
            waits=tuple(self.waits),
            limit=self.limit.noun(),
            steps=tuple(step.noun(name) for name, step in self.steps.items()),
            rest_end=self.rest_end is not None,
            repeats=self.repeats,
            statutory=self.statutory,
            extension=self.extension.noun() if self.extension else None,
            lights=self.lights,
        )
