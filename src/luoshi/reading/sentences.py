"""A paragraph in, its sentences, semicolon clauses and comma clauses out, as offsets.

Marks inside quotation marks, book-title marks and brackets do not divide: “如何用好？”的问题 is one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

Offsets = tuple[int, int]

_OPEN = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "〈": "〉", "【": "】"}
# A quotation longer than this is a speech, and its full stops do divide; the longest quoted name or
# slogan met in the corpora has 60 characters.
LONGEST_QUOTATION = 80


class Sentence(NamedTuple):
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
    for match in _OPENING.finditer(text, start, end):
        opened = match.start()
        if opened >= position:
            at = _closing(text, opened, min(end, opened + LONGEST_QUOTATION), _OPEN[text[opened]])
            if at > 0:
                out.append((opened, at + 1))
                position = at + 1
    return out


def _closing(text: str, opened: int, reach: int, closing: str) -> int:
    """Where the mark opened at `opened` closes, nested ones of its kind counted; -1 if it does not."""
    at = text.find(closing, opened, reach)
    if at < 0 or (text.find(text[opened], opened + 1, at) < 0 and text.find("\n", opened, at) < 0):
        return at
    depth = 0
    for match in _pair(text[opened], closing).finditer(text, opened, reach):
        mark = match.group()
        if mark == "\n":
            return -1
        depth += 1 if mark != closing else -1
        if depth == 0:
            return match.start()
    return -1


@cache
def _pair(opening: str, closing: str) -> re.Pattern[str]:
    """What the closing mark of a pair is looked for among."""
    return re.compile(f"[{re.escape(opening + closing)}\n]")


class Layout:
    """A text with its quotations, titles and brackets found once, and its marks as they are asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks = covered(text, 0, len(text))
        pieces: list[str] = []
        position = 0
        # Whether a place lies inside a quotation, so that a stretch that begins or ends there is looked at on its own.
        self.cut = bytearray(len(text) + 1)
        # A full stop that ends a quotation may end the sentence: its place, and where the quotation ends.
        self._last: dict[int, int] = {}
        for s, e in self.blocks:
            pieces += (text[position : s + 1], "〇" * (e - s - 2))
            position = e - 1
            self.cut[s + 1 : e] = b"\1" * (e - s - 1)
            if text[e - 2] in "。！？":
                self._last[e - 2] = e
        self.hidden = "".join([*pieces, text[position:]])
        self.commas = _commas(text, self.hidden)
        # The comma clauses of stretches, as several stages ask for those of the same.
        self.clauses: dict[Offsets, tuple[Offsets, ...]] = {}

    def block_at(self, start: int) -> Offsets:
        """The quotation, title or bracket that begins at a place."""
        return self.blocks[bisect_left(self.blocks, (start,))]

    def places(self, marks: str, start: int, end: int) -> list[int]:
        """Where uncovered marks stand in a stretch, and full stops that end a quotation and the sentence."""
        if len(marks) == 1 and self.hidden.find(marks, start, end) < 0:
            return []
        found = [match.start() for match in _marks(marks).finditer(self.hidden, start, end)]
        if "。" not in marks or not self._last:
            return found
        last, text = self._last, self.text
        found += [p for p in last if start <= p < end and text[p] in marks and _ends(text, last[p], end)]
        return sorted(found)


@cache
def _marks(marks: str) -> re.Pattern[str]:
    return re.compile("[" + re.escape(marks) + "]")


class Commas(NamedTuple):
    """The uncovered commas of a text, several side by side as one: where each stands, where the piece that it ends
    stops, and that piece without its marks."""

    places: list[int]
    stops: list[int]
    pieces: list[Offsets]


def _commas(text: str, hidden: str) -> Commas:
    places: list[int] = []
    stops: list[int] = []
    pieces: list[Offsets] = []
    position = 0
    place = hidden.find("，")
    while place >= 0:
        begins, position = position, _behind(text, place, len(text), "，”’")
        places.append(place)
        stops.append(position)
        # Most pieces end with their comma and have no other mark around them.
        bare = position == place + 1 and text[begins] not in EDGES and text[place - 1] not in EDGES
        pieces.append((begins, place) if bare and place > begins else trimmed(text, begins, position))
        place = hidden.find("，", position)
    return Commas(places, stops, pieces)


def _behind(text: str, place: int, end: int, closing: str) -> int:
    """Where a mark with what closes behind it ends."""
    while True:
        place += 1
        if place == end or text[place] not in closing:
            return place


@lru_cache(maxsize=8)
def layout(text: str) -> Layout:
    """Every stage divides the same text, so its layout is remembered for as long as its reading goes on."""
    return Layout(text)


def masked(text: str, start: int, end: int) -> str:
    """The words of a stretch with the insides of quotations, titles and brackets made opaque, one for
    one; a bracket at its beginning is an enumerator （一） and stays."""
    page = layout(text)
    if page.cut[start] or page.cut[end]:
        return masked(text[start:end], 0, end - start)
    hidden = page.hidden[start:end]
    if hidden[:2] != "（〇":
        return hidden
    behind = page.block_at(start)[1] - start
    return text[start : start + behind] + hidden[behind:]


def divide(text: str, start: int, end: int, marks: str) -> list[Offsets]:
    """Pieces of a stretch between uncovered marks; the mark ends its piece. Empty pieces are left out."""
    page = layout(text)
    if page.cut[start] or page.cut[end]:
        return [(s + start, e + start) for s, e in divide(text[start:end], 0, end - start, marks)]
    places = page.places(marks, start, end)
    if not places:
        return [(start, end)] if text[start:end].strip() else []
    out: list[Offsets] = []
    position = start
    closing = marks + "”’"
    for place in places:
        if place >= position:
            out.append((position, _behind(text, place, end, closing)))
            position = out[-1][1]
    out.append((position, end))
    if len(out) == 1 or "\n" in marks:
        return [(s, e) for s, e in out if text[s:e].strip()]
    if not text[position:end].strip():
        out.pop()
    return out


def _ends(text: str, position: int, end: int) -> bool:
    """Whether a quotation that ends with a full stop ends the sentence too."""
    return position >= end or text[position] not in "，、；：的等"


# The marks around clauses and sentences.
EDGES = " 　\n，、；：。！？"


def trimmed(text: str, start: int, end: int, marks: str = EDGES) -> Offsets:
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
            for a, b in _bounded(text, s, e) if e - s > LONGEST_SENTENCE else ((s, e),):
                if text[a:b][:1].isalnum() or _WORD.search(text, a, b):
                    out.append(Sentence(a, b, number))
    return out


_WORD = re.compile(r"\w")
# A longer stretch without a full stop is cut, so that no text can take time out of proportion to its length.
# The longest sentence of the corpora has 757 characters; it is a list of names.
LONGEST_SENTENCE = 1000


def _bounded(text: str, start: int, end: int) -> Iterator[Offsets]:
    """A sentence as it is; a longer one than any in pieces, cut behind a comma where there is one."""
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start + 1, start + LONGEST_SENTENCE) for mark in "；，、") + 1
        cut = cut or start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if end > start:
        yield start, end


# A bracket of owners stands behind the sentence that it belongs to, not in the next.
_OWNERS = re.compile(r"\s*（(?:责任|牵头|配合|主办|承办|实施)(?:单位|部门)?[：:][^）]*）")


def _behind_owners(text: str, start: int, end: int) -> int:
    if text[start] != "（" and not text[start].isspace():
        return start
    match = _OWNERS.match(text, start, end)
    return match.end() if match else start


def clauses(text: str, start: int, end: int) -> tuple[Offsets, ...]:
    """Comma clauses of a stretch, without their marks."""
    page = layout(text)
    found = page.clauses.get((start, end))
    if found is None:
        found = page.clauses[start, end] = tuple(_clauses(page, start, end))
    return found


def _clauses(page: Layout, start: int, end: int) -> list[Offsets]:
    """Comma clauses: the first and the last as the stretch cuts them, those between as the page has them."""
    text, (places, stops, pieces) = page.text, page.commas
    low = bisect_left(places, start)
    high = bisect_left(places, end, low)
    if page.cut[start] or page.cut[end] or (low and stops[low - 1] > start) or (high and stops[high - 1] > end):
        return [trimmed(text, s, e) for s, e in divide(text, start, end, "，")]
    if low == high:
        return [trimmed(text, start, end)] if text[start:end].strip() else []
    out = [trimmed(text, start, stops[low]), *pieces[low + 1 : high]]
    if text[stops[high - 1] : end].strip():
        out.append(trimmed(text, stops[high - 1], end))
    return out


def segments(text: str, start: int, end: int) -> list[Offsets]:
    """Semicolon clauses of a sentence, without their marks; an enumeration behind a colon is divided off."""
    out = []
    for s, e in divide(text, start, end, "；"):
        for a, b in _at_colons(text, s, e) if text.find("：", s, e) >= 0 else ((s, e),):
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
