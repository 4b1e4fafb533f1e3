"""A step that may be made in; its event, the words and files apart from it, and who is to be told, written, out."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from luoshi.people.prepared import add

from ..chain import SALT_BYTES, Header, commit, event_hash, uuid7
from ..machine import Actor, Entry, Fault, ItemState, Step
from ..models import Event, Evidence, Notice, Text
from .filing import File, path_of
from .refused import Refused

RANDOM_BYTES = 10


class When(NamedTuple):
    """When an act was done and when it is written down, and what its form calls it."""

    recorded_at: datetime
    occurred_at: datetime
    request: str | None = None


class Told(NamedTuple):
    """Who is told of an event instead of those who take part: ids of units and posts."""

    units: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()


class Draft(NamedTuple):
    """An event before it is hashed: its payload with commitments, the words and salts behind them by field."""

    payload: Mapping[str, Any]
    words: Mapping[str, tuple[str, bytes]]


class Hashed(NamedTuple):
    """An event with its hash, and what its form calls it."""

    header: Header
    hash: str
    request: str | None

    @property
    def actor(self) -> str:
        """Who acted, as in `post:12`."""
        return f"{self.header.actor_kind}:{self.header.actor}"


def new_id(now: datetime) -> UUID:
    """An identifier of items and events, in the order of time."""
    return uuid7(int(now.timestamp() * 1000), secrets.token_bytes(RANDOM_BYTES))


def draft(step: Step, **more: Any) -> Draft:
    """The payload of a step with a commitment in place of somebody's words; `more` goes into it beside."""
    words = {key: (text, secrets.token_bytes(SALT_BYTES)) for key, text in step.texts.items()}
    hidden = {key: {"commitment": commit(*pair)} for key, pair in words.items()}
    return Draft({**step.payload, **more, "fields": {**step.payload["fields"], **hidden}}, words)


def entry(draft: Draft, state: tuple[int, str, int], verb: str, actor: Actor, when: When) -> Entry:
    """The event as the machine sees it; `state`: its number, playbook and version."""
    return Entry(*state, verb, actor, when.occurred_at, when.recorded_at, draft.payload)


def event_of(item: UUID, made: Entry, previous: str, when: When) -> Hashed:
    """An event as its row holds it, hashed."""
    header = Header(
        id=new_id(when.recorded_at),
        item=item,
        sequence=made.sequence,
        playbook=made.playbook,
        version=made.version,
        verb=made.verb,
        actor_kind=made.actor.kind,
        actor=made.actor.id,
        actor_unit=made.actor.unit or "",
        occurred_at=made.occurred_at,
        recorded_at=made.recorded_at,
        payload=made.payload,
        previous=previous,
    )
    return Hashed(header, event_hash(header), when.request)


def put(event: Hashed, words: Mapping[str, tuple[str, bytes]]) -> None:
    """Write an event and, beside it, the words it only commits to."""
    columns = event.header._asdict()
    item = columns.pop("item")
    add(Event, [{**columns, "item_id": item, "hash": event.hash, "request": event.request}])
    beside = {"event_id": event.header.id, "subject": event.actor}
    add(Text, [{**beside, "field": key, "words": text, "salt": salt} for key, (text, salt) in words.items()])


def bring(event: Hashed, files: Iterable[File], *, has_erased: bool) -> None:
    """Write which files were brought; the same file to the same item is there once.

    Raises:
        Refused: its bytes are not there, or it was erased from this item: what was erased does not come back.
    """
    wanted = {file.sha256: file for file in files}
    if not wanted:
        return
    if not all(path_of(sha256).exists() for sha256 in wanted):
        raise Refused((Fault("no_file", "evidence"),))
    gone = Evidence.unguarded.filter(item=event.header.item, sha256__in=wanted, erased_at__isnull=False)
    if has_erased and gone.exists():
        raise Refused((Fault("erased_file", "evidence"),))
    rows = [
        Evidence(
            item_id=event.header.item,
            sha256=file.sha256,
            media_type=file.media_type,
            size=file.size,
            name=file.name,
            subject=event.actor,
            brought_at=event.header.recorded_at,
        )
        for file in wanted.values()
    ]
    Evidence.unguarded.bulk_create(rows, ignore_conflicts=True)


def tell(event: Hashed, state: ItemState, units: Mapping[str, int], posts: Sequence[int | None]) -> None:
    """Write a notice for each unit and post that takes part, but whoever acted."""
    keys = dict.fromkeys(key for key in (state.lead, *state.supports) if key and key != event.header.actor_unit)
    others = dict.fromkeys(post for post in posts if post and event.actor != f"post:{post}")
    notify(event, Told(tuple(units[key] for key in keys), tuple(others)))


def notify(event: Hashed, told: Told) -> None:
    """Write a notice for each of these units and posts."""
    to_units = [{"event_id": event.header.id, "unit_id": unit, "post_id": None} for unit in told.units]
    add(Notice, [*to_units, *({"event_id": event.header.id, "unit_id": None, "post_id": post} for post in told.posts)])
