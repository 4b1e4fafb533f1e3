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


@cache
def _one(character: str) -> str:
    unified = unicodedata.normalize("NFKC", character)
    return "".join(table("radicals").get(each, each) for each in unified).translate(MARKS)


def plain(text: str) -> Plain:
    """The text without blanks and breaks, radicals and full-width letters as the characters they stand for."""
    characters, at = [], []
    for index, character in enumerate(text):
        if NOTHING.match(character):
            continue
        for each in character if "\u4e00" <= character <= "\u9fff" else _one(character):
            if not NOTHING.match(each):
                characters.append(each)
                at.append(index)
    return Plain("".join(characters), (*at, len(text)))


def unquoted(text: str) -> str:
    """The text without quotation marks: “扫黄打非”办 and 扫黄打非办 are one name."""
    return re.sub("[“”‘’\"'「」『』《》]", "", text)
