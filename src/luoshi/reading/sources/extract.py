"""What a reader of documents gives: the text of one document, where it stood, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from ..facts import NOTHING_KNOWN, Known, Run, Table


class Unreadable(ValueError):
    """A source that cannot be read; the message says what was wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a document as its readers see it, a line a paragraph, a table row a line with its cells
    parted by tabs; `runs` (in order, the first at 0) leads back to the document."""

    text: str
    encoding: str
    runs: tuple[Run, ...] = ()
    known: Known = NOTHING_KNOWN
    tables: tuple[Table, ...] = ()
