"""A paragraph in, its sentences, semicolon clauses and comma clauses out, as offsets.

Marks inside quotation marks, book-title marks and brackets do not divide: “如何用好？”的问题 is one sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

Offsets = tuple[int, int]

_OPEN = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "〈": "〉", "【": "】"}
# A quotation longer than this is a speech, and its full stops do divide; the longest quoted name or
# slogan met in the corpora has 60 characters.
LONGEST_QUOTATION = 80


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its closing mark: offsets in the clean text, and which paragraph it is in."""

    start: int
    end: int
    paragraph: int


_OPENING = re.compile("[" + re.escape("".join(_OPEN)) + "]")


def covered(text: str, start: int, end: int) -> list[Offsets]:
    """Quotations, titles and brackets of a stretch: where their insides begin and end.

    An opening mark without its closing one within LONGEST_QUOTATION covers nothing.
    """
    out = []
    position = start
    while match := _OPENING.search(text, position, end):
        opened = match.start()
        at = _closing(text, opened, min(end, opened + LONGEST_QUOTATION), _OPEN[match.group()])
        position = opened + 1
        if at > 0:
            out.append((opened, at + 1))
            position = at + 1
    return out


def _closing(text: str, opened: int, reach: int, closing: str) -> int:
    """Where the mark opened at `opened` closes, nested ones of its kind counted; -1 if it does not."""
    depth = 0
    for i in range(opened, reach):
        if text[i] == text[opened]:
            depth += 1
        elif text[i] == closing:
            depth -= 1
            if depth == 0:
                return i
        elif text[i] == "\n":
            return -1
    return -1


def masked(text: str, start: int, end: int) -> str:
    """The words of a stretch with the insides of quotations, titles and brackets made opaque, one for
    one; a bracket at its beginning is an enumerator （一） and stays."""
    letters = list(text[start:end])
    for s, e in covered(text, start, end):
        if s == start and text[s] == "（":
            continue
        letters[s - start + 1 : e - start - 1] = "〇" * (e - s - 2)
    return "".join(letters)


def divide(text: str, start: int, end: int, marks: str) -> list[Offsets]:
    """Pieces of a stretch between uncovered marks; the mark ends its piece. Empty pieces are left out."""
    out = []
    position = start
    for place in _places(text, start, end, marks):
        if place < position:
            continue
        stop = place + 1
        while stop < end and text[stop] in marks + "”’":
            stop += 1
        out.append((position, stop))
        position = stop
    out.append((position, end))
    return [(s, e) for s, e in out if text[s:e].strip()]


def _places(text: str, start: int, end: int, marks: str) -> list[int]:
    """Where uncovered marks stand, and full stops that end a quotation and with it the sentence."""
    blocks = covered(text, start, end)
    found = []
    block = 0
    for match in _marks(marks).finditer(text, start, end):
        place = match.start()
        while block < len(blocks) and blocks[block][1] <= place:
            block += 1
        inside = block < len(blocks) and blocks[block][0] <= place
        last = inside and place == blocks[block][1] - 2 and text[place] in "。！？" and "。" in marks
        if not inside or (last and _ends(text, blocks[block][1], end)):
            found.append(place)
    return found


@cache
def _marks(marks: str) -> re.Pattern[str]:
    return re.compile("[" + re.escape(marks) + "]")


def _ends(text: str, position: int, end: int) -> bool:
    """Whether a quotation that ends with a full stop ends the sentence too."""
    return position >= end or text[position] not in "，、；：的等"


def trimmed(text: str, start: int, end: int, marks: str = " 　\n，、；：。！？") -> Offsets:
    """A stretch without spaces and marks at its ends."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end


def sentences(text: str, paragraphs: list[Offsets]) -> list[Sentence]:
    """All sentences of the paragraphs, in order, without the spaces around them."""
    out = []
    for number, (start, end) in enumerate(paragraphs):
        for s, e in divide(text, start, end, "。！？"):
            s, e = trimmed(text, _behind_owners(text, s, e), e, " 　\n")
            if e > s and re.search(r"\w", text[s:e]):
                out.append(Sentence(s, e, number))
    return out


# A bracket of owners stands behind the sentence that it belongs to, not in the next.
_OWNERS = re.compile(r"\s*（(?:责任|牵头|配合|主办|承办|实施)(?:单位|部门)?[：:][^）]*）")


def _behind_owners(text: str, start: int, end: int) -> int:
    match = _OWNERS.match(text, start, end)
    return match.end() if match else start


def clauses(text: str, start: int, end: int) -> list[Offsets]:
    """Comma clauses of a stretch, without their marks."""
    return [trimmed(text, s, e) for s, e in divide(text, start, end, "，")]


def segments(text: str, start: int, end: int) -> list[Offsets]:
    """Semicolon clauses of a sentence, without their marks; an enumeration behind a colon is divided off."""
    out = []
    for s, e in divide(text, start, end, "；"):
        for a, b in _at_colons(text, s, e):
            a, b = trimmed(text, a, b)
            if b > a:
                out.append((a, b))
    return out


_LISTED = re.compile(
    "[一二三四五六七八九十]{1,3}[要是]|第[一二三四五六七八九十]|首先|其一|（[一二三四五六七八九十]+）|1[.、]"
)


def _at_colons(text: str, start: int, end: int) -> list[Offsets]:
    out = []
    position = start
    for _, e in divide(text, start, end, "："):
        if e < end and text[e - 1] == "：" and _LISTED.match(text, e):
            out.append((position, e))
            position = e
    out.append((position, end))
    return out
