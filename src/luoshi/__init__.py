"""luoshi 落实: from what was said to what got done, with the evidence for both ends."""

__version__ = "0.1.0"
