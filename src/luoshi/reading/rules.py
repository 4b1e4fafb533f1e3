"""Lexicon files in, compiled rules out: each rule has a name, a pattern, what it gives, and its examples.

A lexicon file is YAML. `words.yaml` holds named word lists; a pattern may use a list as `{name}`.
`tried: at the start` ties a pattern to the beginning of what it is tried on. A rule has lines it must match
(`must`) and must not match (`must_not`); they are tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from .alternatives import alternatives
from .guards import guarded, looking_for
from .tries import trie

LEXICON = "luoshi.reading.lexicon"
# The files whose rules are looked for all over a page: their rules have bits of their own, so that one look at a
# stretch tells of all of them (signs.py).
FOUND_IN_PAGES = (
    *("openings", "cues", "joins", "kinds", "strengths", "times", "verbs", "attributions"),
    *("shortfalls", "priority", "programmes", "speech", "meetings", "addressees", "names", "lines"),
)


class BrokenLexicon(ValueError):
    """A lexicon file that cannot be used; the message names file, rule and field."""


class Way(NamedTuple):
    """An alternative of a pattern: its bit, its own find, and whether that is found at the beginning or nowhere."""

    bit: int
    find: Callable[..., re.Match[str] | None]
    pattern: re.Pattern[str]
    begins: bool


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
    # Bits of an integer, one for each alternative of the pattern: which of its file it is, or of all files that are
    # found in pages.
    bits: int
    ways: tuple[Way, ...] = field(compare=False, repr=False)
    # find(text, start, end): where the pattern is found in a stretch of text. The pattern's own method, as it
    # is called hundreds of times a page.
    find: Callable[..., re.Match[str] | None] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        find = self.pattern.match if self.at_start else self.pattern.search
        object.__setattr__(self, "find", self.ways[0].find if len(self.ways) == 1 else find)

    def shown(self, text: str, signs: int) -> bool:
        """Whether the rule is found in a text with these signs."""
        if signs & self.bits:
            for way in self.ways:
                if signs & way.bit and way.find(text):
                    return True
        return False


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
    return trie(words(name))


# A rule without alternatives is compiled as the rule and as its one alternative.
@lru_cache(maxsize=8)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern with its `{lists}` put in."""
    return re.compile(guarded(re.sub(r"\{([a-z_]+)\}", lambda m: _listed(m.group(1), m.start() == 0), pattern)))


# Beyond so many different first characters one look at the set of them is cheaper than one at each.
_MANY = 8


def _listed(name: str, leads: bool) -> str:
    """A word list as part of a pattern. Where it does not lead the pattern, one look at a character tells that no word
    begins there; where it does, `re` looks for its first characters by itself."""
    initials = frozenset(word[0] for word in words(name))
    if leads or len(initials) <= _MANY:
        return alternation(name)
    return f"(?:{looking_for(initials)}{alternation(name)})"


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of one lexicon file, in their order. Raises BrokenLexicon naming the rule."""
    made: list[Rule] = []
    bit = first_bit(name)
    for entry in load(name):
        try:
            made.append(_made(entry, bit))
        except KeyError as missing:
            raise BrokenLexicon(f"{_label(name, entry)}: the field {missing} is missing") from None
        except re.error as wrong:
            raise BrokenLexicon(f"{_label(name, entry)}: the pattern is broken: {wrong}") from None
        bit += len(made[-1].ways)
    return tuple(made)


def _label(name: str, entry: dict[str, Any]) -> str:
    return f"{name}.yaml, rule {entry.get('name', '?')}"


def _made(entry: dict[str, Any], bit: int) -> Rule:
    """One rule of a lexicon file; `bit` is the number of its first bit."""
    at_start = entry.get("tried", "anywhere") == "at the start"
    whole = compile_pattern(entry["pattern"])
    # What begins with ^ is found at the beginning or nowhere; `search` would try it at every place.
    ways = [(at_start or way.startswith("^"), compile_pattern(way)) for way in alternatives(entry["pattern"])]
    return Rule(
        entry["name"],
        whole,
        at_start,
        entry.get("gives"),
        tuple(entry.get("must", ())),
        tuple(entry.get("must_not", ())),
        ((1 << len(ways)) - 1) << bit,
        tuple(
            Way(1 << number, way.match if begins else way.search, way, begins)
            for number, (begins, way) in enumerate(ways, bit)
        ),
    )


@cache
def first_bit(name: str) -> int:
    """The number of the first bit of a file."""
    before = FOUND_IN_PAGES[: FOUND_IN_PAGES.index(name)] if name in FOUND_IN_PAGES else ()
    return first_bit(before[-1]) + len(patterns(before[-1])) if before else 0


def patterns(name: str) -> list[re.Pattern[str]]:
    """The alternatives of all rules of a file, in the order of their bits."""
    return [way.pattern for each in rules(name) for way in each.ways]


@cache
def rule(file: str, name: str) -> Rule:
    """One rule by name. Raises BrokenLexicon."""
    for each in rules(file):
        if each.name == name:
            return each
    raise BrokenLexicon(f"{file}.yaml has no rule {name}")
