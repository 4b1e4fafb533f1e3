"""The name of a request and what it asks in, what came of it the first time out: sent twice, it is done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import IntegrityError

from ..chain import canonical
from ..machine import Fault
from ..models import Event, Item, Text
from .outcome import Outcome
from .refused import Refused

T = TypeVar("T")


class Asked(NamedTuple):
    """What makes two requests the same: item (none: a new one), verb, who, what was filled in and brought."""

    item: UUID | None
    verb: str
    who: frozenset[str]
    fields: Mapping[str, Any]
    evidence: Sequence[tuple[str, str]] = ()


def first_time(request: str | None, asked: Asked) -> Outcome | None:
    """What came of a request, when it was sent before.

    Raises:
        Refused: something else was asked under the same name, or by somebody else.
    """
    event = Event.unguarded.filter(request=request).first() if request else None
    if event is None:
        return None
    if not _same(event, asked):
        raise Refused((Fault("request_used"),))
    return outcome_of(event)


def outcome_of(event: Event) -> Outcome:
    """What came of an act, from its event."""
    row = Item.unguarded.get(pk=event.item_id)
    children = tuple(UUID(child) for child in event.payload.get("children", ()))
    return Outcome(row.pk, row.number, event.sequence, event.pk, event.hash, children, repeated=True)


def once(request: str | None, work: Callable[[], T]) -> T:
    """Do `work`, which looks for the request first; again, where another did the same at the same moment."""
    try:
        return work()
    except IntegrityError:
        if request is None or not Event.unguarded.filter(request=request).exists():
            raise
        return work()


def _same(event: Event, asked: Asked) -> bool:
    brought = [[each["kind"], each["sha256"]] for each in event.payload.get("evidence", ())]
    return (
        event.verb == asked.verb
        and asked.item in (None, event.item_id)
        and f"{event.actor_kind}:{event.actor}" in asked.who
        and sorted(brought) == sorted([kind, sha256] for kind, sha256 in asked.evidence)
        and all(_same_field(event, key, value) for key, value in asked.fields.items())
    )


def _same_field(event: Event, key: str, value: Any) -> bool:
    """Of words only the commitment is in the event; where they were erased, nobody can say that they are others."""
    kept = event.payload["fields"].get(key)
    if isinstance(kept, dict) and "commitment" in kept:
        text = Text.unguarded.get(event=event, field=key)
        return text.erased_by_id is not None or text.words == str(value).strip()
    return canonical(kept) == canonical(value)
