"""A report's text, its marks and its noise in, the same text as HTML out: every character kept, nothing added.

For the page that stands alone (cli.page) and for the reading desk.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from typing import NamedTuple

from luoshi.reading import Noise

NOISE = {
    "pinyin": "注音",
    "boilerplate": "版面文字",
    "break": "断行",
    "advertisement": "广告",
    "caption": "图片说明",
    "mojibake": "乱码",
    "doubled": "重复",
}
# Where the context of a quotation ends.
STOPS = "\n。；;！!？?"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the original. One with a `key` is evidence: it links to `t<key>` and is found at `e<key>`.

    `group` is shared by the lines of one directive; `sign` is what is printed before the evidence.
    """

    start: int
    end: int
    look: str
    key: str = ""
    group: str = ""
    sign: str = ""


class Paragraph(NamedTuple):
    """A paragraph as HTML; `silent`: nothing but noise."""

    html: str
    silent: bool


def html(words: str) -> str:
    """Words of a report as HTML; a carriage return survives as a reference."""
    return escape(words).replace("\r", "&#13;")


def marked(text: str, marks: Sequence[Mark], noise: Sequence[Noise]) -> str:
    """The whole text, cut where marks begin and end; marks may overlap, noise may stand in them."""
    return "".join(piece for _, piece in _pieces(text, marks, _Grey(noise)))


def paragraphs(text: str, marks: Sequence[Mark], noise: Sequence[Noise]) -> Iterator[Paragraph]:
    """The text by paragraphs, without those that are empty; a line that was broken (noise) is one with the next."""
    grey = _Grey(noise)
    breaks = [at + 1 for at, each in enumerate(text) if each == "\n" and not grey.breaks(at)]
    edges = [0, *breaks, len(text)]
    pieces = groupby(_pieces(text, marks, grey, breaks), lambda piece: bisect_right(breaks, piece[0]))
    for number, inside in pieces:
        made = "".join(piece for _, piece in inside)
        if number + 1 < len(edges) and text[edges[number] : edges[number + 1]].strip():
            yield Paragraph(made, grey.covers(text, edges[number], edges[number + 1]))


def _pieces(text: str, marks: Sequence[Mark], grey: _Grey, breaks: Sequence[int] = ()) -> Iterator[tuple[int, str]]:
    """Where each stretch begins, with its HTML: cut where marks begin and end, and at `breaks`."""
    waiting = sorted(marks, key=lambda m: (m.start, -m.end))
    begin: dict[int, list[Mark]] = {}
    for mark in waiting:
        if mark.key:
            begin.setdefault(mark.start, []).append(mark)
    for start, end, covering in _runs(len(text), waiting, breaks):
        yield start, _run(grey.html(text, start, end), covering, begin.pop(start, []))
    yield from ((len(text), _anchor(m)) for left in begin.values() for m in left)


def quoted(text: str, start: int, end: int, noise: Sequence[Noise], around: int = 12) -> str:
    """A quotation with a few characters before and after it, of the same sentence."""
    grey = _Grey(noise)
    begun = max(text.rfind(mark, 0, start) for mark in STOPS) + 1
    first = min(grey.beside(max(start - around, begun))[1], start)
    first = start - len(text[first:start].lstrip(" \u3000，、：,:）)”"))
    stopped = min((at for mark in STOPS if (at := text.find(mark, end, end + around)) >= 0), default=end + around)
    stopped += text[stopped : stopped + 1] not in ("", "\n") and stopped < end + around
    last = max(grey.beside(min(stopped, len(text)))[0], end)
    before, after = grey.html(text, first, start), grey.html(text, end, last)
    return f"{before}<b>{grey.html(text, start, end)}</b>{after}"


def _runs(length: int, marks: Sequence[Mark], breaks: Sequence[int]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Stretches of the text in which the marks that cover them do not change."""
    cuts = sorted({0, length, *breaks, *(m.start for m in marks), *(m.end for m in marks)})
    active: list[Mark] = []
    following = 0
    for start, end in pairwise(cuts):
        active = [m for m in active if m.end > start]
        while following < len(marks) and marks[following].start <= start:
            if marks[following].end > start:
                active.append(marks[following])
            following += 1
        yield start, end, active


def _run(inner: str, covering: Sequence[Mark], begun: Sequence[Mark]) -> str:
    if not covering:
        return "".join(map(_anchor, begun)) + inner
    looks = " ".join(dict.fromkeys(m.look for m in covering))
    groups = " ".join(dict.fromkeys(m.group for m in covering if m.group))
    within = f' data-in="{groups}"' if groups else ""
    linked = [m for m in covering if m.key]
    if not linked:
        return "".join(map(_anchor, begun)) + f'<span class="{looks}"{within}>{inner}</span>'
    here = [m for m in begun if m in linked]
    others = "".join(_anchor(m) for m in begun if m not in here[:1])
    name = f' id="e{here[0].key}" data-n="{" ".join(m.sign for m in here)}"' if here else ' tabindex="-1"'
    of = " ".join(m.key for m in linked)
    target = (here or linked)[0].key
    return f'{others}<a class="ev {looks}"{name} href="#t{target}" data-of="{of}"{within}>{inner}</a>'


def _anchor(mark: Mark) -> str:
    return f'<i id="e{mark.key}"></i>'


class _Grey:
    """Noise as disjoint stretches, found by place."""

    def __init__(self, noise: Sequence[Noise]) -> None:
        self.pieces: list[tuple[int, int, str]] = []
        for each in sorted(noise, key=lambda n: (n.start, -n.end)):
            start = max(each.start, self.pieces[-1][1]) if self.pieces else each.start
            if start < each.end:
                self.pieces.append((start, each.end, each.kind))
        self.starts = [start for start, _, _ in self.pieces]

    def beside(self, place: int) -> tuple[int, int]:
        """The ends of the noise that a place stands in; the place itself elsewhere."""
        found = bisect_right(self.starts, place) - 1
        start, end, _ = self.pieces[found] if found >= 0 else (place, place, "")
        return (start, end) if start < place < end else (place, place)

    def breaks(self, place: int) -> bool:
        """Whether a place lies in a line's break that is noise."""
        found = bisect_right(self.starts, place) - 1
        return found >= 0 and self.pieces[found][2] == "break" and place < self.pieces[found][1]

    def covers(self, text: str, start: int, end: int) -> bool:
        """Whether nothing but noise and space stands in a stretch."""
        for place in range(max(bisect_right(self.starts, start) - 1, 0), bisect_left(self.starts, end)):
            first, last, _ = self.pieces[place]
            if first < end and last > start:
                if text[start : max(first, start)].strip():
                    return False
                start = max(start, last)
        return not text[start:end].strip()

    def html(self, text: str, start: int, end: int) -> str:
        """A stretch of text with its noise greyed."""
        out = []
        for place in range(max(bisect_right(self.starts, start) - 1, 0), bisect_left(self.starts, end)):
            first, last, kind = self.pieces[place]
            first, last = max(first, start), min(last, end)
            if first < last:
                noise = f'<span class="noise {kind}" title="{NOISE[kind]}">{html(text[first:last])}</span>'
                out.append(html(text[start:first]) + noise)
                start = last
        return "".join(out) + html(text[start:end])
