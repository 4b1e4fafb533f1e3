"""Pages of pieces of lines in, the text with whole paragraphs and the way back out."""

from __future__ import annotations

from ..composing import Composer
from ..extract import Extract
from .columns import regions
from .paragraphs import Placed, paragraphs
from .pieces import Glyph, Piece, pieces, wide
from .running import without_running

__all__ = ["Glyph", "Piece", "laid_out", "pieces"]


def laid_out(pages: list[list[Piece]]) -> Extract:
    """The text of pages (the first is "page 1"): a line a paragraph, cells side by side parted by tabs."""
    out = Composer()
    for paragraph in paragraphs([regions(page) for page in without_running(pages)]):
        for number, placed in enumerate(paragraph):
            if number:
                _seam(out, paragraph[number - 1].text, placed.text)
            last = number == len(paragraph) - 1
            _write(out, placed, "" if last else paragraph[number + 1].text)
        out.between("\n")
    return Extract(out.text(), "utf-8", out.runs())


def _seam(out: Composer, before: str, after: str) -> None:
    """A blank where a line ends between two words; none in Chinese, none in a number or a parted word."""
    if before[-1].isalpha() and after[0].isalpha() and not (wide(before[-1]) or wide(after[0])):
        out.between(" ")


def _write(out: Composer, placed: Placed, after: str) -> None:
    for cell, piece in enumerate(placed.line):
        if cell:
            out.between("\t")
        text = piece.text
        if cell == len(placed.line) - 1 and _parted(text, after):
            text = text[:-1]
        _put(out, text, piece.places, f"page {placed.page + 1}")


def _parted(text: str, after: str) -> bool:
    """Whether a line ends with the hyphen of a word that goes on in the next one."""
    return len(text) > 1 and text[-1] in "-\u00ad\u2010" and text[-2].isalpha() and after[:1].islower()


def _put(out: Composer, text: str, places: tuple[int, ...], part: str) -> None:
    """Write characters; where their offsets do not go on, a new run begins."""
    begun = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or places[i] != places[i - 1] + 1:
            out.put(text[begun:i], part, places[begun])
            begun = i
