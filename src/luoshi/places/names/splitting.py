"""A printed owner in; the bare name without roles and asides, and the names that stand in one text, out."""

from __future__ import annotations

import re

from .script import plain, unquoted
from .wording import pattern

# Between names: outside brackets only.
SEPARATOR = re.compile("[、，；,;/|]|以及")
# Words that join names, and also stand inside of them (发展和改革).
JOINTS = re.compile("和|及|与|会同|同")
# A label, a role, 等部门 and a stop, once more each: more stand around no name.
MOST_ENDS = 8
# An office with more plates than two beside its name has not been seen.
MOST_PLATES = 2
# Two full names with a word between have at most some sixty characters; what is longer is a sentence.
LONGEST_JOINED = 80
ASIDE = re.compile("（([^（）]*)）")


def trimmed(name: str) -> str:
    """The name alone: roles, labels, asides in brackets and quotation marks off."""
    text = without_asides(unquoted(plain(name).text))
    for _ in range(MOST_ENDS):
        before = text
        if head := pattern("heads").match(text):
            text = text[head.end() :]
        for end in re.finditer(f"(?:{pattern('tails').pattern})$", text):
            # 负责 alone is no name that something could be cut from.
            text = text[: end.start()] or text
            break
        if text == before:
            break
    return _balanced(text)


def without_asides(text: str) -> str:
    """The text without brackets that hold no name: （筹）, （牵头）."""
    return ASIDE.sub(lambda found: "" if pattern("asides").fullmatch(found[1]) else found[0], text)


def _balanced(text: str) -> str:
    """A bracket that closes without having been opened is left over from the sentence around the name."""
    return text[:-1] if text.endswith("）") and text.count("（") < text.count("）") else text


def parts(text: str, separator: re.Pattern[str] = SEPARATOR) -> list[str]:
    """The text between separators that are in no bracket."""
    out, depth, start = [], 0, 0
    for found in re.finditer(f"[（）]|{separator.pattern}", text):
        if found[0] in "（）":
            depth = max(0, depth + (1 if found[0] == "（" else -1))
        elif not depth:
            out.append(text[start : found.start()])
            start = found.end()
    return [part for part in (*out, text[start:]) if part]


def halves(text: str) -> list[tuple[str, str]]:
    """Each way to cut a text in two at a joining word that is in no bracket; none of a text too long for names."""
    if len(text) > LONGEST_JOINED:
        return []
    return [
        (text[: found.start()], text[found.end() :])
        for found in JOINTS.finditer(text)
        if text[: found.start()].count("（") == text[: found.start()].count("）")
        and found.start()
        and text[found.end() :]
    ]


def adjoining(text: str) -> list[tuple[str, str]]:
    """Each way to cut a text in two where the second part begins with a rank, the last first: 浙江省委省政府."""
    if len(text) > LONGEST_JOINED:
        return []
    cuts = [found.start() for found in re.finditer("(?<=..)[省市县区州盟旗](?=..?)", text)]
    return [(text[:at], text[at:]) for at in reversed(cuts)]


def plates(text: str) -> list[str]:
    """The names of one office with several plates: 省委网信办（省数据局）, 省市场监管（知识产权）局."""
    found = ASIDE.search(text)
    if not found or not found.start() or len(text) > LONGEST_JOINED or text.count("（") > MOST_PLATES:
        return []
    before, inner, after = text[: found.start()], found[1], text[found.end() :]
    if not after:
        return [before, inner]
    rank = re.match("省委?|市委?|县委?|区委?|", before)
    return [before + after, (rank[0] if rank else "") + inner + after]
