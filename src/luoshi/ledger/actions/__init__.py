"""The one door: who acts, on what, with which words and files in; rows, events and notices, written in one go, out."""

from .acting import act, act_on_many, moves_for
from .erasing import erase
from .filing import File, attachment, keep
from .opening import open_item
from .outcome import Outcome, Result
from .refused import LedgerUnavailable, Refused, Since, Stale
from .writing import Told

__all__ = [
    "File",
    "LedgerUnavailable",
    "Outcome",
    "Refused",
    "Result",
    "Since",
    "Stale",
    "Told",
    "act",
    "act_on_many",
    "attachment",
    "erase",
    "keep",
    "moves_for",
    "open_item",
]
