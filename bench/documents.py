"""The example reports made Word files and PDFs in, milliseconds a document out, beside what others need for them.

Others: python-docx listing its paragraphs, and PDFium giving the plain text of the pages, in the same run.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pypdfium2 as pdfium
from tests.reading.documents.made import pdf_file
from tests.reading.documents.ruled import document, table

from luoshi.reading.sources import from_bytes

REPORTS = [
    [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    for path in sorted((Path(__file__).parents[1] / "gold").glob("*.txt"))
]
ROUNDS = 5


def with_python_docx(data: bytes) -> object:
    """The paragraphs of a Word file."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def with_pdfium(data: bytes) -> object:
    """The text of the pages of a PDF, lines as they are wrapped."""
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data)]


def milliseconds(work: Callable[[bytes], object], documents: Sequence[bytes]) -> float:
    """Milliseconds a document, the best of ROUNDS."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for data in documents:
            work(data)
        best = min(best, time.perf_counter() - began)
    return best * 1000 / len(documents)


def plain_word(lines: list[str]) -> bytes:
    """A Word file without named styles."""
    return styled_word(lines, None)


def styled_word(lines: list[str], style: str | None = "List Number") -> bytes:
    """A Word file whose paragraphs have a style with numbers, so that 350 KB of styles must be read."""
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line, style)
    document.save(out)
    return out.getvalue()


def ruled(lines: list[str]) -> bytes:
    """A PDF with a table of tasks, a line a row."""
    return document(table([["工作任务", "责任单位"], *([line, "县水利局"] for line in lines)]))


def main() -> None:
    """Print the times and their ratios."""
    made: dict[str, tuple[Callable[[list[str]], bytes], Callable[[bytes], object], str]] = {
        "Word": (plain_word, with_python_docx, "python-docx"),
        "Word with styles": (styled_word, with_python_docx, "python-docx"),
        "PDF": (pdf_file, with_pdfium, "plain PDFium"),
        "PDF with a table": (ruled, with_pdfium, "plain PDFium"),
    }
    for name, (make, other, called) in made.items():
        documents = [make(lines) for lines in REPORTS]
        own, others = milliseconds(from_bytes, documents), milliseconds(other, documents)
        print(f"{name:17} {own:7.2f} ms, {called} {others:7.2f} ms: {own / others:.2f} of it")


if __name__ == "__main__":
    main()
