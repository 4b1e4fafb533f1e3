"""The bytes of a Word file (DOCX) in, its text with list numbers, tables and notes and the way back out."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ..archive import Archive, beside
from ..composing import Composer
from ..extract import Extract
from ..markup import elements
from .numbering import Numbering
from .tables import Carried, rows
from .words import blocks, unwrapped, words

__all__ = ["read_word"]

_NOTES = (("w-footnote", "footnotes"), ("w-endnote", "endnotes"))
# Lines that Word draws above notes, kept among the notes.
_NO_NOTE = frozenset({"separator", "continuationSeparator", "continuationNotice"})
# In a cell the row must stay one line; one character for one, so that offsets stay.
_ONE_LINE = str.maketrans("\n\t\r", "   ")


def read_word(data: bytes, name: str) -> Extract:
    """The text of a DOCX, a line a paragraph; headers, footers, comments, macros and properties are not read.

    Places are "paragraph 12" (of the body, from 1), "table 2 row 3 cell 1", "text box 1", "footnote 1",
    "endnote 1", with the character in it (paragraphs of a cell, box or note parted by one character). A
    number that Word prints before a paragraph points at the paragraph. Raises Unreadable.
    """
    archive = Archive(data)
    main = _relations(archive, "").get("officeDocument", "word/document.xml")
    document = _Document(archive, _relations(archive, main))
    for block in elements(archive.read(main), 2, "the text"):
        document.block(block)
    for tag, kind in _NOTES:
        document.notes(tag, kind)
    return Extract(document.out.text(), "utf-8", document.out.runs(), tables=tuple(document.tables))


def _relations(archive: Archive, member: str) -> dict[str, str]:
    """Which part another part (or the file itself, "") names as its numbering, styles, footnotes …"""
    folder, _, file = member.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    if relations not in archive:
        return {}
    found = {}
    for each in elements(archive.read(relations), 1, "the list of its parts"):
        target = beside(member, each.get("Target", ""))
        if each.get("TargetMode") != "External" and target in archive:
            found[each.get("Type", "").rpartition("/")[2]] = target
    return found


class _Document:
    """The text as it grows, block after block."""

    def __init__(self, archive: Archive, parts: dict[str, str]) -> None:
        self._archive, self._parts = archive, parts
        self.out = Composer()
        self.tables: list[tuple[tuple[tuple[int, int], ...], ...]] = []
        self._numbering = Numbering(self._part("numbering"), lambda: self._part("styles"))
        self._paragraphs = self._tables = self._boxes = 0
        self._waiting: list[Element] = []

    def _part(self, kind: str) -> bytes | None:
        return self._archive.read(self._parts[kind]) if kind in self._parts else None

    def block(self, block: Element) -> None:
        """One block of the body: a paragraph, a table, or what wraps such."""
        for each in unwrapped(block):
            if each.tag == "w-p":
                self._paragraphs += 1
                self._lines([each], f"paragraph {self._paragraphs}")
            elif each.tag == "w-tbl":
                self._table(each)
            self._text_boxes()

    def notes(self, tag: str, kind: str) -> None:
        """The notes of one kind, at the end of the text."""
        count, data = 0, self._part(kind)
        for note in elements(data, 1, "the notes") if data else ():
            if note.tag == tag and note.get("w-type") not in _NO_NOTE:
                count += 1
                self._lines(blocks(note), f"{tag.removeprefix('w-')} {count}")
                self._text_boxes()

    def _text_boxes(self) -> None:
        while self._waiting:
            box = self._waiting.pop(0)
            self._boxes += 1
            self._lines(blocks(box), f"text box {self._boxes}")

    def _lines(self, paragraphs: Iterable[Element], part: str) -> None:
        """Paragraphs of one part, a line each; empty ones are counted, not written."""
        offset = 0
        for paragraph in paragraphs:
            for each in [paragraph] if paragraph.tag == "w-p" else _inner(paragraph):
                written, text = self._paragraph(each, part, offset, one_line=False)
                if written[0] < written[1]:
                    self.out.between("\n")
                offset += len(text) + 1

    def _paragraph(self, paragraph: Element, part: str, offset: int, one_line: bool) -> tuple[tuple[int, int], str]:
        """Write one paragraph with its number; where it stands in the text now, and its words."""
        text, boxes = words(paragraph)
        self._waiting += boxes
        gone = not text and paragraph.find("w-pPr/w-rPr/w-del") is not None
        label = "" if gone else self._numbering.label(paragraph)
        shown = text.translate(_ONE_LINE) if one_line else text
        start = self.out.length
        if not shown.strip():
            return (start, start), text
        if label:
            # 1. and 5万吨 must not become 1.5万吨.
            self.out.put(label + " " * (label[-1].isascii() and shown[0].isascii()), part, offset)
        self.out.put(shown, part, offset)
        return (start, self.out.length), text

    def _table(self, table: Element) -> None:
        """A table, a row a line; empty rows are counted, not written."""
        self._tables += 1
        carried = Carried()
        for number, row in enumerate(rows(table), 1):
            shown = [not cell.carried and _says_something(cell.element) for cell in row.cells]
            stretches = []
            for place, cell in enumerate(row.cells, 1):
                if place > 1 and any(shown):
                    self.out.between("\t")
                part = f"table {self._tables} row {number} cell {place}"
                stretches.append(self._cell(cell.element, part) if shown[place - 1] else (self.out.length,) * 2)
            carried.add(row, stretches, any(shown))
            if any(shown):
                self.out.between("\n")
        if carried.rows:
            self.tables.append(tuple(carried.rows))

    def _cell(self, cell: Element, part: str) -> tuple[int, int]:
        """Write the paragraphs of one cell, parted by spaces; the stretch they take."""
        start, offset = self.out.length, 0
        for paragraph in _inner(cell):
            if self.out.length > start and words(paragraph)[0].strip():
                self.out.between(" ")
            offset += len(self._paragraph(paragraph, part, offset, one_line=True)[1]) + 1
        return start, self.out.length


def _says_something(cell: Element) -> bool:
    return any(words(paragraph)[0].strip() for paragraph in _inner(cell))


def _inner(container: Element) -> Iterable[Element]:
    """All paragraphs in a cell or a table, those of tables in it too, in order."""
    for block in blocks(container):
        if block.tag == "w-p":
            yield block
        else:
            yield from _inner(block)
