"""The tables of intake: drafts, what was decided about them, what responses ask of places."""

from .decision import Decision, OnlyAdded
from .draft import Draft
from .prepared import PreparedItem

__all__ = ["Decision", "Draft", "OnlyAdded", "PreparedItem"]
