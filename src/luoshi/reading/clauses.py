"""A comma clause in, what it is out: its cue, who stands before the cue, where a directive would begin."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .rules import Rule, compile_pattern, rule, rules
from .rules import words as words_of
from .sentences import masked
from .signs import masked_signs
from .tables import beginning, possible


class Clause(NamedTuple):
    """One comma clause: its words behind an enumerator, its cue if any, the rest behind the cue.

    `at` is where a directive that begins with this clause begins; `subject` the words before the cue; `signs` the
    rules that can be found in it, `shown` those that can be found in `words`.
    """

    start: int
    end: int
    words: str
    rest: str
    at: int
    cue: str | None
    strength: str | None
    cue_name: str | None
    subject: str
    enumerated: bool
    signs: int
    shown: int

    def shows(self, name: str) -> bool:
        """Whether a rule of openings.yaml is found in its words."""
        each = _openings()[name]
        return bool(self.shown & each.bits) and each.shown(self.words, self.shown)

    def rest_shows(self, name: str) -> bool:
        """Whether a rule of openings.yaml is found in the rest behind the cue."""
        each = _openings()[name]
        return bool(self.signs & each.bits) and each.shown(self.rest, beginning(self.rest, 0, self.signs))


@cache
def _openings() -> dict[str, Rule]:
    return {each.name: each for each in rules("openings")}


@cache
def _cueing() -> int:
    """The signs of all cues."""
    return sum(each.bits for each in rules("cues"))


def look(text: str, start: int, end: int) -> Clause:
    """One comma clause, looked at from its words."""
    words = masked(text, start, end)
    seen = masked_signs(text, start, end, words)
    shown = beginning(words, 0, seen)
    counting = _openings()["enumerator"]
    enumerator = counting.find(words) if shown & counting.bits else None
    behind = enumerator.end() if enumerator else 0
    cue = _cue(words, shown) if shown & _cueing() else None
    if cue is None and not behind:
        return Clause(start, end, words, words, start, None, None, None, "", False, seen, shown)
    bare = words[behind:]
    shown = beginning(bare, 0, seen) if behind else shown
    if cue is None:
        return Clause(start, end, bare, bare, start, None, None, None, "", True, seen, shown)
    name, strength, at, stop = cue
    subject = words[behind:at] if at >= behind else ""
    enumerated = bool(enumerator) or name == "listed"
    begins = start if at <= behind else _begins(subject, words, at, stop, start, behind)
    return Clause(
        start, end, bare, words[stop:], begins, words[at:stop], strength, name, subject, enumerated, seen, shown
    )


def _begins(subject: str, words: str, at: int, stop: int, start: int, behind: int) -> int:
    """Where a directive begins whose cue has words before it."""
    if _inside(subject, words[stop:], words[at:stop]):
        return start
    fronted = subject.find("对", 2)
    return start + behind + fronted if fronted > 0 and is_unit(subject[:fronted]) else start + at


def _cue(words: str, shown: int) -> tuple[str, str | None, int, int] | None:
    """Name, strength and place of the earliest cue of a clause, the longest where two begin together."""
    best: tuple[str, str | None, int, int] | None = None
    for each in possible("cues", words, shown):
        match = each.pattern.search(words)
        if match and (best is None or match.start() < best[2] or (match.start() == best[2] and match.end() > best[3])):
            best = (each.name, each.gives, *match.span())
    return best if best and _is_cue(words, *best) else None


def _is_cue(words: str, name: str, _: str | None, at: int, stop: int) -> bool:
    """Whether a word that is found is a cue where it stands."""
    before = words[:at]
    if before and name != "listed" and _embedded(before, words[stop:]):
        return False
    if name == "forbid" and words.endswith("的"):
        return False  # 不能确保安全的，必须…: a case, no order
    return name not in ("plain", "should") or _can_be_subject(before)


def _embedded(before: str, rest: str) -> bool:
    """Whether a cue stands deep inside a list of things to do, or in an attribute (党要管党的要求)."""
    verb_first = rule("openings", "verb-first").pattern
    if verb_first.match(before) and rule("openings", "attribute-end").find(rest):
        return True
    if "、" not in before or rule("openings", "joined-object").find(before):
        return False
    first_piece = before.split("、")[0]
    return bool(verb_first.match(first_piece)) and not is_unit(first_piece)


def _can_be_subject(before: str) -> bool:
    """Whether what stands before a cue leaves it a cue: no finished event (取得了…还要), no condition."""
    return not _NO_SUBJECT.search(before)


_NO_SUBJECT = re.compile("(?<!为)(?<!除)了|如果|即使|只有|无论|不管|需|怎么|如何|什么|想|所|就是说")


def _inside(subject: str, rest: str, cue: str) -> bool:
    """Whether the words before a cue belong to the directive: they are its object, not who must do it."""
    if rule("openings", "time-or-place").find(subject):
        return False
    if rule("openings", "joined-object").find(subject):
        return True
    if is_unit(subject):
        return False
    if cue.startswith(("都", "均", "一律")) or "不" in cue or "严禁" in cue:
        return True
    return bool(rule("openings", "intransitive").find(rest))


def is_unit(subject: str) -> bool:
    """Whether words name somebody who can be told to do something (各县区, 党员干部, 我们)."""
    subject = subject.strip()
    if subject.endswith("）"):
        subject = _BRACKET_BEHIND.sub("", subject)
    if _ends_as_unit(subject) or _EVERY.match(subject):
        return True
    bare = _behind_unit().sub("", subject)
    return bare != subject and _ends_as_unit(bare)


_BRACKET_BEHIND = re.compile("（[^）]*）$")
_EVERY = re.compile("各(?:单位|部门|级|地|县|区|市|镇|乡|学院|有关|相关|职能)")


def _ends_as_unit(words: str) -> bool:
    return words.endswith(_unit_ends().get(words[-1:], ()))


@cache
def _unit_ends() -> dict[str, tuple[str, ...]]:
    """How the names of units end, by the last character."""
    ends = words_of("unit_end")
    return {last: tuple(end for end in ends if end.endswith(last)) for last in {end[-1] for end in ends}}


@cache
def _behind_unit() -> re.Pattern[str]:
    """What may stand between a unit and its cue."""
    return compile_pattern("(?:{adverb}|都|均|，|特别是.*|尤其是.*|等|和|及|以及)+$")
