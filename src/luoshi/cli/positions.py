"""A position in the text of a reading in, the words for it out: which line, or which page, paragraph or cell."""

from __future__ import annotations

import re
from bisect import bisect_right

from luoshi.reading import Reading
from luoshi.reading.offsets import in_document

# Parts of documents as their readers name them, and in Chinese. Cells of a sheet (Sheet1!B4) stay as they are.
PARTS = (
    (re.compile(r"page (\d+)"), "第{}页"),
    (re.compile(r"paragraph (\d+)"), "第{}段"),
    (re.compile(r"table (\d+) row (\d+) cell (\d+)"), "表{}第{}行第{}格"),
    (re.compile(r"text box (\d+)"), "文本框{}"),
    (re.compile(r"footnote (\d+)"), "脚注{}"),
    (re.compile(r"endnote (\d+)"), "尾注{}"),
)


class Positions:
    """The lines of a text, found once."""

    def __init__(self, reading: Reading) -> None:
        self.source = reading.source
        self._breaks = [match.start() for match in re.finditer("\n", self.source.text)]

    def line(self, position: int) -> int:
        """The number of the line, from 1."""
        return bisect_right(self._breaks, position - 1) + 1

    def part(self, position: int) -> str:
        """The part of the document: 第3页; empty for a text or a web page."""
        part = in_document(self.source, position)[0]
        for named, words in PARTS:
            if found := named.fullmatch(part):
                return words.format(*found.groups())
        return part
