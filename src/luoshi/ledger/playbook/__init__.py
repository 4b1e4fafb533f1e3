"""Playbooks: YAML in, checked states and moves out; no expressions, guards and effects are named."""

from .loading import BrokenPlaybooks, Playbooks, UnknownPlaybook, load_playbooks
from .names import Names
from .nouns import Children, Evidence, Field, FieldKind, Move, Opening, Parts, Playbook, State, StateKind, Who

__all__ = [
    "BrokenPlaybooks",
    "Children",
    "Evidence",
    "Field",
    "FieldKind",
    "Move",
    "Names",
    "Opening",
    "Parts",
    "Playbook",
    "Playbooks",
    "State",
    "StateKind",
    "UnknownPlaybook",
    "Who",
    "load_playbooks",
]
