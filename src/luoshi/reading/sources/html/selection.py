"""The lines of a page and their scores in, the lines that a reader keeps out: title, information, body, credits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from ...rules import rules
from .page import Line, Page
from .scoring import Scores

# How many lines above the article a title is looked for, and below it the line of its editors. Chosen: share
# bars and tools written a word a line take up to thirty lines.
_ABOVE = 40
_BELOW = 30
# Lines beside an article are shorter; longer ones are prose, and rules are not tried on them.
_LONGEST_BESIDE = 200
_SHORTEST_TITLE = 6
_LONGEST_BUTTON = 3
# A line of a headline above the main one is at most this many lines away.
_LEAD = 3
_MOST_LINKED = 0.5
_TELLING = re.compile(r"\W+")
# Lines of these rules have a label or a date; most lines have neither.
_LABELLED = ("information", "credit")
_LABEL = re.compile(r"[：:/／|丨■●◎\d（(【\[编責责记記]")
# What stands between the title and the name of the site in `<title>`.
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s*|[-–—]{2,}|(?<=[一-龥])-(?=[一-龥])")


def _linked(line: Line) -> bool:
    return line.links > _MOST_LINKED * len(line.words)


def _plain(words: str) -> str:
    return _TELLING.sub("", words)


@cache
def _searches() -> dict[str, Callable[[str], re.Match[str] | None]]:
    """The rules of page_lines by their names."""
    return {each.name: each.pattern.search for each in rules("page_lines")}


class Selection:
    """Which lines of a page are kept."""

    def __init__(self, page: Page, lines: list[Line], scores: Scores, titles: list[str]) -> None:
        self.page, self.lines, self.scores = page, lines, scores
        self.titles = [plain for plain in map(_plain, titles) if plain]
        self.told: dict[tuple[str, int], bool] = {}
        self.search = _searches()
        self.inside = self._inside(scores.article())

    def _is(self, name: str, i: int) -> bool:
        """Whether a rule of page_lines matches a line; each is tried once."""
        if (name, i) not in self.told:
            words = self.lines[i].words
            able = len(words) <= _LONGEST_BESIDE and (name not in _LABELLED or _LABEL.search(words))
            self.told[name, i] = bool(able) and self.search[name](words) is not None
        return self.told[name, i]

    def kept(self) -> list[Line]:
        """All lines that are kept, in order."""
        prose = [i for i in self.inside if self.scores.weights[i]]
        if not prose:
            return self._without_prose()
        first, last = prose[0], prose[-1]
        head = self._head(first)
        body = [self.lines[i] for i in self.inside if first <= i <= last and self._stays(i)]
        return head + body + self._tail(last)

    def _inside(self, boxes: list[int]) -> list[int]:
        """The numbers of the lines in these boxes."""
        held = [False] * len(self.page.parents)
        for box in boxes:
            end = self.page.ends[box]
            held[box:end] = [True] * (end - box)
        return [i for i, line in enumerate(self.lines) if held[line.box]]

    def _without_prose(self) -> list[Line]:
        """A page without a full stop: what is neither a link nor a button."""
        return [self.lines[i] for i in self.inside if self._stays(i) and not self.scores.around[self.lines[i].box]]

    def _stays(self, i: int) -> bool:
        """Whether a line within the article is part of it."""
        line = self.lines[i]
        if self.scores.weights[i] or line.cells:
            return True
        if line.tag == "known" or self._is("information", i) or self._is("credit", i):
            return True
        if self.scores.around[line.box]:
            return False
        if _linked(line) and not (line.tag.startswith("h") and self._leads(i)):
            return False
        return not any(self._is(name, i) for name in ("tool", "way", "beside", "foot"))

    def _leads(self, i: int) -> bool:
        """Whether prose comes next: the title of an article among several is a link to it."""
        return any(self.scores.weights[i + 1 : i + 3])

    def _head(self, first: int) -> list[Line]:
        """The title with the lines above it that belong to it, the subtitle and the line of information."""
        begin = self._above(first)
        title = self._title(begin, first)
        if title is None:
            near = range(begin, first)
            informing = [self.lines[i] for i in near if self.lines[i].cells or (i >= first - 12 and self._informs(i))]
            return self._named() + informing
        lead = self._lead(title, begin)
        above = [i for i in range(max(begin, lead - 6), lead) if self._informs(i)]
        between = [i for i in range(lead, first) if i == title or self._informs(i) or self._subtitle(i)]
        return [self.lines[i] for i in above + between]

    def _above(self, first: int) -> int:
        """The first of the lines above the article that may belong to it; rows of a table do not count."""
        begin = first
        left = _ABOVE
        while begin > 0 and left > 0:
            begin -= 1
            left -= not self.lines[begin].cells
        return begin

    def _subtitle(self, i: int) -> bool:
        """Words between title and body that are no button: a subtitle is longer than the names of buttons."""
        return (len(self.lines[i].words) > _LONGEST_BUTTON or bool(self.lines[i].cells)) and self._stays(i)

    def _named(self) -> list[Line]:
        """What `<title>` says before the name of the site, for a page that shows no title."""
        if self.page.title is None:
            return []
        words = _SITE.split(self.page.title.words, maxsplit=1)[0]
        if len(words) < _SHORTEST_TITLE:
            return []
        places = tuple(place for place in self.page.title.places if place[0] < len(words))
        return [replace(self.page.title, words=words, places=places)]

    def _informs(self, i: int) -> bool:
        line = self.lines[i]
        if line.tag == "known":
            return True
        return not self.scores.around[line.box] and not _linked(line) and self._is("information", i)

    def _title(self, begin: int, first: int) -> int | None:
        """The line that `<title>` or `<meta>` repeats, else the nearest heading, else the line above the
        information."""
        best, longest = None, 0
        for i in range(begin, first):
            if len(self.lines[i].words) < max(longest, _SHORTEST_TITLE):
                continue
            plain = _plain(self.lines[i].words)
            if len(plain) >= _SHORTEST_TITLE and len(plain) >= longest and self._repeated(i, plain):
                best, longest = i, len(plain)
        if best is not None:
            return best
        able = [i for i in range(begin, first) if self._able(i)]
        for tags in (("h1",), ("h2", "h3")):
            tagged = [i for i in able if self.lines[i].tag in tags]
            if tagged:
                return tagged[-1]
        informing = next((i for i in range(begin, first) if self._informs(i)), None)
        if informing is not None:
            above = [i for i in able if i < informing and informing - i <= _LEAD + 1]
            return above[-1] if above else None
        near = [i for i in able if first - i <= _LEAD]
        return near[0] if near else None

    def _repeated(self, i: int, plain: str) -> bool:
        line = self.lines[i]
        if _linked(line) and not line.tag.startswith("h"):
            return False
        return any(plain in title or title in plain for title in self.titles) and not self._is("way", i)

    def _able(self, i: int) -> bool:
        """Whether a line can be a title; a row of a table is none."""
        line = self.lines[i]
        long_enough = _SHORTEST_TITLE <= len(_plain(line.words)) <= _LONGEST_BESIDE
        return long_enough and not line.cells and self._stays(i) and not self._informs(i)

    def _lead(self, title: int, begin: int) -> int:
        """The first line of the headline: those right above that stand in the same box or in `<title>`."""
        lead = title
        for i in range(title - 1, max(begin, title - _LEAD) - 1, -1):
            line = self.lines[i]
            plain = _plain(line.words)
            same = line.box == self.lines[title].box and line.box and self._able(i)
            if len(plain) >= 4 and (same or (self._repeated(i, plain) and self._stays(i))):
                lead = i
            elif not self._informs(i):
                break
        return lead

    def _tail(self, last: int) -> list[Line]:
        """What follows the last line of prose: signatures in the same box, then the line of its editors."""
        out, ended = [], False
        box = self.lines[last].box
        inside = set(self.inside)
        left = _BELOW
        for i in range(last + 1, len(self.lines)):
            line = self.lines[i]
            left -= not line.cells
            if left < 0:
                break
            if not _linked(line) and (self._is("credit", i) or (not ended and self._informs(i))):
                out.append(line)
                ended = ended or self.search["editor"](line.words) is not None
            elif not line.cells and (_linked(line) or self._is("beside", i) or self._is("foot", i)):
                ended = ended or not line.links or self._is("beside", i)
            elif (
                not ended and self._stays(i) and (self._same_table(i, last) or (i in inside and self._near(line, box)))
            ):
                out.append(line)
        return out

    def _same_table(self, i: int, last: int) -> bool:
        """Whether both lines are rows of one table."""
        one, other = self.lines[i], self.lines[last]
        return bool(one.cells and other.cells and one.cell and other.cell and one.cell[0] == other.cell[0])

    def _near(self, line: Line, box: int) -> bool:
        """Whether a line stands in the box of the last prose, in one beside it, or is a row of a table there."""
        parents = self.page.parents
        return line.box == box or bool(line.cells) or (parents[line.box] == parents[box] and parents[box] != 0)
