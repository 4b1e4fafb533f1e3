"""The same report as text, Word and PDF in, the same directives out."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from functools import cache

import docx
import pytest

from luoshi.reading import read
from tests.folders import GOLD

from .made import official, pdf_file

# What was asked of every format.
ASKED = 0.98


def plain_word(lines: list[str]) -> bytes:
    document = docx.Document()
    document.add_heading(lines[0], 0)
    for line in lines[1:]:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "Word": plain_word,
    "Word with numbers and tables": official,
    "PDF": pdf_file,
    "PDF in two columns": lambda lines: pdf_file(lines, columns=2, size=10.5),
    "PDF without indents": lambda lines: pdf_file(lines, indented=False, size=12),
}


def whole_lines(text: str) -> list[str]:
    """The lines of a report, those broken in mid-sentence made whole as no word processor would break them."""
    for noise in sorted(read(text).noise, key=lambda n: -n.start):
        if noise.kind == "break" and "\n" in text[noise.start : noise.end]:
            text = text[: noise.start] + text[noise.end :]
    return [line.strip() for line in text.splitlines() if line.strip()]


@cache
def reports() -> dict[str, tuple[str, list[str]]]:
    """The reports and their lines, read when they are asked for: every process of tests imports this."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(GOLD.glob("*.txt"))}
    return {name: (text, whole_lines(text)) for name, text in texts.items()}


@cache
def told(source: str | bytes) -> Counter[str]:
    return Counter(directive.span.text for directive in read(source).directives)


def f1(format_: str) -> tuple[float, list[str]]:
    """F1 over all reports, and the reports that differ."""
    right = most = 0
    differ = []
    for name, (text, lines) in reports().items():
        expected, found = told(text), told(FORMATS[format_](lines))
        right += 2 * (expected & found).total()
        most += expected.total() + found.total()
        differ += [name] if expected != found else []
    return right / most, differ


def test_it_works() -> None:
    assert len(reports()) > 20 and sum(told(text).total() for text, _ in reports().values()) > 300


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_gives_the_same_directives(format_: str) -> None:
    reached, differ = f1(format_)
    assert reached >= ASKED, json.dumps(differ)
