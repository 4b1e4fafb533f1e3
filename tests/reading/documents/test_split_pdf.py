"""Whole split documents as PDF files: lines of owners and numbered lines begin anew, however short the lines are."""

from __future__ import annotations

from luoshi.reading import Source
from luoshi.reading.sources import from_bytes
from tests.reading.test_whole_documents import ALL, LATER, score
from tests.splits import Case

from .made import pdf_file

PROSE = [case for case in [*ALL, *LATER] if "text" in case]


def _printed(case: Case) -> Source:
    lines = [line.strip() for line in case["text"].split("\n") if line.strip()]
    return from_bytes(pdf_file(lines), "plan.pdf")


def test_it_works() -> None:
    found = score(PROSE, _printed)
    shown = "\n".join([str(found), *found.wrong])
    assert len(PROSE) >= 40
    assert found.items_f1 >= 0.95 and found.leads >= 0.95 and found.owners_f1 >= 0.95, shown
