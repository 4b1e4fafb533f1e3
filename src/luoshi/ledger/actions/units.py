"""Keys of units in, their ids, and which of them are confirmed and there on a day, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from luoshi.places.models import Unit

from ..machine import Fault
from ..machine.values import storable
from ..playbook import Field


class Units(NamedTuple):
    """Ids by key, the keys that work may be given to, the ids of their places and what they are called by key."""

    ids: Mapping[str, int]
    confirmed: frozenset[str]
    places: Mapping[str, int] = {}
    names: Mapping[str, str] = {}


def look_up(keys: Iterable[str | None], day: date) -> Units:
    """The units of `keys` that there are; one query, none for no keys."""
    wanted = {key for key in keys if key and storable(key)}
    columns = ("key", "status", "since", "until", "place", "name")
    rows = list(Unit.objects.filter(key__in=wanted).only(*columns)) if wanted else []
    there = {row.key for row in rows if row.status == Unit.Status.CONFIRMED and row.holds(day)}
    places, names = {row.key: row.place_id for row in rows}, {row.key: row.name for row in rows}
    return Units({row.key: row.pk for row in rows}, frozenset(there), places, names)


def of_move(fields: Iterable[Field], given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Keys of units in what was filled in, by field; what is no text the machine tells of."""
    found: dict[str, list[str]] = {}
    for field in fields:
        value = given.get(field.key)
        if field.kind in ("unit", "units"):
            found[field.key] = list(_texts(value))
        elif field.kind == "parts":
            for number, part in enumerate(value if isinstance(value, list | tuple) else ()):
                found |= {f"{field.key}[{number}].{key}": keys for key, keys in of_part(part).items()}
    return found


def of_part(part: Any) -> dict[str, list[str]]:
    """Keys of the units that lead and support a new item."""
    return {key: list(_texts(part.get(key))) for key in ("lead", "supports")} if isinstance(part, Mapping) else {}


def unknown(named: Mapping[str, Iterable[str]], units: Units) -> tuple[Fault, ...]:
    """A fault for each key that no unit has."""
    pairs = [(field, key) for field, keys in named.items() for key in keys]
    return tuple(Fault("unknown_unit", field, {"unit": key[:90]}) for field, key in pairs if key not in units.ids)


def _texts(value: Any) -> Iterator[str]:
    values = value if isinstance(value, list | tuple) else (value,)
    yield from (each for each in values if isinstance(each, str) and each)
