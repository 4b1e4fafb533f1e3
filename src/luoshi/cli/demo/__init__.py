"""`luoshi demo`: an empty folder in, a province at work with its people out, to be tried and thrown away."""

from .command import command

__all__ = ["command"]
