"""All that a file holds of one item in; what is not here yet written, with the item's row, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from luoshi.places.models import Line, Place

from .. import models
from ..actions.books import playbooks
from ..machine import replay
from ..models import Event, Evidence, Text
from ..proving.events import entry_of
from ..proving.replaying import write

# Rows written at once.
MANY = 500


class Conflict(Exception):
    """What the file holds, and what is here, cannot both be."""


@dataclass
class Parcel:
    """The events of an item from the first on, its texts and its files."""

    item: UUID
    events: list[Event] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    files: list[Evidence] = field(default_factory=list)


class Series:
    """The series that items were brought into, whose numbers are written at the end."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, int], models.Series] = {}

    def opened(self, said: Mapping[str, Any], head: str) -> None:
        """An opening of a series. Raises Conflict."""
        key = (said["place"], said["list"], said["year"])
        if key not in self._rows:
            place = Place.objects.filter(key=key[0]).first()
            if place is None:
                raise Conflict(f"there is no place {key[0]} here: load places first")
            self._rows[key], _ = models.Series.unguarded.get_or_create(place=place, list=key[1], year=key[2])
        row = self._rows[key]
        if said["serial"] > row.last:
            row.last, row.head = said["serial"], head

    def write(self) -> None:
        """Write how many numbers each has given out, and the hash of its last opening."""
        models.Series.unguarded.bulk_update(self._rows.values(), ("last", "head"), MANY)


def put(parcel: Parcel, series: Series) -> Counter[str]:
    """Write what is not here of an item; how many rows of each kind. Raises Conflict, and what an event that is none
    makes of the machine."""
    known = dict(Event.unguarded.filter(item=parcel.item).values_list("sequence", "hash"))
    for event in parcel.events:
        if known.get(event.sequence, event.hash) != event.hash:
            raise Conflict(f"event {event.sequence} of item {parcel.item} is another here")
    new = [event for event in parcel.events if event.sequence not in known]
    if new:
        _write_row(parcel, series)
    Event.unguarded.bulk_create(new, MANY)
    return Counter(
        events=len(new), items=int(bool(new) and not known), texts=_put_texts(parcel), files=_put_files(parcel)
    )


def _write_row(parcel: Parcel, series: Series) -> None:
    first, last = parcel.events[0], parcel.events[-1]
    state = replay((entry_of(event) for event in parcel.events), playbooks())
    series.opened(first.payload["series"], first.hash)
    try:
        write(parcel.item, state, first.payload, last.hash)
    except (Place.DoesNotExist, Line.DoesNotExist, KeyError) as lost:
        raise Conflict(f"{state.number} names a place, line or unit that is not here: {lost}") from None


def _put_texts(parcel: Parcel) -> int:
    """Words that were erased here stay erased; those that were erased there are erased here."""
    here = {(text.event_id, text.field): text for text in Text.unguarded.filter(event__item=parcel.item)}
    new = [text for text in parcel.texts if (text.event_id, text.field) not in here]
    Text.unguarded.bulk_create(new, MANY)
    for text in parcel.texts:
        known = here.get((text.event_id, text.field))
        if known and text.erased_by_id and not known.erased_by_id:
            Text.unguarded.filter(pk=known.pk).update(words="", salt=None, erased_by=text.erased_by_id)
    return len(new)


def _put_files(parcel: Parcel) -> int:
    here = {file.sha256: file for file in Evidence.unguarded.filter(item=parcel.item)}
    new = [file for file in parcel.files if file.sha256 not in here]
    Evidence.unguarded.bulk_create(new, MANY)
    for file in parcel.files:
        known = here.get(file.sha256)
        if known and file.erased_at and not known.erased_at:
            Evidence.unguarded.filter(pk=known.pk).update(name="", erased_at=file.erased_at)
    return len(new)
