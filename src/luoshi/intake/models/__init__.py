"""The tables of intake: drafts, and what was decided about them."""

from .decision import Decision, OnlyAdded
from .draft import Draft

__all__ = ["Decision", "Draft", "OnlyAdded"]
