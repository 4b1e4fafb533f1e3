"""The bytes of an OFD file (GB/T 33190) in, its text layer as paragraphs with the way back out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .archive import Archive, beside
from .extract import Extract, Unreadable
from .layout import Glyph, laid_out, pieces
from .layout.pieces import wide
from .markup import whole

# As for PDFs: the longest report measured has 300 pages.
MOST_PAGES = 1000
# In millimetres: ten metres; no sheet of paper is so long.
_FARTHEST = 10_000.0
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|-?\.\d+|g")


def read_ofd(data: bytes, name: str) -> Extract:
    """The text of an OFD; places are "page 3" and the index among the characters of the page. Raises Unreadable."""
    archive = Archive(data)
    if any(member.lower().endswith("encryptions.xml") for member in archive.names()):
        raise Unreadable("the OFD file is encrypted; open it with its password and save it without")
    pages = [
        pieces(_glyphs(whole(archive.read(page), "a page")))
        for document in _texts(archive, "OFD.xml", "ofd-DocBody/ofd-DocRoot")
        for page in _pages(archive, document)
    ]
    if not any(pages):
        raise Unreadable("the OFD file holds pictures of pages without text; save it as .pdf and read that")
    return laid_out(pages)


def _texts(archive: Archive, member: str, path: str) -> list[str]:
    """The members that elements of another one name as their text."""
    return [beside(member, (found.text or "").strip()) for found in whole(archive.read(member), member).findall(path)]


def _pages(archive: Archive, document: str) -> Iterator[str]:
    listed = whole(archive.read(document), "the document").findall("ofd-Pages/ofd-Page")
    if len(listed) > MOST_PAGES:
        raise Unreadable(
            f"it has {len(listed):,} pages, more than the {MOST_PAGES:,} a report may have; split it first"
        )
    for page in listed:
        yield beside(document, page.get("BaseLoc", ""))


def _glyphs(page: Element) -> Iterator[Glyph]:
    """The characters of a page's text objects, placed by the steps between them (in millimetres)."""
    place = 0
    for text in page.iter("ofd-TextObject"):
        box = _numbers(text.get("Boundary", ""))
        if len(box) != 4 or text.get("Visible") == "false":
            continue
        across, down, size = _scale(text)
        for code in text.iter("ofd-TextCode"):
            words = code.text or ""
            x, y = (next(iter(_numbers(code.get(axis, ""))), 0.0) for axis in "XY")
            steps = _steps(code.get("DeltaX", ""), len(words))
            falls = _steps(code.get("DeltaY", ""), len(words))
            for at, character in enumerate(words):
                left, base = box[0] + x * across, box[1] + y * down
                right = left + size * across * (1 if wide(character) else 0.5)
                yield Glyph(character, place, left, base - size * down, right, base, size * down)
                x += steps[at] if at < len(steps) else (0 if falls else size * (1 if wide(character) else 0.5))
                y += falls[at] if at < len(falls) else 0
                place += 1


def _scale(text: Element) -> tuple[float, float, float]:
    """How a text object is stretched across and down, and the size of its characters before that."""
    matrix = _numbers(text.get("CTM", ""))
    given = next(iter(_numbers(text.get("Size", ""))), 0.0)
    size = given if given > 0 else 3.0
    if len(matrix) != 6:
        return 1.0, 1.0, size
    across, down = math.hypot(*matrix[:2]), math.hypot(*matrix[2:4])
    return across or 1.0, down or 1.0, size


def _numbers(words: str) -> list[float]:
    return [_number(number) for number in _NUMBER.findall(words) if number != "g"]


def _number(words: str) -> float:
    """A number of a page, none so large that reckoning with it would end beyond all numbers."""
    return max(-_FARTHEST, min(_FARTHEST, float(words)))


def _steps(words: str, most: int) -> list[float]:
    """Steps between characters; `g 10 3.5` stands for ten steps of 3.5 (GB/T 33190-2016, 11.3)."""
    parts = _NUMBER.findall(words)
    out: list[float] = []
    at = 0
    while at < len(parts) and len(out) < most:
        if parts[at] == "g" and at + 2 < len(parts) and "g" not in parts[at + 1 : at + 3]:
            out += [_number(parts[at + 2])] * min(int(_number(parts[at + 1])), most)
            at += 3
        else:
            out += [_number(parts[at])] if parts[at] != "g" else []
            at += 1
    return out
