"""The content of one YAML file in, a playbook out, or what is wrong with its form: each fault with its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from . import nouns
from .clock_forms import ClockForm
from .names import Names
from .nouns import Children, FieldKind, Playbook, StateKind, Who
from .writing import Key, Written, WrittenNames

Asked = Literal["required", "optional"]


class _Field(Written):
    kind: FieldKind
    name: WrittenNames
    choices: dict[Key, WrittenNames] = Field(default_factory=dict)


class _Evidence(Written):
    kinds: list[Key] = Field(min_length=1)
    at_least: int = Field(default=0, ge=0, le=9)


class _State(Written):
    kind: StateKind
    name: WrittenNames


class _Parts(Written):
    to: Key
    who: list[Who]


class _Opening(Written):
    name: WrittenNames
    to: Key
    who: list[Who]
    asks: dict[Key, Asked] = Field(default_factory=dict)
    parts: _Parts | None = None


class _Move(Written):
    name: WrittenNames
    sources: list[Key] = Field(alias="from", min_length=1)
    to: Key | None = None
    # Nobody is a fault of its own, said by the check.
    who: list[Who]
    asks: dict[Key, Asked] = Field(default_factory=dict)
    evidence: _Evidence | None = None
    guards: list[Key] = Field(default_factory=list)
    effects: list[Key] = Field(default_factory=list)


class Form(Written):
    """A file as it must be written. `fields` says once what each field is; moves say which they ask for."""

    key: Key
    version: int = Field(ge=1, le=9999)
    name: WrittenNames
    children: Children
    lists: dict[Key, WrittenNames] = Field(min_length=1)
    fields: dict[Key, _Field] = Field(default_factory=dict)
    evidence: dict[Key, WrittenNames] = Field(default_factory=dict)
    opening: _Opening
    states: dict[Key, _State] = Field(min_length=1)
    moves: dict[Key, _Move] = Field(min_length=1)
    clocks: dict[Key, ClockForm] = Field(default_factory=dict)

    def playbook(self) -> Playbook:
        """The nouns of a form whose names have been checked (checking.faults). Raises KeyError for a field not
        described."""
        return Playbook(
            key=self.key,
            version=self.version,
            name=self.name.noun(),
            lists=_named(self.lists),
            opening=self._opening(),
            states=tuple(nouns.State(key, state.kind, state.name.noun()) for key, state in self.states.items()),
            moves=tuple(self._move(verb, move) for verb, move in self.moves.items()),
            children=self.children,
            evidence=_named(self.evidence),
            clocks=tuple(clock.noun(key) for key, clock in self.clocks.items()),
        )

    def _opening(self) -> nouns.Opening:
        given = self.opening
        parts = nouns.Parts(given.parts.to, tuple(given.parts.who)) if given.parts else None
        return nouns.Opening(given.name.noun(), given.to, tuple(given.who), self._asked(given.asks), parts)

    def _move(self, verb: str, move: _Move) -> nouns.Move:
        evidence = move.evidence
        return nouns.Move(
            verb=verb,
            name=move.name.noun(),
            sources=tuple(move.sources),
            to=move.to,
            who=tuple(move.who),
            fields=self._asked(move.asks),
            evidence=nouns.Evidence(tuple(evidence.kinds), evidence.at_least) if evidence else nouns.Evidence(),
            guards=tuple(move.guards),
            effects=tuple(move.effects),
        )

    def _asked(self, asks: Mapping[str, Asked]) -> tuple[nouns.Field, ...]:
        described = ((key, self.fields[key], asked) for key, asked in asks.items())
        return tuple(
            nouns.Field(key, field.kind, field.name.noun(), asked == "required", _named(field.choices))
            for key, field, asked in described
        )


def _named(listed: Mapping[str, WrittenNames]) -> tuple[tuple[str, Names], ...]:
    return tuple((key, names.noun()) for key, names in listed.items())


def read_form(content: Any) -> Form | tuple[str, ...]:
    """The form of a file's content, or its faults as `path: what is wrong`."""
    if not isinstance(content, dict):
        return ("write fields and their values, beginning with 'key:'",)
    try:
        return Form.model_validate(content)
    except ValidationError as wrong:
        return tuple(_faults(wrong))


# What pydantic says of a fault, in words of a file.
SAID = {
    "missing": "is missing",
    "extra_forbidden": "no such field here",
    "string_pattern_mismatch": "not a key: lower-case letters, digits and _, a letter first, 40 at most",
}


def _faults(wrong: ValidationError) -> Iterator[str]:
    for error in wrong.errors(include_url=False):
        # A key that is wrong is reported as `lists.Tasks.[key]`, the form of a limit as `limit.[span]`.
        path = [step for step in error["loc"] if not str(step).startswith("[")]
        yield f"{written(path)}: {SAID.get(error['type'], error['msg'])}"


def written(path: list[int | str] | tuple[int | str, ...]) -> str:
    """A path as people write it: `moves.sign.from[1]`."""
    said = ""
    for step in path:
        said += f"[{step}]" if isinstance(step, int) else f".{step}" if said else str(step)
    return said
