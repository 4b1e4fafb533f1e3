"""Events, words and files of an item in, the lines of its log out: who, when, what, as its playbook says it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from luoshi.ledger.models import Event, Evidence, Item, Text
from luoshi.ledger.playbook import Playbook
from luoshi.ledger.playbook.vocabulary import STEP

from .names import Names
from .wording import Said, fields_of, stepped, worded

# An act is written down at once; what differs by less is the time that took.
AT_ONCE = timedelta(minutes=1)


class File(NamedTuple):
    """A file as evidence of a kind; without a row nobody knows what it was called."""

    kind: str
    sha256: str
    row: Evidence | None


class Entry(NamedTuple):
    """A line of the log. `recorded_at` where it is not the time it happened; `who`: unit, role, name."""

    sequence: int
    verb: str
    name: str
    to: str
    who: str
    occurred_at: datetime
    recorded_at: datetime | None
    fields: tuple[Said, ...]
    files: tuple[File, ...]
    children: tuple[Item, ...]
    hash: str
    broken: bool


class Beside(NamedTuple):
    """What lies beside events: words by event, files by hash, parts by id, names; which events do not hold."""

    texts: Mapping[UUID, list[Text]]
    files: Mapping[str, Evidence]
    children: Mapping[str, Item]
    names: Names
    broken: tuple[int, ...]


def named_in(events: Iterable[Event], playbook: Playbook) -> tuple[set[str], set[int]]:
    """Keys of units and numbers of posts that events name: who acted, and whom they wrote into fields."""
    units: set[str] = set()
    posts: set[int] = set()
    known = fields_of(playbook)
    for event in events:
        units.add(event.actor_unit)
        if event.actor_kind == "post" and event.actor.isdigit():
            posts.add(int(event.actor))
        for key, value in _fields(event).items():
            kind = known[key].kind if key in known else ""
            if kind == "post" and str(value).removeprefix("post:").isdigit():
                posts.add(int(str(value).removeprefix("post:")))
            elif kind in ("unit", "units"):
                units.update([value] if isinstance(value, str) else value)
    return units, posts


def entries(events: Iterable[Event], playbook: Playbook, beside: Beside, language: str) -> list[Entry]:
    """The log, in the order of the events given."""
    return [_entry(event, playbook, beside, language) for event in events]


def _entry(event: Event, playbook: Playbook, beside: Beside, language: str) -> Entry:
    move = playbook.move(event.verb)
    apart = event.recorded_at - event.occurred_at > AT_ONCE
    brought = [(each["kind"], each["sha256"]) for each in event.payload.get("evidence", ())]
    return Entry(
        event.sequence,
        event.verb,
        verb_name(event.verb, playbook, language),
        playbook.state(move.to).name.of(language) if move and move.to else "",
        _who(event, beside.names),
        event.occurred_at,
        event.recorded_at if apart else None,
        tuple(_said(event, playbook, beside, language)),
        tuple(File(_kind(kind, playbook, language), sha, beside.files.get(sha)) for kind, sha in brought),
        tuple(beside.children[key] for key in event.payload.get("children", ()) if key in beside.children),
        event.hash,
        event.sequence in beside.broken,
    )


def verb_name(verb: str, playbook: Playbook, language: str) -> str:
    """What a move is called; opening and erasing are no moves."""
    if verb == "open":
        return playbook.opening.name.of(language)
    move = playbook.move(verb)
    return move.name.of(language) if move else _("依法删除") if verb == "erase" else verb


def _who(event: Event, names: Names) -> str:
    if event.actor_kind == "post":
        return names.post(f"post:{event.actor}")
    return _("系统") if event.actor_kind == "system" else _("诉求人")


def _kind(key: str, playbook: Playbook, language: str) -> str:
    found = dict(playbook.evidence).get(key)
    return found.of(language) if found else key


def _said(event: Event, playbook: Playbook, beside: Beside, language: str) -> Iterable[Said]:
    known, texts = fields_of(playbook), {text.field: text for text in beside.texts.get(event.pk, ())}
    yield from stepped(playbook, _fields(event), language)
    for key, value in _fields(event).items():
        field, text = known.get(key), texts.get(key)
        if field is None or key in STEP:
            continue
        if field.kind != "text":
            yield worded(field, value, beside.names, language)
        elif text is None or text.erased_by_id:
            yield Said(field.name.of(language), (), own=True, erased=True)
        else:
            yield Said(field.name.of(language), tuple(text.words.split("\n")), own=True)


def _fields(event: Event) -> Mapping[str, Any]:
    found = event.payload.get("fields")
    return found if isinstance(found, Mapping) else {}
