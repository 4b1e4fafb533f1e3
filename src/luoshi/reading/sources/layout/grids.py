"""The thin boxes of a page in, the grids that they make out: rules that meet, and the cells between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# Left, top, right, bottom; y downwards.
Box = tuple[float, float, float, float]

# In sizes of a character. The lines of a double rule, and the borders of cells that stand apart, lie 0.3 apart at
# most; rows are 1 high and more.
_ONE = 0.4
# What may lie between the dashes of a rule, between rules of neighbouring cells, and between rules that meet.
_GAP = 0.5
# A column of a table is as wide as a character, its rules nearly so.
_SHORTEST = 0.8
# How much of the side of a cell must be ruled.
_RULED = 0.5
# A page of the finest print has 70 rows; rules are counted after pieces of one are joined.
_MOST_RULES = 2000
_MOST_SQUARES = 5000
# Tables of one page; where there are more, it is a drawing.
_MOST_GRIDS = 40


class Rule(NamedTuple):
    """A straight line: how high (or how far to the right) it lies, and from where to where it goes."""

    at: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its rules make it: where its columns and rows part, and which cell each square belongs to.

    Cells are numbered in reading order of their first squares; a merged one has several.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    def cell(self, x: float, y: float) -> int:
        """The cell at a place inside."""
        row = min(bisect_right(self.rows, y), len(self.rows) - 1) - 1
        return self.cells[row][min(bisect_right(self.columns, x), len(self.columns) - 1) - 1]


def grids(boxes: Iterable[Box], size: float) -> list[Grid]:
    """The grids of two squares and more of a page whose characters have this size, from its top."""
    every = list(boxes)
    level = _rules(((y + v) / 2, x, u) for x, y, u, v in every if v - y <= _ONE * size)
    upright = _rules(((x + u) / 2, y, v) for x, y, u, v in every if u - x <= _ONE * size)
    level, upright = _joined(level, size), _joined(upright, size)
    if len(level) + len(upright) > _MOST_RULES:
        return []
    made = [grid for group in _meeting(level, upright, _GAP * size) if (grid := _grid(*group, size))]
    return sorted(made, key=lambda grid: (grid.box[1], grid.box[0])) if len(made) <= _MOST_GRIDS else []


def _rules(places: Iterable[tuple[float, float, float]]) -> list[Rule]:
    return sorted(Rule(*place) for place in places)


def _joined(rules: list[Rule], size: float) -> list[Rule]:
    """Rules at nearly one height at one height, their pieces made whole."""
    out: list[Rule] = []
    begin = 0
    for i in range(1, len(rules) + 1):
        if i == len(rules) or rules[i].at - rules[begin].at > _ONE * size:
            level = rules[begin:i]
            at = (level[0].at + level[-1].at) / 2
            out += [rule for rule in _whole(at, level, _GAP * size) if rule.end - rule.begin >= _SHORTEST * size]
            begin = i
    return out


def _whole(at: float, pieces: list[Rule], gap: float) -> list[Rule]:
    out: list[Rule] = []
    for piece in sorted(pieces, key=lambda piece: piece.begin):
        if out and piece.begin <= out[-1].end + gap:
            out[-1] = Rule(at, out[-1].begin, max(out[-1].end, piece.end))
        else:
            out.append(Rule(at, piece.begin, piece.end))
    return out


def _meeting(level: list[Rule], upright: list[Rule], near: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright rules that meet, each group its own; rules that meet none are left out."""
    group = list(range(len(level) + len(upright)))
    places = [rule.at for rule in upright]
    for i, rule in enumerate(level):
        for j in range(bisect_left(places, rule.begin - near), bisect_right(places, rule.end + near)):
            if upright[j].begin - near <= rule.at <= upright[j].end + near:
                _unite(group, i, len(level) + j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(level):
        found.setdefault(_first(group, i), ([], []))[0].append(rule)
    for j, rule in enumerate(upright):
        found.setdefault(_first(group, len(level) + j), ([], []))[1].append(rule)
    return [(a, b) for a, b in found.values() if a and b]


def _first(group: list[int], i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = group[i]
    return i


def _unite(group: list[int], i: int, j: int) -> None:
    a, b = _first(group, i), _first(group, j)
    group[max(a, b)] = min(a, b)


def _grid(level: list[Rule], upright: list[Rule], size: float) -> Grid | None:
    columns, rows = _parts(upright, level, size), _parts(level, upright, size)
    wide, high = len(columns) - 1, len(rows) - 1
    if wide < 1 or high < 1 or not 1 < wide * high <= _MOST_SQUARES:
        return None
    sides, floors = _ruled(upright, columns, rows), _ruled(level, rows, columns)
    group = list(range(wide * high))
    for row in range(high):
        for column in range(wide):
            if column and (column, row) not in sides:
                _unite(group, row * wide + column - 1, row * wide + column)
            if row and (row, column) not in floors:
                _unite(group, (row - 1) * wide + column, row * wide + column)
    number: dict[int, int] = {}
    cells = [number.setdefault(_first(group, square), len(number)) for square in range(wide * high)]
    return Grid(columns, rows, tuple(tuple(cells[row * wide : (row + 1) * wide]) for row in range(high)))


def _parts(rules: list[Rule], across: list[Rule], size: float) -> tuple[float, ...]:
    """Where rules part a table, and its open sides, where the rules across go on beyond the outermost."""
    places = sorted({rule.at for rule in rules})
    first, last = min(rule.begin for rule in across), max(rule.end for rule in across)
    before = [first] if first < places[0] - _SHORTEST * size else []
    return (*before, *places, *([last] if last > places[-1] + _SHORTEST * size else []))


def _ruled(rules: list[Rule], places: tuple[float, ...], across: tuple[float, ...]) -> set[tuple[int, int]]:
    """(which place, which square along it) of the sides of squares that are ruled."""
    out = set()
    for rule in rules:
        at = bisect_left(places, rule.at)
        for i in range(
            max(bisect_right(across, rule.begin) - 1, 0), min(bisect_left(across, rule.end), len(across) - 1)
        ):
            shared = min(rule.end, across[i + 1]) - max(rule.begin, across[i])
            if shared >= _RULED * (across[i + 1] - across[i]):
                out.add((at, i))
    return out
