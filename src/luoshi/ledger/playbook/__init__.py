"""Playbooks: YAML in, checked states and moves out; no expressions, guards and effects are named."""

from .nouns import Children, Evidence, Field, FieldKind, Move, Names, Opening, Playbook, State, StateKind, Who

__all__ = [
    "Children",
    "Evidence",
    "Field",
    "FieldKind",
    "Move",
    "Names",
    "Opening",
    "Playbook",
    "State",
    "StateKind",
    "Who",
]
