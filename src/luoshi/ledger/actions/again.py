"""The name of a request and what it asks in, what came of it the first time out: sent twice, it is done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import IntegrityError

from ..chain import canonical
from ..machine import Fault
from ..machine.faults import fault
from ..machine.values import storable
from ..models import Event, Item, Text
from .books import playbook_of
from .outcome import Outcome
from .refused import Refused

T = TypeVar("T")
LONGEST = Event._meta.get_field("request").max_length or 0


class Asked(NamedTuple):
    """What makes two requests the same: who, the item (none: a new one), the verb, what goes into the payload and the
    texts, and the parts of a split."""

    who: frozenset[str]
    item: UUID | None
    verb: str
    payload: Mapping[str, Any]
    texts: Mapping[str, str]
    parts: Sequence[Mapping[str, Any]] = ()


def named(request: str | None) -> str | None:
    """What a form calls its request; none of an empty one.

    Raises:
        Refused: it is no name that the database keeps.
    """
    if request and not (len(request) <= LONGEST and storable(request)):
        raise Refused((Fault("bad_request", "request", {"most": str(LONGEST)}),))
    return request or None


def sent_before(request: str | None) -> Event | None:
    """The event that a request came to, when it was sent before."""
    return Event.unguarded.filter(request=request).first() if request else None


def repeated(event: Event, asked: Asked) -> Outcome:
    """What came of the event, to who sends the same request again.

    Raises:
        Refused: something else is asked under the name, or by somebody else.
    """
    if not _same(event, asked):
        raise Refused((fault("request_reused"),), playbook_of(event.playbook, event.version))
    number = Item.unguarded.values_list("number", flat=True).get(pk=event.item_id)
    return Outcome(event.item_id, number, event.sequence, event.pk, event.hash, _children(event), repeated=True)


def once(request: str | None, work: Callable[[], T]) -> T:
    """Do `work`, which looks for the request first; again, where another did the same at the same moment."""
    try:
        return work()
    except IntegrityError:
        if sent_before(request) is None:
            raise
        return work()


def _same(event: Event, asked: Asked) -> bool:
    hidden = [key for key, value in event.payload["fields"].items() if _is_commitment(value)]
    fields = {key: value for key, value in event.payload["fields"].items() if key not in hidden}
    kept = {**{key: event.payload.get(key) for key in asked.payload}, "fields": fields}
    return (
        f"{event.actor_kind}:{event.actor}" in asked.who
        and asked.item in (None, event.item_id)
        and event.verb == asked.verb
        and canonical(kept) == canonical(dict(asked.payload))
        and _said(event, asked.texts)
        and _same_parts(event, asked.parts)
    )


def _is_commitment(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"commitment"}


def _said(event: Event, texts: Mapping[str, str]) -> bool:
    """True when the words are the same; of words that were erased nobody can say that they were others."""
    rows = {row.field: row for row in Text.unguarded.filter(event=event)}
    return set(rows) == set(texts) and all(row.erased_by_id or row.words == texts[key] for key, row in rows.items())


def _children(event: Event) -> tuple[UUID, ...]:
    return tuple(UUID(child) for child in event.payload.get("children", ()))


def _same_parts(event: Event, asked: Sequence[Mapping[str, Any]]) -> bool:
    """True when the parts opened with an event are those asked for; what they leave out is nothing, or the parent's."""
    children = _children(event)
    opened = dict(Event.unguarded.filter(item__in=children, sequence=1).values_list("item", "payload"))
    above = Event.unguarded.values_list("payload", flat=True).get(item=event.item_id, sequence=1) if children else {}
    left_out: dict[str, Any] = {"supports": [], "due": None, **{key: above.get(key) for key in ("place", "line")}}
    wanted = [{**left_out, **part} for part in asked]
    return len(wanted) == len(children) and all(
        {key: opened[child].get(key) for key in part} == part for child, part in zip(children, wanted, strict=True)
    )
