"""The tables of the ledger: items, events, texts apart, evidence, roots of days, what is to be told to whom."""

from .event import Event
from .evidence import Evidence
from .item import Item, Support
from .outbox import Notice
from .root import Leaf, Root
from .search import SearchText
from .series import Series
from .text import Text

__all__ = ["Event", "Evidence", "Item", "Leaf", "Notice", "Root", "SearchText", "Series", "Support", "Text"]
