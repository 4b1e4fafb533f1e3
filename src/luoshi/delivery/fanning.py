"""Rows of the outbox in; a message for everybody who must know, and its deliveries, written once, out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from luoshi.ledger.models import Event, Notice

from .keys import key_of
from .models import Channel, Delivery, Message
from .offering import offered
from .recipients import acting, who_must_know
from .timing import due

# Notices of one transaction: it holds up other writers of SQLite for some tens of milliseconds.
PAGE = 200


class Told(NamedTuple):
    """How many notices were gone through, messages written, and notices that nobody is there for."""

    notices: int = 0
    messages: int = 0
    nobody: int = 0

    def plus(self, other: Told) -> Told:
        """Both together."""
        return Told(*(mine + others for mine, others in zip(self, other, strict=True)))


def fan_out(now: datetime.datetime) -> Told:
    """Turn every notice that waits into messages; killed at any point, the next call goes on where it stopped.

    Who must know is asked for the day it is told, not the day it happened: who has left since is not told what they no
    longer may see, and who has come is.
    """
    told = Told()
    while True:
        with transaction.atomic():
            rows = list(_waiting()[:PAGE])
            told = told.plus(_page(rows, now))
        if len(rows) < PAGE:
            return told


def _waiting() -> QuerySet[Notice]:
    # Two programs at once take different pages; SQLite lets one write at a time anyway.
    rows = Notice.unguarded.select_for_update(skip_locked=True, of=("self",)).filter(delivered_at__isnull=True)
    return rows.select_related("event").order_by("pk")


def _page(rows: Sequence[Notice], now: datetime.datetime) -> Told:
    if not rows:
        return Told()
    whom = _whom(rows, timezone.localdate(now))
    wanted = {(user, row.event_id): row.event for row in rows for user in whom[row.pk]}
    there = set(Message.unguarded.filter(event__in=[row.event_id for row in rows]).values_list("user", "event"))
    new = [
        Message(user_id=user, event=event, item_id=event.item_id, created_at=now)
        for (user, _), event in wanted.items()
        if (user, event.pk) not in there
    ]
    Message.unguarded.bulk_create(new, ignore_conflicts=True)
    # Read back: of rows that were left out as there already, no key is known.
    made = Message.unguarded.filter(event__in={event.pk for event in wanted.values()}).select_related("event")
    fresh = {(message.user_id, message.event_id) for message in new}
    _send([message for message in made.order_by("pk") if (message.user_id, message.event_id) in fresh], now)
    Notice.unguarded.filter(pk__in=[row.pk for row in rows]).update(delivered_at=now)
    return Told(len(rows), len(new), sum(1 for row in rows if not whom[row.pk]))


def _whom(rows: Sequence[Notice], day: datetime.date) -> Mapping[int, frozenset[int]]:
    """The users of each notice, without who acted."""
    known = who_must_know(
        {row.unit_id for row in rows if row.unit_id}, {row.post_id for row in rows if row.post_id}, day
    )
    acted = acting({int(row.event.actor) for row in rows if _by_post(row.event)})
    found = {}
    for row in rows:
        users = known.units.get(row.unit_id or 0, frozenset()) | known.posts.get(row.post_id or 0, frozenset())
        self_ = acted.get(int(row.event.actor)) if _by_post(row.event) else None
        found[row.pk] = users - {self_}
    return found


def _by_post(event: Event) -> bool:
    return event.actor_kind == "post" and event.actor.isdigit()


def _send(messages: Sequence[Message], now: datetime.datetime) -> None:
    """A delivery of each message by each channel that its reader has switched on."""
    channels: dict[int, list[Channel]] = {}
    for channel in Channel.unguarded.filter(user__in={m.user_id for m in messages}, on=True, kind__in=offered()):
        channels.setdefault(channel.user_id, []).append(channel)
    Delivery.unguarded.bulk_create(
        (
            Delivery(
                message=message,
                channel=channel,
                item_id=message.item_id,
                sequence=message.event.sequence,
                key=key_of(message.event_id, message.user_id, channel.kind),
                due_at=due(now, channel.wishes),
            )
            for message in messages
            for channel in channels.get(message.user_id, ())
        ),
        ignore_conflicts=True,
    )
