"""An Excel file and its sheets in, the formulas out whose values are not in the file, and those that are errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.reading.sources.archive import Archive
from luoshi.reading.sources.sheet import sheet_members

from .nouns import Fault, Sheet

# More faults than anybody reads; the rest is told as soon as these are mended.
MOST_TOLD = 50
# A cell with a formula up to its end. A formula holds no "<": its own are written &lt;.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
# What Excel puts in place of a value that it cannot work out (ECMA-376, 18.17.2.7).
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")


def broken(data: bytes, sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    """A fault for each formula without a value and for each error, in the order of the sheets; 50 of each at most."""
    errors = [
        Fault("formula_error", sheet.name, line.number, _letter(cell.name), cell.text)
        for sheet in sheets
        for line in sheet.lines
        for cell in line.filled
        if _ERROR.fullmatch(cell.text)
    ]
    yield from errors[:MOST_TOLD]
    if data.startswith(b"PK"):
        names = {sheet.name for sheet in sheets}
        empty = (fault for fault in _empty(Archive(data)) if fault.sheet in names)
        yield from (fault for fault, _ in zip(empty, range(MOST_TOLD), strict=False))


def _empty(archive: Archive) -> Iterator[Fault]:
    """Formulas that were never worked out: a program wrote them, and no Excel has opened the file since.

    One whose value is the empty text says so (t="str") and has its value.
    """
    for name, path in sheet_members(archive).items():
        for match in _FORMULA.finditer(archive.read(path)):
            attributes, value = match.groups()
            where = _REFERENCE.search(attributes)
            if where and not value and b't="str"' not in attributes:
                yield Fault("formula", name, int(where[2]), where[1].decode())


def _letter(name: str) -> str:
    return name.rstrip("0123456789")
