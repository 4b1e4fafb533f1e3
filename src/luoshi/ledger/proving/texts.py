"""An event and the words kept beside it in, what does not hold between them out; erased words are in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from ..chain import SALT_BYTES, UnknownAlgorithm, commit
from ..models import Event, Text
from .nouns import Fault, fault
from .streams import NOTHING, Kinds, rows

ERASE = "erase"
ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Words(NamedTuple):
    """Somebody's words as they lie in the database; without salt, and with the event that erased them, erased."""

    item: UUID
    sequence: int
    event: UUID
    field: str
    words: str
    salt: bytes | None
    erased_by: UUID | None


COLUMNS: Kinds = {
    "event__item": UUID,
    "event__sequence": int,
    "event": UUID,
    "field": str,
    "words": str,
    "salt": (bytes, memoryview, NOTHING),
    "erased_by": (UUID, NOTHING),
}


def words(item: UUID | None = None) -> Iterator[Words]:
    """All texts, or those of an item, by item, sequence and field. Raises Garbled."""
    found = Text.unguarded.filter(event__item=item) if item else Text.unguarded.all()
    return map(Words._make, rows(found.order_by("event__item", "event__sequence", "field"), COLUMNS))


def check(
    called: object, sequence: int, payload: Mapping[str, Any], kept: Iterable[Words], algorithm: str
) -> list[Fault]:
    """What does not hold between the commitments of an event and the words kept of it."""
    promised = commitments(payload)
    found = [code for text in kept for code in _of_text(text, promised.pop(text.field, None), algorithm)]
    found += [("text_gone", field) for field in promised]
    return [fault(code, called, sequence, field=field) for code, field in found]


def commitments(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The commitments in the payload of an event, by field."""
    fields = payload.get("fields")
    found = fields.items() if isinstance(fields, dict) else ()
    return {key: value["commitment"] for key, value in found if isinstance(value, dict) and "commitment" in value}


def _of_text(text: Words, promised: Any, algorithm: str) -> Iterator[tuple[str, str]]:
    if promised is None:
        yield "text_from_nowhere", text.field
    elif text.erased_by is not None or (text.salt is None and text.words == ""):
        if not _said(text):
            yield "text_wiped", text.field
        elif text.words or text.salt is not None:
            yield "text_not_wiped", text.field
    elif not _kept(text, promised, algorithm):
        yield "text_changed", text.field


def _kept(text: Words, promised: Any, algorithm: str) -> bool:
    if text.salt is None or len(text.salt) != SALT_BYTES:
        return False
    try:
        return bool(commit(text.words, bytes(text.salt), algorithm) == promised)
    except (UnknownAlgorithm, UnicodeEncodeError):
        return False


def _said(text: Words) -> bool:
    """True when the event that is said to have erased a text says so itself."""
    if text.erased_by is None:
        return False
    found = Event.unguarded.filter(pk=text.erased_by, verb=ERASE).values_list("payload", flat=True).first()
    return found is not None and (str(text.event), text.field) in erased(found)


def erased(payload: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The texts that an event says it erased, each as the id of its event and its field."""
    listed = payload.get("texts")
    found = listed if isinstance(listed, list) else ()
    return {(str(each.get("event")), str(each.get("field"))) for each in found if isinstance(each, dict)}


def not_wiped(called: object, sequence: int, payload: Mapping[str, Any]) -> list[Fault]:
    """Texts that an event of erasing names and that still have words."""
    named = erased(payload)
    events = [event for event, _ in named if ID.fullmatch(event)]
    still = Text.unguarded.filter(event__in=events).exclude(words="", salt=None)
    fields = [text.field for text in still if (str(text.event_id), text.field) in named]
    return [fault("text_not_wiped", called, sequence, field=field) for field in fields]
