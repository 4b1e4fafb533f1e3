"""The name of a request and what it asks in, what came of it the first time out: sent twice, it is done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import IntegrityError

from ..chain import canonical
from ..machine.faults import fault
from ..models import Event, Item, Text
from .books import playbook_of
from .outcome import Outcome
from .refused import Refused

T = TypeVar("T")


class Asked(NamedTuple):
    """What makes two requests the same: who, the item (none: a new one), the verb, what goes into the payload and the
    texts, and the words of the parts of a split."""

    who: frozenset[str]
    item: UUID | None
    verb: str
    payload: Mapping[str, Any]
    texts: Mapping[str, str]
    parts: Sequence[str] = ()


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
        and _opened(event) == list(asked.parts)
    )


def _is_commitment(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"commitment"}


def _said(event: Event, texts: Mapping[str, str]) -> bool:
    """True when the words are the same; of words that were erased nobody can say that they were others."""
    rows = {row.field: row for row in Text.unguarded.filter(event=event)}
    return set(rows) == set(texts) and all(row.erased_by_id or row.words == texts[key] for key, row in rows.items())


def _children(event: Event) -> tuple[UUID, ...]:
    return tuple(UUID(child) for child in event.payload.get("children", ()))


def _opened(event: Event) -> list[str]:
    words = dict(Item.unguarded.filter(pk__in=_children(event)).values_list("pk", "words"))
    return [words[child] for child in _children(event)]
