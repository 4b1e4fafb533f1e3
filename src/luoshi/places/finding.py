"""What somebody typed for a place (a key, a code, a name, a chain of names) and a day in, the places meant out."""

from __future__ import annotations

import datetime
import re

from django.db.models import Q

from .gazetteer.names import stem
from .models import Place, PlaceState
from .models.place import Level, PlaceStateQuerySet
from .paths import ids_of


def find(typed: str, day: datetime.date) -> list[PlaceState]:
    """The states on `day` of the places meant: by key, code, full name, name without its rank; best first.

    A chain narrows it: 浙江/杭州/钱塘 or 浙江省杭州市 钱塘区. Nothing is guessed: names alike all come back.
    """
    return _find(typed, PlaceState.objects.on(day))


def find_ever(typed: str) -> list[PlaceState]:
    """The states of any day: for a name that is asked on a day when it was not there."""
    return _find(typed, PlaceState.objects.order_by("since"))


def _find(typed: str, among: PlaceStateQuerySet) -> list[PlaceState]:
    *above, last = typed.replace("/", " ").split() or [""]
    # By ids, not by a join: an OR over two tables makes PostgreSQL read every pair there is.
    keyed = list(Place.objects.filter(key=last).values_list("pk", flat=True))
    named = Q(name=last) | Q(code=last) | Q(place_id__in=[*keyed, *_zones_called(last)])
    found = list(among.filter(named).select_related("place", "parent"))
    if not found:
        near = among.filter(Q(name__startswith=last) | Q(level=Level.ZONE)).select_related("place", "parent")
        found = [state for state in near if last in {short(name) for name in (state.name, *state.place.aliases)}]
    for name in above:
        found = [state for state in found if _has_above(state, name)]
    return sorted(found, key=lambda state: (len(state.path.split("/")), state.code))


def _zones_called(name: str) -> list[int]:
    """Zones have other names (金华开发区); they are few enough to look through."""
    zones = Place.objects.filter(level=Level.ZONE).values_list("pk", "aliases")
    return [pk for pk, aliases in zones if name in aliases]


def _has_above(state: PlaceState, name: str) -> bool:
    ids = ids_of(state.path)[:-1]
    named = Place.objects.filter(pk__in=ids).values_list("name", "key")
    return any(name in (full, key, short(full)) for full, key in named)


_PROVINCE = re.compile("(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省)$")


def short(name: str) -> str:
    """A name without its rank: 浙江 of 浙江省, 广西 of 广西壮族自治区, 钱塘 of 钱塘区."""
    return _PROVINCE.sub("", name) if _PROVINCE.search(name) else stem(name)
