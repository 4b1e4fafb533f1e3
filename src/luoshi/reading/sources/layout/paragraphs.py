"""The regions of all pages in, paragraphs out: which lines belong together, told by where they begin and end."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from ...rules import rule
from .columns import Region
from .pieces import Line, Ruled

_TERMINAL = "。！？；："
_CLOSING = "”’）)》】"
# In heights of a character. Paragraphs are indented by two, sometimes one.
_INDENT = 0.8
# What lines may differ in height and still be one text; titles are set larger by more.
_SAME = 0.12
_LARGER = 1.12
# What a gap between paragraphs has more than the gap between lines.
_APART = 0.6
# How exactly full lines end at one place (marks are set at half width at the end of a line).
_RAGGED = 0.6
# The share of the measure by which lines that are not made even at the right can fall short.
_UNEVEN = 0.25
# The share of full lines in text that is wrapped at all; reports measured have 0.4 and more.
_WRAPPED = 0.2
# In sizes of a character: the measure of the narrowest wrapped text (columns of newspapers have 11 and more).
_NARROWEST = 10
# In sizes of a character: by how much a table may be wider than the text at its side (Word: 5.4 points).
_OVERHANG = 0.5
# Parts of a character to which places are told apart where columns that begin at one place are looked for.
_STEPS = 8
# The share of the lines of a text that begin or end at its margin, at the least.
_AT_MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with what surrounds it: its page, its region, the margins of the text there."""

    line: Line
    page: int
    region: int
    left: float
    right: float

    @property
    def text(self) -> str:
        return self.line[-1].text

    @property
    def table(self) -> Ruled | None:
        """The table that stands here instead of words."""
        return self.line[0] if isinstance(self.line[0], Ruled) else None

    @property
    def indented(self) -> bool:
        return self.line[0].left > self.left + _INDENT * self.line[0].size

    @property
    def centred(self) -> bool:
        before, after = self.line[0].left - self.left, self.right - self.line[-1].right
        return abs(before - after) < 2 * self.line[0].size


def paragraphs(pages: list[list[Region]]) -> list[list[Placed]]:
    """Lines of each paragraph in reading order; a paragraph may run over columns and pages."""
    lines = _placed(pages)
    if not lines:
        return []
    text = _Text(lines)
    out = [[lines[0]]]
    for before, after in pairwise(lines):
        if text.joins(before, after):
            out[-1].append(after)
        else:
            out.append([after])
    return out


class _Text:
    """What is usual in a document: the size of its lines, the gap between them, how it marks paragraphs."""

    def __init__(self, lines: list[Placed]) -> None:
        self.size = _middle([p.line[0].size for p in lines for _ in range(len(p.text))])
        pairs = [(a, b) for a, b in pairwise(lines) if a.region == b.region and _alike(a, b)]
        self.gap = _middle([_gap(a, b) for a, b in pairs])
        begun = [b for a, b in pairs if not _nearly_full(a)]
        indented = sum(p.indented for p in begun)
        apart = sum(_gap(a, b) > self.gap + _APART * self.size for a, b in pairs)
        # A list of short lines, of which hardly any reaches the margin, is not wrapped text.
        broad = (a.right - a.left > _NARROWEST * self.size and _full(a, b) for a, b in pairs)
        self.wrapped = sum(broad) > _WRAPPED * len(pairs)
        # Whether a line that is neither indented nor set apart can be relied on to go on with its paragraph.
        self.marked = 2 * indented > len(begun) or 3 * apart > len(begun) > 0

    def joins(self, before: Placed, after: Placed) -> bool:
        """Whether a line goes on with the paragraph of the line before it."""
        if before.table or after.table or len(before.line) > 1 or len(after.line) > 1 or not _alike(before, after):
            return False
        together = before.region == after.region
        if together and _gap(before, after) > self.gap + _APART * self.size:
            return False
        ended = before.text.rstrip(_CLOSING)[-1:] in _TERMINAL
        if together and self._title(before) and self._title(after):
            return not ended
        if rule("breaks", "begins-anew").find(after.text):
            return False
        if after.indented:
            same = abs(after.line[0].left - before.line[0].left) < _INDENT / 2 * self.size
            return same and together and not (self.marked or ended) and _full(before, after)
        if _full(before, after):
            return self.marked or (self.wrapped and not ended)
        return self.marked and not ended and _nearly_full(before)

    def _title(self, placed: Placed) -> bool:
        return placed.centred and placed.line[0].size > _LARGER * self.size


def _gap(before: Placed, after: Placed) -> float:
    return after.line[0].top - before.line[0].bottom


def _alike(one: Placed, other: Placed) -> bool:
    sizes = one.line[-1].size, other.line[0].size
    return max(sizes) - min(sizes) <= _SAME * max(sizes)


def _full(before: Placed, after: Placed) -> bool:
    """Whether what begins the next line had no more room in this one."""
    size = before.line[-1].size
    return before.line[-1].right + after.line[0].first > before.right - _RAGGED * size


def _nearly_full(before: Placed) -> bool:
    """Whether a line ends near the margin, as lines do that are not made even at the right."""
    return before.line[-1].right > before.right - _UNEVEN * (before.right - before.left)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def _placed(pages: list[list[Region]]) -> list[Placed]:
    every = [(number, region) for number, page in enumerate(pages) for region in page if region]
    margins = _Margins(every)
    return [
        Placed(line, number, at, *margins.of(number, region))
        for at, (number, region) in enumerate(every)
        for line in region
    ]


class _Margins:
    """Where lines begin and end in each region; regions that begin at one place, on any page, have one measure."""

    def __init__(self, every: list[tuple[int, Region]]) -> None:
        self._columns = [(_begin(region), region) for _, region in every if len(region) > 2]
        self._known: dict[tuple[int, int], tuple[float, float] | None] = {}
        self._pages: dict[int, list[Region]] = {}
        self._tables: dict[int, list[Ruled]] = {}
        for number, region in every:
            if isinstance(region[0][0], Ruled):
                self._tables.setdefault(number, []).append(region[0][0])
            else:
                self._pages.setdefault(number, []).append(region)

    def of(self, number: int, region: Region) -> tuple[float, float]:
        """The margins of a region of a page; those of a table are its sides."""
        first = region[0][0]
        if isinstance(first, Ruled):
            return first.left, first.right
        left, end = self._column(_begin(region), first.size) or _measured(self._pages[number])
        # Few lines show where a text ends; a table that begins where it does ends there too.
        tables = [t.columns for t in self._tables.get(number, ()) if abs(t.columns[0] - left) < first.size]
        return left, max([end, *(columns[-1] - _OVERHANG * first.size for columns in tables)])

    def _column(self, begin: float, size: float) -> tuple[float, float] | None:
        """The measure of the columns that begin at a place; None for a headline, which is measured by its page."""
        key = round(_STEPS * begin / max(size, 1e-6)), round(_STEPS * size)
        if key not in self._known:
            column = [region for own, region in self._columns if abs(own - begin) < 2 * size]
            self._known[key] = _measured(column) if column else None
        return self._known[key]


def _measured(column: list[Region]) -> tuple[float, float]:
    return min(_begin(region) for region in column), _end([line for region in column for line in region])


def _begin(region: Region) -> float:
    return _margin([line[0].left for line in region], region[0][0].size)


def _end(lines: list[Line]) -> float:
    """Where full lines end, as they do in the middle (some hang over, some fall short)."""
    ends = [line[-1].right for line in lines]
    begin, end = min(line[0].left for line in lines), -_margin([-end for end in ends], lines[0][0].size)
    return _middle([each for each in ends if each > end - _UNEVEN * (end - begin)])


def _margin(places: list[float], size: float) -> float:
    """The outermost place with so many others no further in than a character as lines at a margin have; the
    outermost of all where words are scattered."""
    ordered = sorted(places)
    least = max(1, round(_AT_MARGIN * len(ordered)))
    supported = (p for i, p in enumerate(ordered) if bisect_right(ordered, p + size) - i >= least)
    return next(supported, ordered[0])
