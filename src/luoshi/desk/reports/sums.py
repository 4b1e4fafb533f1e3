"""Drafts in, how many wait, what is lacking in them and what became of the others, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from luoshi.intake.models import Draft

# What may be lacking, in the words of the field; the keys are those of `Draft.gaps`.
GAPS = {"owner": _("缺责任"), "deadline": _("缺时限"), "measure": _("缺量化")}


class Sum(NamedTuple):
    """A number with its name; `key` is the filter that shows what is counted."""

    key: str
    name: str
    number: int


class Sums(NamedTuple):
    """All, how many wait, what is lacking in those, what became of the others."""

    all: int
    waiting: int
    gaps: tuple[Sum, ...]
    states: tuple[Sum, ...]


def sums(drafts: Iterable[Draft]) -> Sums:
    """The sums of the drafts of a report."""
    every = list(drafts)
    waiting = [draft for draft in every if draft.state == Draft.State.WAITING]
    lacking = Counter(gap for draft in waiting for gap in draft.gaps)
    decided = Counter(draft.state for draft in every if draft.state != Draft.State.WAITING)
    gaps = tuple(Sum(key, str(name), lacking[key]) for key, name in GAPS.items())
    states = tuple(Sum(state, str(state.label), decided[state]) for state in Draft.State if decided[state])
    return Sums(len(every), len(waiting), gaps, states)
