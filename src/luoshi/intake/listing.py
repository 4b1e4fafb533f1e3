"""The tables of places and units in, the directory of names out: with what an office put right and added itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from django.db.models import Count, Max, Value

from luoshi.places.gazetteer import PlaceState as State
from luoshi.places.gazetteer import Succession as Passed
from luoshi.places.lines import load_lines
from luoshi.places.models import Origin, Place, PlaceState, Succession, Unit
from luoshi.places.names import Directory, Own, directory

Stamp = tuple[Any, ...]


def current_directory() -> Directory:
    """The directory of the database as it is now; built anew (two seconds for the country) when it has changed."""
    return _built(_stamp())


# One for each process: a directory of the country takes some 100 MB.
@lru_cache(maxsize=1)
def _built(stamp: Stamp) -> Directory:
    return directory(_states(), load_lines(), _own(), _passed(), _aliases())


def _stamp() -> Stamp:
    """What changes when places, or units with names of their own, do: how many there are, the newest, its changes.

    One query, because it is asked for every report.
    """
    rows = [PlaceState.objects, Succession.objects, _own_units()]
    counted = [_last(n, each.all(), "pk", Count("pk")) for n, each in enumerate(rows)]
    kept = [cast(Any, model).history for model in (Place, PlaceState, Unit)]
    changed = [_last(n, each.all(), "history_id", Value(0)) for n, each in enumerate(kept, len(rows))]
    first, *others = (*counted, *changed)
    return tuple(sorted(first.union(*others, all=True)))


def _last(number: int, rows: Any, key: str, many: Any) -> Any:
    """A row with the number, how many rows there are, and the newest of them."""
    named = rows.order_by().annotate(number=Value(number)).values("number")
    return named.annotate(last=Max(key), many=many).values_list("number", "many", "last")


def _states() -> Iterator[State]:
    fields = ("place__key", "level", "name", "code", "parent__key", "since", "since_known", "until", "until_known")
    for row in PlaceState.objects.order_by("place__key", "since").values_list(*fields, "source"):
        key, level, name, code, parent, *rest = row
        yield State(key, level, name, code, parent or "", *rest)


def _passed() -> Iterator[Passed]:
    fields = ("place__key", "day", "day_known", "successor__key", "extent", "source")
    return (Passed(*row) for row in Succession.objects.order_by("day", "place__key").values_list(*fields))


def _aliases() -> dict[str, list[str]]:
    rows = PlaceState.objects.exclude(place__aliases=[]).values_list("place__key", "place__aliases")
    return dict(rows)


def _own_units() -> Any:
    """Units that a table or a person brought or put right: the names of the others follow from their lines."""
    return Unit.objects.exclude(origin=Origin.LOADED, corrected=[])


def _own() -> Iterator[Own]:
    for unit in _own_units().select_related("place"):
        names = tuple(dict.fromkeys(filter(None, (unit.name, unit.short, *unit.aliases))))
        yield Own(unit.key, names, unit.place.key, unit.since, unit.until)


def rows_of(keys: set[str]) -> dict[str, Unit]:
    """The units of keys, with what items need of them."""
    return {unit.key: unit for unit in Unit.objects.filter(key__in=keys).select_related("place", "line")}
