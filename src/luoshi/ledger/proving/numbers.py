"""The series and the openings of their items in, numbers that are gone and openings that do not follow out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from ..models import Event, Series
from .nouns import Counts, Fault, fault
from .streams import Beside, Kinds, rows


class Opening(NamedTuple):
    """The opening of an item, by its series and number."""

    series: int
    serial: int
    number: str
    payload: str
    hash: str


SERIES: Kinds = {"pk": int, "place__key": str, "list": str, "year": int, "last": int, "head": str}
OPENINGS: Kinds = {"item__series_id": int, "item__serial": int, "item__number": str, "spelled": str, "hash": str}


def check(counts: Counts) -> Iterator[Fault]:
    """Each series: its numbers from 1 up, each opening holding the hash of the one before, the row that of the last."""
    openings: Beside[int] = Beside(_openings())
    for pk, place, list_, year, last, head in rows(Series.unguarded.order_by("pk"), SERIES):
        counts.add("series")
        called, number, hash = f"{place} {list_} {year}", 0, ""
        for opening in openings.of(pk):
            yield from _follows(called, number, hash, opening)
            number, hash = opening.serial, opening.hash
        yield from _ends(called, number, hash, last, head)


def _openings() -> Iterator[Opening]:
    found = Event.unguarded.filter(sequence=1).annotate(spelled=Cast("payload", TextField()))
    return map(Opening._make, rows(found.order_by("item__series_id", "item__serial"), OPENINGS))


def _follows(called: str, number: int, hash: str, opening: Opening) -> Iterator[Fault]:
    if opening.serial != number + 1:
        yield fault("number_gone", series=called, number=_run(number + 1, opening.serial - 1))
    elif _previous(opening.payload) != hash:
        yield fault("series_chain", opening.number, 1)


def _ends(called: str, number: int, hash: str, last: int, head: str) -> Iterator[Fault]:
    if last > number:
        yield fault("number_gone", series=called, number=_run(number + 1, last))
    elif last < number:
        yield fault("series_behind", series=called, row=last, items=number)
    elif head != hash:
        yield fault("series_head", series=called)


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _previous(payload: str) -> Any:
    try:
        return json.loads(payload)["series"]["previous"]
    except (ValueError, TypeError, LookupError):
        return None
