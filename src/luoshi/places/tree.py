"""A day and a place in, the states of places above, below and beside it on that day out."""

from __future__ import annotations

import datetime

from .models import Place, PlaceState, state_on
from .models.place import PlaceStateQuerySet
from .paths import ids_of


def on(day: datetime.date) -> PlaceStateQuerySet:
    """Every place there was on `day`, as it was then."""
    return PlaceState.objects.on(day)


def within(place: Place, day: datetime.date) -> PlaceStateQuerySet:
    """`place` and everything below it on `day`; nothing when it was not there."""
    state = state_on(place, day)
    return on(day).under(state.path) if state else on(day).none()


def children(place: Place, day: datetime.date) -> PlaceStateQuerySet:
    """What hung straight under `place` on `day`; levels may be skipped (仙桃 under 湖北)."""
    return on(day).filter(parent=place)


def ancestors(place: Place, day: datetime.date) -> list[PlaceState]:
    """The chain above `place` on `day`, from the country down, without itself."""
    state = state_on(place, day)
    if state is None:
        return []
    ids = ids_of(state.path)[:-1]
    found = {above.place_id: above for above in on(day).filter(place_id__in=ids)}
    return [found[each] for each in ids if each in found]
