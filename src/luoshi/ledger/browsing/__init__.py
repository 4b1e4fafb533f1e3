"""What somebody wants to see of the ledger in; their rows, in order and in pages, out; as quick for many as for few."""

from .pages import COUNTED, SIZE, Found, browse
from .rows import Part, Row, parts_of, rows_of, supports_of
from .wanted import At, Wanted, seen

__all__ = [
    "COUNTED",
    "SIZE",
    "At",
    "Found",
    "Part",
    "Row",
    "Wanted",
    "browse",
    "parts_of",
    "rows_of",
    "seen",
    "supports_of",
]
