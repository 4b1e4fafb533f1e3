"""A report in, what it tells whom to do out, every line with its exact evidence.

>>> from luoshi.reading import read
>>> reading = read("会议强调，要压实防汛责任，加密巡堤查险。")
>>> [action.span.text for action in reading.directives[0].actions]
['压实防汛责任', '加密巡堤查险']
"""

from __future__ import annotations

from pathlib import Path

from . import pipeline, sources
from .facts import Action, Directive, Noise, Reading, Source, Span, Statement
from .form import as_dict
from .sources import Unreadable

__all__ = [
    "Action",
    "Directive",
    "Noise",
    "Reading",
    "Source",
    "Span",
    "Statement",
    "Unreadable",
    "as_dict",
    "read",
]


def read(source: str | bytes | Path | Source, published: str | None = None) -> Reading:
    """Read one report.

    Args:
        source: the text itself (str), its bytes, a file (Path), or a Source made before.
        published: the day of publication (ISO 8601) where it is known from elsewhere.

    Raises:
        Unreadable: the source holds no text that can be read; the message says why.
        OSError: the file cannot be opened.
    """
    if isinstance(source, Path):
        source = sources.from_file(source)
    elif isinstance(source, bytes):
        source = sources.from_bytes(source)
    elif isinstance(source, str):
        source = sources.from_text(source)
    return pipeline.run(source, published)
