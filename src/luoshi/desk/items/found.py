"""The id of an item and who asks in, the item with all that its page and its forms are drawn from out.

The ledger's door is asked first, and says of what is out of sight that there is no such item; it looks at one row,
where `Item.seen` would go through all that lies within somebody's sight.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.http import Http404

from luoshi.ledger.actions import Refused, moves_for
from luoshi.ledger.actions.books import playbook_of
from luoshi.ledger.models import Item, Support
from luoshi.ledger.playbook import Move
from luoshi.ledger.policy import About, Person
from luoshi.people.models import User
from luoshi.people.scope import Scope
from luoshi.places.models import PlaceState

from ..forms.nouns import Subject

BESIDE = ("place", "line", "lead", "opened_by__unit", "verifier__unit")


class Found(NamedTuple):
    """An item in sight, and the moves that are open to who asks."""

    subject: Subject
    moves: tuple[Move, ...]

    @property
    def verbs(self) -> frozenset[str]:
        """The verbs of the moves."""
        return frozenset(move.verb for move in self.moves)


def found(user: User, item: UUID, now: datetime) -> Found:
    """An item in sight.

    Raises:
        Http404: there is none, or it is out of sight.
        LedgerUnavailable: the database does not answer.
    """
    try:
        moves = moves_for(user, item, now)
    except Refused:
        raise Http404 from None
    row = Item.unguarded.select_related(*BESIDE).get(pk=item)
    return Found(Subject(row, playbook_of(row.playbook, row.version), user.scope_today), moves)


def in_sight(rows: Iterable[Item], scope: Scope) -> list[Item]:
    """Those of some items that a viewer sees, by the rule of the door; two queries, none for no items."""
    there = list(rows)
    if not there:
        return []
    places = {row.place_id for row in there}
    states = PlaceState.objects.filter(place__in=places, since__lte=scope.day).order_by("since")
    paths = dict(states.values_list("place", "path"))
    supports: dict[UUID, set[int]] = {}
    for item, unit in Support.unguarded.filter(item__in=[row.pk for row in there]).values_list("item", "unit"):
        supports.setdefault(item, set()).add(unit)
    who = Person(scope, {}, frozenset())
    return [row for row in there if who.sees(_about(row, paths, supports))]


def _about(row: Item, paths: dict[int, str], supports: dict[UUID, set[int]]) -> About:
    own = frozenset(supports.get(row.pk, ()))
    return About(paths.get(row.place_id, ""), row.line_id, row.lead_id, own, row.verifier_id, row.opened_by_id)
