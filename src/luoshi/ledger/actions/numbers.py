"""A place, a list and a day in, the next number of their series out, without gaps, the row locked until it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from luoshi.places.models import Level, Place, PlaceState

from ..models import Item, Series

# Names of places below these are no names of their own in the country: four cities have a 鼓楼区.
OWN_NAME = frozenset({Level.COUNTRY, Level.PROVINCE, Level.PREFECTURE})
LONGEST = Item._meta.get_field("number").max_length or 0


class Numbered(NamedTuple):
    """A number and what it was made of; `series` is locked, its `last` and `head` are those before."""

    series: Series
    serial: int
    number: str


def next_number(place: Place, key: str, called: str, day: date) -> Numbered:
    """The next number of the list `key`, called `called`, of a place in the year of `day`; inside a transaction.

    `临川市任务清单〔2026〕12号`; below cities with the names above (`临川市青溪县…`). Whoever opens another item of the
    series waits until this transaction ends: so there is no gap, and no number twice.
    """
    series = _locked(place, key, day.year)
    serial = series.last + 1
    written = (f"{name}{called}〔{day.year}〕{serial}号" for name in _names(place, day))
    fitting = [number for number in written if len(number) <= LONGEST]
    taken = set(Item.unguarded.filter(number__in=fitting).values_list("number", flat=True))
    return Numbered(series, serial, next(number for number in fitting if number not in taken))


def lock_series(wanted: Iterable[tuple[Place, str, int]]) -> None:
    """Lock several series, whoever asks in the same order, so that no two wait for each other."""
    for place, key, year in sorted(set(wanted), key=lambda each: (each[0].pk, *each[1:])):
        _locked(place, key, year)


def advance(numbered: Numbered, head: str) -> None:
    """Say that the number is used, by the opening event whose hash is `head`."""
    Series.unguarded.filter(pk=numbered.series.pk).update(last=numbered.serial, head=head)


def _locked(place: Place, key: str, year: int) -> Series:
    wanted = {"place": place, "list": key, "year": year}
    found = Series.unguarded.select_for_update(no_key=True).filter(**wanted).first()
    if found is None:
        # Two that open the first of a series at once: one row, and the other waits for it.
        Series.unguarded.bulk_create([Series(**wanted)], ignore_conflicts=True)
        found = Series.unguarded.select_for_update(no_key=True).get(**wanted)
    return found


def _names(place: Place, day: date) -> Iterator[str]:
    """What a place may be called in a number, best first; the key tells apart what is called the same (a district that
    was dissolved, and the new one of that name)."""
    state = PlaceState.objects.filter(place=place, since__lte=day).order_by("-since").first()
    name = state.name if state else place.name
    full = name if state is None or state.level in OWN_NAME else f"{_above(state, day)}{name}"
    yield from (full, name, f"{full}（{place.key}）", f"{name}（{place.key}）", place.key, f"#{place.pk}")


def _above(state: PlaceState, day: date) -> str:
    """The names above, from the city down; from the province where there is no city."""
    above = [int(part) for part in state.path.strip("/").split("/")[:-1]]
    held = PlaceState.objects.filter(place__in=above, since__lte=day).order_by("since")
    latest = {row.place_id: row for row in held}
    rows = [latest[pk] for pk in above if pk in latest and latest[pk].level != Level.COUNTRY]
    lower = [row for row in rows if row.level != Level.PROVINCE]
    cities = [row for row in lower if row.level == Level.PREFECTURE]
    return "".join(row.name for row in (lower if cities else rows))
