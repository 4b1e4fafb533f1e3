"""Lexicon files in, compiled rules out: each rule has a name, a pattern, what it gives, and its examples.

A lexicon file is YAML. `words.yaml` holds named word lists; a pattern may use a list as `{name}`.
`tried: at the start` ties a pattern to the beginning of what it is tried on. A rule has lines it must match
(`must`) and must not match (`must_not`); they are tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LEXICON = "luoshi.reading.lexicon"


class BrokenLexicon(ValueError):
    """A lexicon file that cannot be used; the message names file, rule and field."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of the lexicon, what it gives, and the lines it must and must not match.

    `at_start`: the pattern is tried at the beginning of a stretch only, else anywhere in it.
    """

    name: str
    pattern: re.Pattern[str]
    at_start: bool
    gives: str | None
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    def find(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Where the pattern is found in a stretch of text."""
        end = len(text) if end is None else end
        if self.at_start:
            return self.pattern.match(text, start, end)
        return self.pattern.search(text, start, end)


@cache
def load(name: str) -> Any:
    """The content of one lexicon file."""
    text = files(LEXICON).joinpath(f"{name}.yaml").read_text("utf-8")
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as wrong:
        raise BrokenLexicon(f"{name}.yaml: {wrong}") from None


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of words.yaml, longest words first. Raises BrokenLexicon."""
    try:
        listed = load("words")[name]
    except KeyError:
        raise BrokenLexicon(f"words.yaml has no list {name}") from None
    flat = listed.split() if isinstance(listed, str) else [str(word) for word in listed]
    return tuple(sorted(set(flat), key=lambda word: (-len(word), word)))


@cache
def alternation(name: str) -> str:
    """A word list as the inside of a regular expression, longest words first."""
    return "(?:" + "|".join(re.escape(word) for word in words(name)) + ")"


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern with its `{lists}` put in."""
    return re.compile(re.sub(r"\{([a-z_]+)\}", lambda m: alternation(m.group(1)), pattern))


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of one lexicon file, in their order. Raises BrokenLexicon naming the rule."""
    made = []
    for entry in load(name):
        label = f"{name}.yaml, rule {entry.get('name', '?')}"
        try:
            made.append(
                Rule(
                    entry["name"],
                    compile_pattern(entry["pattern"]),
                    entry.get("tried", "anywhere") == "at the start",
                    entry.get("gives"),
                    tuple(entry.get("must", ())),
                    tuple(entry.get("must_not", ())),
                )
            )
        except KeyError as missing:
            raise BrokenLexicon(f"{label}: the field {missing} is missing") from None
        except re.error as wrong:
            raise BrokenLexicon(f"{label}: the pattern is broken: {wrong}") from None
    return tuple(made)


@cache
def rule(file: str, name: str) -> Rule:
    """One rule by name. Raises BrokenLexicon."""
    for each in rules(file):
        if each.name == name:
            return each
    raise BrokenLexicon(f"{file}.yaml has no rule {name}")


def first(file: str, text: str) -> Rule | None:
    """The first rule of a file whose pattern is found in the text."""
    return next((each for each in rules(file) if each.find(text)), None)
