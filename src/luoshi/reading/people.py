"""A stretch of clean text in, the names of people in it out: surname, given name, and what stands around.

No dictionary of people: a name is a surname with one or two characters (or a name with ·) that stands at
the start of the stretch, behind a post or behind another name, and is followed by something that
follows names. Behind a post or a name more surnames count: there 水 and 国 can hardly be anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from .rules import alternation, rule, words

# Characters of offices and numbers, which no given name holds.
_GIVEN = "[^\\W\\da-zA-Z_委副部局厅级们省市县区镇乡党组席总就并会议等的了在是将及]"
# Two-character words that begin like a name but are none, met in the corpora in the place of one.
_NO_NAME = frozenset(words("no_name"))
_JOINS = "和与"


@cache
def _name_pattern(behind: bool) -> re.Pattern[str]:
    rare = f"|{alternation('rare_surname')}" if behind else ""
    return re.compile(f"(?:{alternation('compound_surname')}|{alternation('surname')}{rare}){_GIVEN}{{1,2}}")


@cache
def _minority() -> re.Pattern[str]:
    """A name with ·, whose first part holds no post; its last part is cut by `_dotted`."""
    return re.compile(f"(?:(?!{alternation('post')})[\u4e00-\u9fff]){{1,6}}(?:·[^\\W\\da-zA-Z_副]{{2,6}})+")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(f"(?:$|[，。、；：（）“”\\s\\d]|{alternation('after_name')})")


@cache
def _long_after() -> re.Pattern[str]:
    """What follows a name in two characters or more, and so is not the end of one."""
    return re.compile(_any_of(word for word in words("after_name") if len(word) > 1))


def _any_of(listed: Iterable[str]) -> str:
    return "|".join(map(re.escape, listed))


@cache
def _goes_on() -> re.Pattern[str]:
    """What shows that 和 ended a given name (冉清和主持) and joined nothing (周明和副市长)."""
    long = _any_of(word for word in words("after_name") if len(word) > 1 and word not in words("post"))
    return re.compile(f"(?:$|[，。；：]|同志(?!们)|{long})")


@cache
def first_characters(behind: bool = False) -> frozenset[str]:
    """The characters that a name can begin with; `behind`: behind a post or a name."""
    listed = (*words("surname"), *words("compound_surname"), *(words("rare_surname") if behind else ()))
    return frozenset(word[0] for word in listed)


@cache
def _saying() -> frozenset[str]:
    return frozenset(words("say"))


def name_at(text: str, position: int, *, behind: bool = False) -> str | None:
    """The name that begins at a position, None if none does. `behind`: it stands behind a post or a name.
    A longer given name is preferred when what follows it can follow a name."""
    dotted = _minority().match(text, position) if "·" in text else None
    if dotted:
        return _dotted(text, dotted)
    if text[position : position + 1] not in first_characters(behind):
        return None
    match = _name_pattern(behind).match(text, position)
    if not match or match.group()[:2] in _NO_NAME:
        return None
    for length in (len(match.group()), len(match.group()) - 1):
        if length >= 2 and _ends(text, position + length, third=length > 2):
            return text[position : position + length]
    return None


def _ends(text: str, end: int, *, third: bool) -> bool:
    """Whether a given name can end here."""
    last = text[end - 1]
    if text[end - 1 : end + 1] in _saying():
        return False  # 张某谈到: the last character begins the verb
    if third and last == "作":
        return False  # 甘某作动员讲话
    return bool((_goes_on() if last in _JOINS else _after()).match(text, end))


def _dotted(text: str, match: re.Match[str]) -> str | None:
    """A name with · up to the last place where it can end, with no verb inside: 托合逊|主持."""
    last = text.rindex("·", match.start(), match.end()) + 1
    for end in range(match.end(), last + 1, -1):
        if not _long_after().search(text, last, end) and _after().match(text, end):
            return text[match.start() : end]
    return None


def may_stand_within(text: str) -> bool:
    """Whether a name can stand in a text anywhere but at the beginning of a clause."""
    return "·" in text or rule("names", "place").find(text) is not None


@cache
def within() -> int:
    """The signs of a name anywhere but at the beginning of a clause."""
    return rule("names", "place").bits | rule("names", "dot").bits


def may_begin(character: str) -> bool:
    """Whether a name at the beginning of a clause can begin with a character."""
    return character in first_characters()


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[tuple[int, str], ...]:
    """Names and where they begin: at the start, behind a post, or behind 、 after a name. Several stages ask
    for those of the same clause, so the last ones are remembered."""
    if not may_begin(text[:1]) and not may_stand_within(text):
        return ()
    found: list[tuple[int, str]] = []
    position = 0
    while position < len(text):
        name = name_at(text, position, behind=position > 0)
        if name:
            found.append((position, name))
            position += len(name)
        following = _next_place(text, position, found)
        if following is None:
            break
        position = following
    return tuple(found)


def _next_place(text: str, position: int, found: list[tuple[int, str]]) -> int | None:
    """The next place where a name can begin: behind 、 that follows a name, behind a post, a colon or 由."""
    if found and position == found[-1][0] + len(found[-1][1]) and text[position : position + 1] in tuple("、和与"):
        return position + 1
    place = rule("names", "place").find(text, position)
    return place.end() if place else None
