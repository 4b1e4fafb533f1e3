"""A web page as bytes in, the text of its article with a way back to its bytes out."""

from __future__ import annotations

from ..extract import Extract
from .assembly import assemble
from .builder import build
from .decoding import decoded
from .metadata import metadata
from .scoring import Scores
from .selection import Selection
from .tables import with_rows

__all__ = ["read_html"]


def read_html(data: bytes, name: str) -> Extract:
    """The article of a page: title, information, paragraphs, rows of tables, editors, a line each.

    Args:
        data: the page as it came, in any encoding and however broken.
        name: of its file; a page says nothing by it.

    Raises:
        Unreadable: it is no text in any encoding of Chinese.
    """
    text, encoding, skipped = decoded(data)
    page = build(text)
    lines = with_rows(page)
    if not lines:
        # Some pages show their article by a script.
        page = build(text, show_hidden=True)
        lines = with_rows(page)
    titles, known = metadata(page)
    kept = Selection(page, lines, Scores(page, lines), titles).kept()
    return assemble(kept, text, encoding, skipped, known, page.spanned)
