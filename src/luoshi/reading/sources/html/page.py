"""What the tags of a page tell of its shape: lines with their places, boxes around them, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from .spans import Spanned
from .spelling import Place

# What the name, class and id of a box say of it.
PLAIN, AROUND, SURELY_AROUND, ARTICLE = range(4)

# Where a cell is: the number of its table, row and column.
Cell = tuple[int, int, int]


@dataclass(slots=True)
class Line:
    """One line of a page as a browser shows it.

    `links`: how many of its characters stand in links; `box`: the innermost box around it; `tag`: the heading it is
    (h1 to h6), "known" where the id of an element tells what it holds, "row", else empty; `broken`: whether a mere
    `<br>` parts it from the line before; `cells`: where each cell of a row begins and ends in the words.
    """

    words: str
    places: tuple[Place, ...]
    links: int
    box: int
    tag: str
    cell: Cell | None
    broken: bool = False
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Page:
    """A page taken apart. A box is a number; the boxes inside box b are b + 1 to ends[b] - 1.

    `layouts`: tables that hold other tables; `spanned`: cells over several rows or columns, by table; `title`: the
    words of `<title>`; `metas`: the attributes of every `<meta>`; `known`: field and words of elements whose id tells
    what they hold; `times`: what `<time>` gives; `linked_data`: JSON-LD.
    """

    lines: list[Line] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    layouts: set[int] = field(default_factory=set)
    spanned: dict[int, list[Spanned]] = field(default_factory=dict)
    title: Line | None = None
    metas: list[dict[str, str]] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)
