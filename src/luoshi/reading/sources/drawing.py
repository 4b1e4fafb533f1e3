"""A page of a PDF in, the thin boxes drawn on it (rules of tables, underlines) and its blanks out."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

# Left, bottom, right, top; y upwards.
Box = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]

# Objects of one page that are looked at, those in forms too; browsers draw a table of 500 cells with 2,000 paths
# and its text with 10,000 objects. Beyond this the page is a map or a drawing, and read as plain text.
MOST_OBJECTS = 50_000
# Points of the paths of one page and of a document; a rectangle has five, a page of a browser's table 6,000. A million
# takes ten seconds.
MOST_POINTS = 200_000
MOST_IN_ALL = 2_000_000
# Points: rules are no thicker. The red line below the head of an official document has three.
_THICKEST = 3.0
# Forms in forms in forms: writers of PDFs nest two deep.
_DEEPEST = 5
# Of a line's length: what it may rise and still be level.
_LEVEL = 0.01
# Points around a blank's origin within which it is looked for.
_NEAR = 0.5


class Drawing(NamedTuple):
    """What a page holds besides its characters: thin boxes, where blanks were written, by height, and how many
    points were looked at for them."""

    rules: list[Box]
    blanks: dict[int, list[float]]
    points: int

    def is_blank(self, left: float, right: float, base: float) -> bool:
        """Whether a blank was written between two places on a line."""
        for height in (round(base) - 1, round(base), round(base) + 1):
            places = self.blanks.get(height, [])
            at = bisect_left(places, left - _NEAR)
            if at < len(places) and places[at] < right + _NEAR:
                return True
        return False


class _TooMany(Exception):
    """A page holds more than a report draws."""


def drawing(raw: Any, page: Any, most: int = MOST_POINTS) -> Drawing:
    """The thin boxes and blanks of a page, none where it has more than MOST_OBJECTS or this many points."""
    found = _Found(raw, min(most, MOST_POINTS))
    try:
        found.objects(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
    except _TooMany:
        return Drawing([], {}, found.points)
    for places in found.blanks.values():
        places.sort()
    return Drawing(found.rules, found.blanks, found.points)


class _Found:
    """Goes through the objects of one page."""

    def __init__(self, raw: Any, most: int) -> None:
        self._raw, self._most = raw, most
        self._objects = self.points = 0
        self._matrix = raw.FS_MATRIX()
        self._edges = [ctypes.c_float() for _ in range(4)]
        self.rules: list[Box] = []
        self.blanks: dict[int, list[float]] = {}

    def objects(self, holder: Any, count: Any, get: Any, matrix: _Matrix, depth: int) -> None:
        """Take in the objects of a page or form; `matrix` leads from it to the page."""
        raw = self._raw
        number = count(holder)
        self._objects += number
        if self._objects > MOST_OBJECTS:
            raise _TooMany
        for at in range(number):
            each = get(holder, at)
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(each, matrix)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(each, self._placed(each, matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = self._placed(each, matrix)
                self.objects(each, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)

    def _placed(self, each: Any, outer: _Matrix) -> _Matrix:
        """Where the space of an object lies on the page."""
        own = self._matrix
        if not self._raw.FPDFPageObj_GetMatrix(each, ctypes.byref(own)):
            return outer
        a, b, c, d, e, f = outer
        return (
            own.a * a + own.b * c,
            own.a * b + own.b * d,
            own.c * a + own.d * c,
            own.c * b + own.d * d,
            own.e * a + own.f * c + e,
            own.e * b + own.f * d + f,
        )

    def _text(self, each: Any, matrix: _Matrix) -> None:
        """Note a piece of text without ink: blanks that browsers write by themselves."""
        left, bottom, right, top = self._edges
        if self._raw.FPDFPageObj_GetBounds(each, left, bottom, right, top) and right.value <= left.value:
            x, y = _moved(matrix, left.value, bottom.value)
            if math.isfinite(x) and math.isfinite(y):
                self.blanks.setdefault(round(y), []).append(x)

    def _path(self, path: Any, matrix: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not self._raw.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
            return
        for points in self._outlines(path, matrix):
            if fill.value:
                self._filled(points)
            if stroke.value:
                self._stroked(points)

    def _outlines(self, path: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
        """The corners of each part of a path on the page; curves count by the points that make them."""
        raw = self._raw
        number = raw.FPDFPath_CountSegments(path)
        self.points += max(number, 0)
        if self.points > self._most:
            raise _TooMany
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for at in range(number):
            segment = raw.FPDFPath_GetPathSegment(path, at)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(_moved(matrix, x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points

    def _filled(self, points: list[tuple[float, float]]) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._keep((min(xs), min(ys), max(xs), max(ys)))

    def _stroked(self, points: list[tuple[float, float]]) -> None:
        for (x, y), (u, v) in pairwise(points):
            if min(abs(x - u), abs(y - v)) <= _LEVEL * math.hypot(x - u, y - v):
                self._keep((min(x, u), min(y, v), max(x, u), max(y, v)))

    def _keep(self, box: Box) -> None:
        if all(map(math.isfinite, box)) and min(box[2] - box[0], box[3] - box[1]) <= _THICKEST:
            self.rules.append(box)


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
