"""Somebody's scope and drafts in, which of them they may decide out."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.intake.models import Draft
from luoshi.ledger.policy import About, covers
from luoshi.people.roles import Role
from luoshi.people.scope import Scope
from luoshi.places.models import PlaceState

DECIDING = frozenset({Role.SUPERVISOR})


class Rights:
    """Who decides: a supervisor whose post covers the place and the line of a draft; of no place, any. One query."""

    def __init__(self, scope: Scope, drafts: Iterable[Draft]) -> None:
        self.parts = scope.of(DECIDING)
        places = {draft.place_id for draft in drafts if draft.place_id} if self.parts else set()
        states = PlaceState.objects.filter(place__in=places, since__lte=scope.day).order_by("since")
        self.paths = dict(states.values_list("place_id", "path")) if places else {}

    def decides(self, draft: Draft) -> bool:
        """Whether they may decide a draft that they see."""
        about = About(self.paths.get(draft.place_id or 0, ""), draft.line_id)
        return any(draft.place_id is None or covers(part, about) for part in self.parts)
