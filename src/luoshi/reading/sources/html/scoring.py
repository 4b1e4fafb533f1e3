"""The lines and boxes of a page in, which box holds the article out, by prose, links and names."""

from __future__ import annotations

import re

from ...rules import rule
from .page import AROUND, ARTICLE, SURELY_AROUND, Line, Page

_STOP = re.compile("[，。；！？,;]")
_FULL_STOP = re.compile("[。！？；]")
# A line is prose from this many characters on, when it has a full stop, or a comma and is this long; headlines
# with a comma are shorter. Most of it stands outside links.
_SHORTEST = 12
_SHORTEST_WITHOUT_STOP = 40
_MOST_LINKED = 0.34
# The foot of a site is written in lines no longer than this.
_LONGEST_FOOT = 300
# A line of the foot that reads like prose has one of these.
_FOOT_WORDS = ("版权", "版權", "转载", "轉載", "opyright", "©", "ICP", "公网安备", "公網安備", "侵权", "观点", "立场")
# A box whose words stand in links to this share is a list of other pages, unless it holds most of the prose.
_LIST_LINKED = 0.35
_MOST = 0.5
# The title of another page and the beginning of its text have no more characters; an article with a link in its
# first line has more.
_LONGEST_TEASER = 160
# The article is in the smallest box that holds this share of the prose.
_ARTICLE = 0.8
# A box that is named as an article counts when it holds this share of the prose: the rest is around it.
_NAMED = 0.3


def weight(line: Line) -> int:
    """How much prose a line is: its characters, 0 where it is a headline, a list, a button or the foot of a site."""
    length = len(line.words)
    if length < _SHORTEST or line.links > _MOST_LINKED * length:
        return 0
    words = line.words
    stops = "。" in words or _FULL_STOP.search(words)
    if not stops and (length < _SHORTEST_WITHOUT_STOP or not _STOP.search(words)):
        return 0
    return 0 if length <= _LONGEST_FOOT and _is_foot(words) else length


def _is_foot(words: str) -> bool:
    """Whether a line belongs to the foot of a site; most lines are none by the first look."""
    for word in _FOOT_WORDS:
        if word in words:
            return rule("page_lines", "foot").find(words) is not None
    return False


class Scores:
    """Sums for every box of a page, and what follows from them: `around` tells the boxes that are no article."""

    def __init__(self, page: Page, lines: list[Line]) -> None:
        self.page = page
        self.weights = [weight(line) for line in lines]
        prose = self._sums(lines, self.weights)
        self.around = self._around(lines, prose)
        self.prose = prose
        if any(self.around):
            self.weights = [0 if self.around[line.box] else w for line, w in zip(lines, self.weights, strict=True)]
            self.prose = self._sums(lines, self.weights)

    def _sums(self, lines: list[Line], values: list[int]) -> list[int]:
        """The sum of the values of all lines in each box; a box comes before those inside it."""
        sums = [0] * len(self.page.parents)
        for line, value in zip(lines, values, strict=True):
            if value:
                sums[line.box] += value
        parents = self.page.parents
        for box in range(len(sums) - 1, 0, -1):
            if sums[box]:
                sums[parents[box]] += sums[box]
        return sums

    def _around(self, lines: list[Line], prose: list[int]) -> list[bool]:
        """Whether a box, or one that it is in, is named as no article or is a list of links."""
        words = self._sums(lines, [len(line.words) for line in lines])
        links = self._sums(lines, [line.links for line in lines])
        teasers = self._teasers(lines, words)
        marks, parents = self.page.marks, self.page.parents
        most = _MOST * prose[0]
        around = [False] * len(prose)
        for box in range(1, len(prose)):
            mark = marks[box]
            if around[parents[box]] or mark == SURELY_AROUND:
                around[box] = True
            elif prose[box] <= most:
                linked = mark != ARTICLE and links[box] > _LIST_LINKED * words[box]
                around[box] = mark == AROUND or linked or box in teasers
        if any(w and not around[line.box] for line, w in zip(lines, self.weights, strict=True)):
            return around
        return [False] * len(prose)

    def _teasers(self, lines: list[Line], words: list[int]) -> set[int]:
        """Small boxes that begin with a link: the title of another page above a sentence of it."""
        found: set[int] = set()
        before = 0
        for line in lines:
            if line.links > _MOST * len(line.words):
                box = line.box
                while box > before and words[box] <= _LONGEST_TEASER and self.page.marks[box] != ARTICLE:
                    found.add(box)
                    box = self.page.parents[box]
            before = max(before, line.box)
        return found

    def article(self) -> list[int]:
        """The boxes of the article: those named as one, else the smallest that holds most of the prose."""
        outer, reach = [], 0
        for box, mark in enumerate(self.page.marks):
            if mark == ARTICLE and box >= reach and self.prose[box]:
                outer.append(box)
                reach = self.page.ends[box]
        if sum(self.prose[b] for b in outer) > _NAMED * self.prose[0]:
            return [self._smallest(b) for b in outer] if len(outer) == 1 else outer
        return [self._smallest(0)]

    def _smallest(self, box: int) -> int:
        """The smallest box inside that holds nearly all the prose of this one."""
        total = self.prose[box]
        inside, box = box + 1, box
        while inside < self.page.ends[box]:
            if self.prose[inside] >= _ARTICLE * total and total:
                box, inside = inside, inside + 1
            else:
                inside = self.page.ends[inside]
        return box
