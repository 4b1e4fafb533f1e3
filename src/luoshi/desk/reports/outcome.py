"""A report's directives and the cards of its drafts in, what became of each, in words and as a picture, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Directive
from luoshi.intake.models import Draft

from .cards import Card

STATE = Draft.State
# What became of a draft, in the order of the picture; a draft that was split is told by its parts.
FATES = {
    "landed": (_("已立项"), (STATE.CONFIRMED,)),
    "joined": (_("合并或并入"), (STATE.MERGED, STATE.LINKED)),
    "refused": (_("不立项"), (STATE.REFUSED,)),
    "waiting": (_("未跟进"), (STATE.WAITING,)),
}
# Units of the picture, whatever the size it is drawn in.
WIDE = 1000


class Fate(NamedTuple):
    """A piece of the picture: which, its name, how many, where it begins and how wide it is."""

    key: str
    name: str
    number: int
    start: int
    width: int


class Became(NamedTuple):
    """What became of one card."""

    card: Card
    fate: str
    name: str


class Line(NamedTuple):
    """A directive with what became of its actions; none: it asks for nothing that could become an item."""

    directive: Directive | None
    became: tuple[Became, ...]


class Outcome(NamedTuple):
    """The picture, and the directives."""

    fates: tuple[Fate, ...]
    lines: tuple[Line, ...]
    all: int


def outcome(directives: Sequence[Directive], cards: Iterable[Card]) -> Outcome:
    """What became of a report."""
    told = [_became(card) for card in cards if card.draft.state != STATE.SPLIT]
    counts = Counter(each.fate for each in told)
    of: dict[int | None, list[Became]] = {}
    for each in told:
        of.setdefault(each.card.draft.directive_id, []).append(each)
    lines = [Line(directive, tuple(of.pop(directive.pk, ()))) for directive in directives]
    # Entered by hand, or of a directive that is not read any more.
    lines += [Line(left[0].card.draft.directive, tuple(left)) for left in of.values()]
    return Outcome(tuple(_fates(counts)), tuple(lines), sum(counts.values()))


def _became(card: Card) -> Became:
    fate = next(key for key, (_name, states) in FATES.items() if card.draft.state in states)
    return Became(card, fate, str(FATES[fate][0]))


def _fates(counts: Counter[str]) -> Iterable[Fate]:
    start, total = 0, sum(counts.values()) or 1
    for key, (name, _states) in FATES.items():
        width = counts[key] * WIDE // total
        yield Fate(key, str(name), counts[key], start, width)
        start += width
