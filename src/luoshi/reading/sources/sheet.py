"""The bytes of an Excel or CSV file in, its rows as text and tables with the way back out."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from .archive import Archive, beside
from .encodings import decode
from .extract import Extract, Unreadable
from .grid import MOST_CELLS, Cell, Sheet, column_name, gridded
from .markup import elements
from .printing import printed

_DAMAGED = "the Excel file is damaged or of a kind this does not know; open it and save it anew as .xlsx"
# What openpyxl raises for files that are not sound: it checks little and trips over what it does not expect.
_TRIPS = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, AssertionError, SyntaxError,
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RecursionError, NotImplementedError,
)  # fmt: skip
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?")
_SEPARATORS = ",\t;"


def read_sheet(data: bytes, name: str) -> Extract:
    """The text of an XLSX: formulas by the values stored with them, dates as ISO days, hidden sheets left out.

    Places are "Sheet1!B4" with the character in the cell. Raises Unreadable.
    """
    import openpyxl  # type: ignore[import-untyped]  # here, because it takes a fifth of a second

    archive = Archive(data)
    archive.bound((".xml", ".rels"))
    merged = _merged_by_sheet(archive)
    try:
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions that do not matter here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            # By their names, which are given once (ECMA-376, 18.2.19): a damaged list may name one sheet many times.
            shown = {sheet.title: sheet for sheet in book.worksheets if sheet.sheet_state == "visible"}
            return gridded([Sheet(_rows(each), merged.get(name, {})) for name, each in shown.items()], "utf-8")
    except Unreadable:
        raise
    except _TRIPS:
        raise Unreadable(_DAMAGED) from None


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    """Rows that hold words. A sheet may say that it is larger than it is, so that is not believed."""
    sheet.reset_dimensions()
    seen = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        seen += 1 + len(row)
        if seen > 4 * MOST_CELLS:
            raise Unreadable(f"it has more than {MOST_CELLS:,} cells, more than any ledger; split it first")
        words = ((at, printed(cell.value, cell.number_format)) for at, cell in enumerate(row) if cell.value is not None)
        cells = [Cell(at, f"{sheet.title}!{column_name(at)}{number}", text) for at, text in words if text.strip()]
        if cells:
            yield number, cells


def _merged_by_sheet(archive: Archive) -> dict[str, dict[tuple[int, int], tuple[int, int]]]:
    """The merged cells of each sheet by its name; openpyxl passes them over when it reads row by row."""
    return {name: _merged(archive.read(path)) for name, path in sheet_members(archive).items()}


def sheet_members(archive: Archive) -> dict[str, str]:
    """The member of each sheet by the sheet's name. Raises Unreadable."""
    book = "xl/workbook.xml"
    relations = "xl/_rels/workbook.xml.rels"
    if book not in archive or relations not in archive:
        return {}
    paths = {e.get("Id"): beside(book, e.get("Target", "")) for e in elements(archive.read(relations), 1, relations)}
    found = {}
    for sheet in elements(archive.read(book), 2, book):
        path = paths.get(sheet.get("r-id")) if sheet.tag == "s-sheet" else None
        if path and path in archive:
            found[sheet.get("name", "")] = path
    return found


_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:]{2,30})[\"']")


def _merged(sheet: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of every part of a merged cell and of its first; rows count from 1, columns from 0."""
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for match in _MERGE.finditer(sheet, max(sheet.rfind(b"</sheetData>"), sheet.rfind(b":sheetData>"), 0)):
        reference = _REFERENCE.fullmatch(match.group(1).decode())
        if reference is None or reference[3] is None:
            continue
        top, bottom = int(reference[2]), int(reference[4])
        left, right = _column(reference[1]), _column(reference[3])
        if len(out) + (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise Unreadable(f"its merged cells cover more than {MOST_CELLS:,}; split it first")
        out.update({(r, c): (top, left) for r in range(top, bottom + 1) for c in range(left, right + 1)})
    return out


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_csv(data: bytes, name: str) -> Extract:
    """The text of a CSV file, parted by commas, tabs or semicolons; places are "B4" with the character in it.

    Raises Unreadable.
    """
    text, encoding = decode(data)
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    return gridded([Sheet(_csv_rows(text, separator), {})], encoding)


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, list[Cell]]]:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            cells = [Cell(at, f"{column_name(at)}{number}", words) for at, words in enumerate(row) if words.strip()]
            if cells:
                yield number, cells
    except csv.Error as wrong:
        raise Unreadable(f"the CSV file is damaged ({wrong}); save it anew") from None
