"""The machine: a playbook, what an item is now, a viewer and a day in; the moves open to them, or the step, out."""

from .nouns import Act, Actor, Child, Entry, Extending, Fault, Hand, ItemState, Quotation, Step, Tape, World
from .opening import Unreplayable, begin, opening
from .replaying import apply, replay
from .stepping import moves, step

__all__ = [
    "Act",
    "Actor",
    "Child",
    "Entry",
    "Extending",
    "Fault",
    "Hand",
    "ItemState",
    "Quotation",
    "Step",
    "Tape",
    "Unreplayable",
    "World",
    "apply",
    "begin",
    "moves",
    "opening",
    "replay",
    "step",
]
