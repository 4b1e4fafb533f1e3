"""A place whose states were changed in, its last known name and the paths of all below it put right out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from .models import Place, PlaceState
from .models.history import renew
from .paths import Link, Orphaned, chained, ids_of, path_of

# States written at once.
BATCH = 2_000
REASON = "moved with a place above"


def repath(place: Place) -> int:
    """Bring name, level, code of `place` to its last state, and the paths of it and all below it to their chains.

    Call it in a transaction. Gives the number of states whose path changed.

    Raises:
        Orphaned: a state would have no parent on some day, or another chain within its period: end it there first.
    """
    _follow_last(place)
    states = list(PlaceState.objects.filter(path__contains=f"/{place.pk}/") | place.states.all())
    above = PlaceState.objects.filter(place_id__in=_above(states)).exclude(pk__in=[s.pk for s in states])
    chains = _chains([*above, *states])
    changed = []
    for state in states:
        path = chains[state.place_id, state.since]
        if path != state.path:
            state.path = path
            changed.append(state)
    renew(PlaceState, changed, ("path",), REASON, BATCH)
    return len(changed)


def _follow_last(place: Place) -> None:
    last = place.states.order_by("since").last()
    if last and (place.name, place.level, place.code) != (last.name, last.level, last.code):
        place.name, place.level, place.code = last.name, last.level, last.code
        place.save()


def _above(states: Iterable[PlaceState]) -> set[int]:
    """Every place on a path or named as a parent, and those above it."""
    found = {each for state in states for each in ids_of(state.path)}
    parents = {state.parent_id for state in states if state.parent_id}
    while parents - found:
        found |= parents
        parents = set(PlaceState.objects.filter(place_id__in=parents).values_list("parent_id", flat=True)) - {None}
    return found


def _chains(states: Sequence[PlaceState]) -> dict[tuple[int, datetime.date], str]:
    """Of each state the path that its chain makes; places go by their keys, which people know."""
    ids = {each for state in states for each in (state.place_id, state.parent_id) if each}
    keys = dict(Place.objects.filter(pk__in=ids).values_list("pk", "key"))
    back = {key: pk for pk, key in keys.items()}
    chains = {}
    for piece in chained(_link(state, keys) for state in states):
        if piece.since != piece.link.since:
            raise Orphaned(piece.link.key, _("的上级在%(day)s改属，请先在该日分段") % {"day": piece.since})
        chains[back[piece.link.key], piece.since] = path_of(back[key] for key in piece.chain)
    return chains


def _link(state: PlaceState, keys: dict[int, str]) -> Link:
    parent = keys[state.parent_id] if state.parent_id else ""
    return Link(keys[state.place_id], parent, state.since, state.since_known, state.until, state.until_known)
