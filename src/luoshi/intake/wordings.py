"""The tables of wordings.yaml in, ready to be asked out: what is the same in other words, and what is another work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from luoshi.reading.folding import folded
from luoshi.reading.rules import words

# What stands for what says nothing: it parts the words around it.
GAP = " "


class Opposite(NamedTuple):
    """Two ways to go, each as a pattern of the words for it."""

    one: re.Pattern[str]
    other: re.Pattern[str]


class Step(NamedTuple):
    """A step of a work: its key, what it is called, the words for it."""

    key: str
    zh: str
    words: re.Pattern[str]
    # Whether it is another work where only one of two says it.
    alone: bool


class Wordings(NamedTuple):
    """The tables. `known` finds every word that is another's or says nothing, longest first; `first` says which."""

    known: re.Pattern[str]
    first: dict[str, str]
    # What says nothing, alone.
    light: re.Pattern[str]
    heads: re.Pattern[str]
    # Verbs that a clause begins with, with what says nothing among them.
    verbs: re.Pattern[str]
    manners: re.Pattern[str]
    purposes: re.Pattern[str]
    steps: tuple[Step, ...]
    opposites: tuple[Opposite, ...]
    rounds: tuple[re.Pattern[str], ...]
    # Pairs of characters that stand everywhere.
    common: frozenset[str]
    # Characters of verbs that go one way, and the other.
    forth: frozenset[str]
    back: frozenset[str]

    def plain(self, said: str) -> str:
        """Words in the first wording of each row, without what says nothing."""
        return self.known.sub(lambda match: self.first[match.group()], said)


@cache
def table() -> dict[str, Any]:
    """The file as it is."""
    loaded: dict[str, Any] = yaml.safe_load(files("luoshi.intake").joinpath("wordings.yaml").read_text("utf-8"))
    return loaded


@cache
def wordings() -> Wordings:
    """The tables, read once."""
    said = table()
    # Of one character, adverbs are too often a part of something else: 就 of 就业.
    adverbs = (word for word in words("adverb") if len(word) > 1)
    first = dict.fromkeys(map(folded, (*said["light"].split(), *adverbs)), GAP)
    first |= {folded(word): folded(row[0]) for row in said["same_words"] for word in row}
    return Wordings(
        re.compile(_any(first)),
        first,
        re.compile(_any(word for word, said_as in first.items() if said_as == GAP)),
        re.compile(f"(?:{_any(said['heads'].split())})+"),
        re.compile(f"(?:{GAP}|{_any((*words('verb'), *words('other_verb')))})+"),
        re.compile(_any(said["manners"].split())),
        re.compile(_any(said["purposes"].split())),
        tuple(_step(key, row) for key, row in said["steps"].items()),
        tuple(Opposite(re.compile(_any(one)), re.compile(_any(other))) for one, other in said["opposites"]),
        tuple(map(re.compile, said["rounds"])),
        frozenset(said["common"].split()),
        frozenset(said["turns"]["forth"]),
        frozenset(said["turns"]["back"]),
    )


def _step(key: str, row: dict[str, Any]) -> Step:
    return Step(key, row["zh"], re.compile(_any(row["words"])), bool(row.get("alone")))


def _any(listed: Iterable[str]) -> str:
    """One of the words, the longest that fits."""
    return "|".join(sorted(map(re.escape, map(folded, listed)), key=len, reverse=True))
