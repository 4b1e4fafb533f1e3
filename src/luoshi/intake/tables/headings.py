"""A heading in, the field of a ledger that its column holds out; the words are in columns.yaml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from luoshi.reading.tables import first

FILE = Path(__file__).with_name("columns.yaml")
PASS = "pass"


class Field(NamedTuple):
    """A field, the pattern of headings that mean it, and the names that the reader has for such columns."""

    name: str
    pattern: re.Pattern[str] | None
    read: tuple[str, ...]


@cache
def fields() -> tuple[Field, ...]:
    """All fields, in the order of the file."""
    return tuple(_field(row) for row in yaml.safe_load(FILE.read_text("utf-8")))


def _field(row: dict[str, Any]) -> Field:
    pattern = re.compile(row["pattern"]) if "pattern" in row else None
    return Field(row["field"], pattern, tuple(row.get("read", ())))


# （限30字）, (万元): what a heading says of how it is filled in.
_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")


def field_of(heading: str, loose: bool = False) -> str | None:
    """The field that a heading names; None: it names none, "pass": one that is not taken over.

    Args:
        heading: as printed.
        loose: headings not in the usual words count too; tasks may look like them, so that only headings are asked so.
    """
    words = re.sub(r"\s+", "", heading).rstrip("：:*")
    return _field_of(words, loose) or _field_of(_BRACKET.sub("", words), loose)


def _field_of(words: str, loose: bool) -> str | None:
    for field in fields():
        if field.pattern and field.pattern.search(words):
            return field.name
    found = first("columns", words)
    if found is None or (found.gives and not loose):
        return None
    name = found.gives or found.name
    return next((field.name for field in fields() if name in field.read), None)
