"""A province and a number in, as many items at work in it out, every event of them made and chained like any other."""

from .fill import fill, filled

__all__ = ["fill", "filled"]
