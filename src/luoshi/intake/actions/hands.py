"""Somebody and drafts in, the post in which they may decide about them out: a supervisor's that covers the place."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from luoshi.ledger.actions.viewing import path_at
from luoshi.ledger.machine.days import day as day_of
from luoshi.ledger.policy import About, covers
from luoshi.people.roles import Role
from luoshi.people.scope import Scope
from luoshi.people.seeing import Viewer, sees

from ..models import Draft
from .refused import DraftNotFound, DraftRefused, Fault

SUPERVISORS = frozenset({Role.SUPERVISOR})


@dataclass(frozen=True)
class Hand:
    """Somebody on the day of `now`: what they see; paths of places are asked for once."""

    scope: Scope
    now: datetime.datetime
    paths: dict[int, str] = field(default_factory=dict)

    @property
    def day(self) -> datetime.date:
        """The day in China."""
        return day_of(self.now)

    def post(self, place: int | None, line: int | None) -> int | None:
        """The first of their posts that supervises a place and line; of no place any supervisor's."""
        about = About(self._path(place), line) if place else None
        parts = (part for part in self.scope.of(SUPERVISORS) if about is None or covers(part, about))
        part = next(parts, None)
        return (part.stand_in or part.post) if part else None

    def must(self, place: int | None, line: int | None) -> int:
        """The post that may decide there.

        Raises:
            DraftRefused: none of theirs may.
        """
        post = self.post(place, line)
        if post is None:
            raise DraftRefused(Fault("", _("待确认事项须由所在地区的督查员办理：请转请其办理。")))
        return post

    def _path(self, place: int) -> str:
        if place not in self.paths:
            self.paths[place] = path_at(place, self.day)
        return self.paths[place]


def hand_of(viewer: Viewer, now: datetime.datetime) -> Hand:
    """The hand of a viewer; one query."""
    return Hand(sees(viewer, day_of(now)), now)


def locked(hand: Hand, wanted: Sequence[int]) -> Mapping[int, Draft]:
    """Drafts within sight, locked to the end of the transaction, in one order for everybody.

    Raises:
        DraftNotFound: one of them is not there, or out of sight.
    """
    keys = set(wanted)
    if Draft.seen.within(hand.scope).filter(pk__in=keys).count() != len(keys):
        raise DraftNotFound
    rows = Draft.unguarded.filter(pk__in=keys).order_by("pk")
    if connection.features.has_select_for_update:
        # Apart from reading: a row that was waited for is read anew, what was joined to it would not be.
        list(rows.select_for_update().values_list("pk"))
    return {row.pk: row for row in rows.select_related("place", "line", "lead", "report", "item", "into")}
