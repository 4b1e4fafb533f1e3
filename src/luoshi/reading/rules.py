"""Lexicon files in, compiled rules out: each rule has a name, a pattern, what it gives, and its examples.

A lexicon file is YAML. `words.yaml` holds named word lists; a pattern may use a list as `{name}`.
`tried: at the start` ties a pattern to the beginning of what it is tried on. A rule has lines it must match
(`must`) and must not match (`must_not`); they are tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from .alternatives import alternatives
from .guards import Initials, guarded, is_han, looking_for
from .tries import trie
from .triggers import Index

LEXICON = "luoshi.reading.lexicon"
# The files whose rules are looked for all over a page: their rules have bits of their own, so that one look at a
# stretch tells of all of them (signs.py).
FOUND_IN_PAGES = (
    *("openings", "cues", "joins", "kinds", "strengths", "times", "verbs", "attributions"),
    *("shortfalls", "priority", "programmes", "speech", "meetings", "addressees", "names"),
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
    bit = _first_bit(name)
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
def _first_bit(name: str) -> int:
    """The number of the first bit of a file."""
    before = FOUND_IN_PAGES[: FOUND_IN_PAGES.index(name)] if name in FOUND_IN_PAGES else ()
    return _first_bit(before[-1]) + len(patterns(before[-1])) if before else 0


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


@cache
def _index(file: str) -> Index:
    return Index(patterns(file))


def possible(file: str, text: str, signs: int | None = None) -> list[Rule]:
    """The rules of a file that can be found in a text, in their order; `signs`: those of the text, where known."""
    return table(file).possible(text, signs)


def first(file: str, text: str, signs: int | None = None) -> Rule | None:
    """The first rule of a file whose pattern is found in the text; `signs`: those of the text, where known."""
    return table(file).first(text, signs)


class Table:
    """The alternatives of a file in their order, and which can be found in a text by its first character."""

    def __init__(self, file: str) -> None:
        ways = [(each, way) for each in rules(file) for way in each.ways]
        # Each under the length of its bit.
        self._ways = {way.bit.bit_length(): (each, way.find) for each, way in ways}
        self._file, self._first_bit = file, _first_bit(file)
        starts = [(way.bit, Initials(way.pattern.pattern) if way.begins else None) for _, way in ways]
        self._by_initial: dict[str, int] = {}
        for character in {c for _, start in starts if start for c in start.known or ()}:
            self._by_initial[character] = _union(starts, character)
        self._other_han, self._no_han = _union(starts, "\u4e00", known=False), _union(starts, "", known=False)

    def bits(self, text: str, signs: int | None) -> int:
        """The signs of the alternatives that can be found in a text; `signs`: those of the text, where known."""
        if signs is None:
            signs = _index(self._file).possible(text) << self._first_bit
        character = text[:1]
        listed = self._by_initial.get(character)
        if listed is None:
            listed = self._other_han if is_han(character) else self._no_han
        return signs & listed

    def possible(self, text: str, signs: int | None) -> list[Rule]:
        """The rules that can be found in a text, in their order."""
        bits = self.bits(text, signs)
        out: list[Rule] = []
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            each, _ = self._ways[lowest.bit_length()]
            if not out or out[-1] is not each:
                out.append(each)
        return out

    def first(self, text: str, signs: int | None) -> Rule | None:
        """The first rule that is found in a text."""
        bits = self.bits(text, signs)
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            each, find = self._ways[lowest.bit_length()]
            if find(text):
                return each
        return None


def _union(starts: list[tuple[int, Initials | None]], character: str, known: bool = True) -> int:
    """The bits of the alternatives that can be found in a text with a first character; `known`: one of those listed."""
    bits = 0
    for bit, start in starts:
        listed = known and start is not None and character in (start.known or ())
        if (
            start is None
            or start.may_be_empty
            or start.known is None
            or listed
            or (start.others and not is_han(character))
        ):
            bits |= bit
    return bits


@cache
def table(file: str) -> Table:
    """The table of a file."""
    return Table(file)
