"""A comma clause in, what it is out: its cue, who stands before the cue, where a directive would begin."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .rules import compile_pattern, possible, rule
from .sentences import masked
from .signs import masked_signs


class Clause(NamedTuple):
    """One comma clause: its words behind an enumerator, its cue if any, the rest behind the cue.

    `at` is where a directive that begins with this clause begins; `subject` the words before the cue.
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

    def shows(self, name: str) -> bool:
        """Whether a rule of openings.yaml is found in its words."""
        return rule("openings", name).shown(self.words, self.signs)

    def rest_shows(self, name: str) -> bool:
        """Whether a rule of openings.yaml is found in the rest behind the cue."""
        return rule("openings", name).shown(self.rest, self.signs)


def look(text: str, start: int, end: int) -> Clause:
    """One comma clause, looked at from its words."""
    words = masked(text, start, end)
    seen = masked_signs(text, start, end, words)
    counting = rule("openings", "enumerator")
    enumerator = counting.find(words) if seen & counting.bits else None
    behind = enumerator.end() if enumerator else 0
    cue = _cue(words, seen)
    if cue is None:
        rest = words[behind:] if behind else words
        return Clause(start, end, rest, rest, start, None, None, None, "", bool(enumerator), seen)
    name, strength, at, stop = cue
    subject = words[behind:at] if at >= behind else ""
    begins = start if at <= behind else start + at
    if subject and _inside(subject, words[stop:], words[at:stop]):
        begins = start
    elif subject and (fronted := subject.find("对", 2)) > 0 and is_unit(subject[:fronted]):
        begins = start + behind + fronted
    enumerated = bool(enumerator) or name == "listed"
    bare, rest, cued = words[behind:], words[stop:], words[at:stop]
    return Clause(start, end, bare, rest, begins, cued, strength, name, subject, enumerated, seen)


def _cue(words: str, seen: int) -> tuple[str, str | None, int, int] | None:
    """Name, strength and place of the earliest cue of a clause, the longest where two begin together."""
    best: tuple[str, str | None, int, int] | None = None
    for each in possible("cues", words, seen):
        match = each.pattern.search(words)
        if match and (best is None or match.start() < best[2] or (match.start() == best[2] and match.end() > best[3])):
            best = (each.name, each.gives, *match.span())
    if best and best[0] != "listed" and _embedded(words[: best[2]], words[best[3] :]):
        return None
    if best and best[0] == "forbid" and words.endswith("的"):
        return None  # 不能确保安全的，必须…: a case, no order
    if best and best[0] in ("plain", "should") and not _can_be_subject(words[: best[2]]):
        return None
    return best


def _embedded(before: str, rest: str) -> bool:
    """Whether a cue stands deep inside a list of things to do, or in an attribute (党要管党的要求)."""
    if not before:
        return False
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
    subject = _BRACKET_BEHIND.sub("", subject.strip())
    if _EVERY.match(subject):
        return True
    if _unit_end().search(subject):
        return True
    bare = _behind_unit().sub("", subject)
    return bare != subject and bool(_unit_end().search(bare))


_BRACKET_BEHIND = re.compile("（[^）]*）$")
_EVERY = re.compile("各(?:单位|部门|级|地|县|区|市|镇|乡|学院|有关|相关|职能)")


@cache
def _unit_end() -> re.Pattern[str]:
    return compile_pattern("{unit_end}$")


@cache
def _behind_unit() -> re.Pattern[str]:
    """What may stand between a unit and its cue."""
    return compile_pattern("(?:{adverb}|都|均|，|特别是.*|尤其是.*|等|和|及|以及)+$")
