"""Text as it is printed in, the same text in one script for looking up out, with a way back to every character."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from .wording import table


class Plain(NamedTuple):
    """A text for looking up; `at[i]` is where its i-th character stands in the text as printed, `at[-1]` the end."""

    text: str
    at: tuple[int, ...]


# Brackets and marks as names are written with them.
MARKS = str.maketrans("(),:;〔〕[]【】﹙﹚", "（），：；（）（）（）（）")
# What stands inside a word only because a line ends there or a page has lost something.
NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]")

# All but what surely stands as it is: Han characters, letters, digits, and the marks of sentences.
OTHER = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9，。、；：（）“”！？]+")


@cache
def _one(character: str) -> str:
    unified = NOTHING.sub("", unicodedata.normalize("NFKC", character))
    return "".join(table("radicals").get(each, each) for each in unified).translate(MARKS)


def plain(text: str) -> Plain:
    """The text without blanks and breaks, radicals and full-width letters as the characters they stand for."""
    characters: list[str] = []
    at: list[int] = []
    done = 0
    for found in OTHER.finditer(text):
        start, end = found.span()
        characters.append(text[done:start])
        at.extend(range(done, start))
        for index in range(start, end):
            unified = _one(text[index])
            characters.append(unified)
            at.extend([index] * len(unified))
        done = end
    characters.append(text[done:])
    at.extend(range(done, len(text)))
    return Plain("".join(characters), (*at, len(text)))


def unquoted(text: str) -> str:
    """The text without quotation marks: “扫黄打非”办 and 扫黄打非办 are one name."""
    return re.sub("[“”‘’\"'「」『』《》]", "", text)
