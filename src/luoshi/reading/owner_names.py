"""Words of an owner bracket or cell in, whether they name somebody who can own a task out."""

from __future__ import annotations

import re

from .people import names_in
from .rules import rule
from .sentences import Offsets

# The longest name of a unit in the lists of central, provincial and county bodies has 31 characters;
# a longer stretch is a sentence.
LONGEST_NAME = 40

_BRACKETS = re.compile("（[^）]*(?:）|$)|〔[^〕]*(?:〕|$)")


def is_name(words: str) -> bool:
    """Whether words are the name of somebody who can own a task: no time, no remark, no person."""
    words = "".join(words.split())
    bare = _BRACKETS.sub("", words) or words
    if not 2 <= len(words) <= LONGEST_NAME or rule("owners", "no-owner").find(bare):
        return False
    return not is_person(words)


def is_unit_name(words: str) -> bool:
    """Whether words end as names of units do."""
    bare = _BRACKETS.sub("", "".join(words.split()))
    return is_name(words) and bool(rule("owners", "unit").find(bare))


def is_person(words: str) -> bool:
    """Whether words are the name of a person."""
    return len(words) <= 3 and not rule("owners", "unit").find(words) and bool(names_in(words))


def places(text: str, start: int = 0, end: int | None = None) -> list[Offsets]:
    """Where places are named in short, the last of them with what they all are: 青石、下坝县人民政府."""
    found = rule("owners", "places").pattern.finditer(text, start, len(text) if end is None else end)
    return [match.span() for match in found]


def is_scope(name: str) -> bool:
    """Whether a name stands for all of a kind (各市、县（市、区）人民政府, 有关部门), which no one unit is."""
    return bool(rule("owners", "scope").find("".join(name.split())))
