"""A letter that was made ready in, sent by its kind of channel, or why not, out."""

from .ready import Ready, send

__all__ = ["Ready", "send"]
