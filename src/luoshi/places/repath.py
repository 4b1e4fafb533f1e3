"""A place whose states were changed in, its last known name and the paths of all below it put right out."""

from __future__ import annotations

from collections.abc import Iterable

from .models import Place, PlaceState
from .models.history import renew
from .paths import Link, Orphaned, chained

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
    found = {int(part) for state in states for part in state.path.strip("/").split("/") if part}
    parents = {state.parent_id for state in states if state.parent_id}
    while parents - found:
        found |= parents
        parents = set(PlaceState.objects.filter(place_id__in=parents).values_list("parent_id", flat=True)) - {None}
    return found


def _chains(states: Iterable[PlaceState]) -> dict[tuple[int, object], str]:
    links = [
        Link(str(s.place_id), str(s.parent_id or ""), s.since, s.since_known, s.until, s.until_known) for s in states
    ]
    chains: dict[tuple[int, object], str] = {}
    for piece in chained(links):
        if piece.since != piece.link.since:
            raise Orphaned(f"{piece.link.key}: the chain above it changes on {piece.since}; end it there first")
        chains[int(piece.link.key), piece.since] = "/" + "".join(f"{key}/" for key in piece.chain)
    return chains
