"""A stretch of clean text in, the names of people in it out: surname, given name, and what stands around.

No dictionary of people: a name is a surname with one or two characters (or a name with ·) that stands at
the start of the stretch, behind a post or behind another name, and is followed by something that
follows names.
"""

from __future__ import annotations

import re
from functools import cache

from .rules import alternation, words

_MINORITY = "[\u4e00-\u9fff]{2,6}(?:·[\u4e00-\u9fff]{2,6})+"
# Characters of offices and numbers, which no given name holds.
_GIVEN = "[^\\W\\da-zA-Z_委副部局厅级们省市县党组席总就并会议等的了在是将与和及]"
# Two-character words that begin like a name but are none, met in the corpora in the place of one.
_NO_NAME = frozenset(words("no_name"))


@cache
def _name_pattern() -> re.Pattern[str]:
    surname = f"(?:{alternation('compound_surname')}|{alternation('surname')})"
    return re.compile(f"{_MINORITY}|{surname}{_GIVEN}{{1,2}}")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(f"(?:$|[，。、；：（）“”\\s\\d]|{alternation('after_name')})")


@cache
def _post() -> re.Pattern[str]:
    return re.compile(alternation("post"))


@cache
def _saying() -> frozenset[str]:
    return frozenset(words("say"))


def name_at(text: str, position: int) -> str | None:
    """The name that begins at a position, None if none does. A longer given name is preferred when
    what follows it can follow a name."""
    match = _name_pattern().match(text, position)
    if not match:
        return None
    for length in sorted({len(match.group()), len(match.group()) - 1}, reverse=True):
        name = text[position : position + length]
        if text[position + length - 1 : position + length + 1] in _saying():
            continue  # 张某谈到: the last character begins the verb
        if length >= 2 and name[:2] not in _NO_NAME and _after().match(text, position + length):
            return name
    return None


def names_in(text: str) -> list[tuple[int, str]]:
    """Names and where they begin: at the start, behind a post, or behind 、 after a name."""
    found: list[tuple[int, str]] = []
    position = 0
    while position < len(text):
        name = name_at(text, position)
        if name:
            found.append((position, name))
            position += len(name)
        following = _next_place(text, position, found)
        if following is None:
            break
        position = following
    return found


def _next_place(text: str, position: int, found: list[tuple[int, str]]) -> int | None:
    """The next place where a name can begin: behind 、 that follows a name, or behind a post."""
    if found and position == found[-1][0] + len(found[-1][1]) and text[position : position + 1] in tuple("、和与"):
        return position + 1
    post = _post().search(text, position)
    return post.end() if post else None
