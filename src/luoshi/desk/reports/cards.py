"""The drafts of a report in, what is shown of each out: its number, its words, what is lacking, what is suggested."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from luoshi.documents.models import Directive, Report
from luoshi.intake.models import Draft
from luoshi.ledger.models import Item
from luoshi.people.scope import Scope
from luoshi.places.models import Unit

from .rights import Rights

# Candidates shown for one printed owner: the first is right nearly always; more than three nobody compares.
CANDIDATES = 3
# Characters of a word that only says that something is to be done: 要, 必须, 务必要.
CUE = 3


class Suggestion(NamedTuple):
    """Something that the report may mean, which a person takes or leaves. `take` is what the button sends."""

    take: str
    name: str
    reason: str


class Owner(NamedTuple):
    """A printed owner, with the units that it may mean; `unsure`: why none of them is suggested."""

    printed: str
    lead: bool
    suggestions: tuple[Suggestion, ...]
    unsure: str


@dataclass(frozen=True)
class Card:
    """A draft as the desk shows it. `evidence`: the draft whose words light up with it; `fresh`: what it says is a
    suggestion yet, and `preset` why its lead is; `item`: what became of it, where that is within sight."""

    draft: Draft
    number: int
    evidence: int | None
    owners: tuple[Owner, ...]
    preset: str
    day: Suggestion | None
    supports: tuple[Unit, ...]
    item: Item | None
    may: bool
    # What was said before (reports.earlier).
    earlier: tuple[Any, ...] = ()

    @property
    def fresh(self) -> bool:
        """Whether nobody has touched it."""
        return self.draft.version == 1

    @property
    def waiting(self) -> bool:
        """Whether somebody has to decide it yet."""
        return self.draft.state == Draft.State.WAITING


@dataclass(frozen=True)
class Group:
    """The cards of one directive; `told`: its words say something that its cards do not."""

    directive: Directive | None
    cards: tuple[Card, ...]

    @property
    def told(self) -> bool:
        """Whether the words of the directive are shown above its cards."""
        if self.directive is None or len(self.cards) > 1:
            return self.directive is not None
        # 要修订应急预案 says no more than 修订应急预案.
        alone, words = self.cards[0].draft.words, self.directive.words
        return not (words.endswith(alone) and len(words) - len(alone) <= CUE)

    @property
    def waiting(self) -> int:
        """How many of its drafts wait."""
        return sum(card.waiting for card in self.cards)


def drafts_of(scope: Scope, report: Report) -> list[Draft]:
    """The drafts of a report within sight, in the order of the report; parts stand behind their whole."""
    rows = Draft.seen.within(scope).filter(report=report).select_related("directive", "lead", "into", "whole", "place")
    return sorted(rows, key=lambda draft: (draft.rank, draft.whole_id or draft.pk, draft.pk))


def cards(scope: Scope, drafts: Sequence[Draft]) -> tuple[Card, ...]:
    """The cards of drafts; three queries, however many they are."""
    rights, units, items = Rights(scope, drafts), _supports(drafts), _items(scope, drafts)
    return tuple(_card(draft, number, rights, units, items) for number, draft in enumerate(drafts, 1))


def groups(found: Iterable[Card]) -> tuple[Group, ...]:
    """The same cards by their directives."""
    together = groupby(found, key=lambda card: card.draft.directive_id or -card.draft.pk)
    each = (tuple(inside) for _, inside in together)
    return tuple(Group(inside[0].draft.directive, inside) for inside in each)


def _card(draft: Draft, number: int, rights: Rights, units: Mapping[str, Unit], items: Mapping[Any, Item]) -> Card:
    owners = tuple(_owner(draft, owner) for owner in draft.owners)
    return Card(
        draft,
        number,
        (draft.whole_id or draft.pk) if draft.quotation else None,
        owners,
        _preset(draft),
        _day(draft),
        tuple(units[key] for key in draft.supports if key in units),
        items.get(draft.item_id),
        rights.decides(draft),
    )


def _supports(drafts: Iterable[Draft]) -> dict[str, Unit]:
    keys = {key for draft in drafts for key in draft.supports}
    return {unit.key: unit for unit in Unit.objects.filter(key__in=keys)} if keys else {}


def _items(scope: Scope, drafts: Iterable[Draft]) -> dict[Any, Item]:
    ids = {draft.item_id for draft in drafts if draft.item_id}
    return {item.pk: item for item in Item.seen.within(scope).filter(pk__in=ids)} if ids else {}


def _owner(draft: Draft, owner: Mapping[str, Any]) -> Owner:
    """A printed owner. What stands in the draft already is not offered again."""
    lead = not owner.get("support")
    standing = {draft.lead.key if draft.lead else "", *draft.supports}
    choices = () if lead and draft.lead else owner.get("choices", ())
    offered = (_offer("lead" if lead else "support", choice) for choice in choices)
    found = tuple(each for each in offered if each.take.partition(":")[2] not in standing)
    unsure = str(dict(Draft.Unsure.choices).get(owner.get("unsure", ""), ""))
    return Owner(owner.get("printed", ""), lead, found[:CANDIDATES], unsure)


def _offer(kind: str, choice: Mapping[str, Any]) -> Suggestion:
    """A candidate, or who does its work now; one that nobody confirmed is none, since no item could go to it."""
    if choice.get("instead"):
        return Suggestion(f"{kind}:{choice['instead']}", choice.get("instead_name", ""), choice.get("reason", ""))
    key = choice["unit"] if choice.get("ready") else ""
    return Suggestion(f"{kind}:{key}", choice.get("name", ""), choice.get("reason", ""))


def _preset(draft: Draft) -> str:
    """Why a unit stands there that nobody chose yet: the reason of the candidate."""
    key = draft.lead.key if draft.lead and draft.version == 1 else None
    choices = [choice for owner in draft.owners for choice in owner.get("choices", ())]
    return next((c.get("reason", "") for c in choices if c.get("unit") == key), "")


def _day(draft: Draft) -> Suggestion | None:
    """The last day of the printed deadline, where it is one and another or none was set."""
    try:
        day = datetime.date.fromisoformat(str(draft.deadline.get("by")))
    except ValueError:
        return None
    return None if draft.due else Suggestion(f"due:{day}", day.isoformat(), draft.deadline.get("text", ""))
