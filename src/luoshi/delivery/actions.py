"""What somebody chooses, reads or tries again in; their channels, messages and deliveries changed out."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection
from typing import NamedTuple

from django.db import transaction

from luoshi.people.models import User
from luoshi.people.scope import Scope

from .faults import Failed, Refused
from .models import Channel, Delivery, Kind, Message, Rhythm
from .offering import checked, offered
from .sealing import Secrets, seal, unseal
from .timing import Wishes, due

WAITING, DEAD = Delivery.State.WAITING, Delivery.State.DEAD
# As many bytes as the hash of the signature has (RFC 2104, 3).
SECRET_BYTES = 32


class Choice(NamedTuple):
    """What somebody chooses for a kind of channel. `target`: empty leaves the one there is; `secret` (that a robot's
    service gave) likewise; `renew`: a webhook's is made anew."""

    on: bool
    target: str
    secret: str
    wishes: Wishes
    renew: bool = False


def choose(user: User, kind: str, choice: Choice, now: datetime.datetime) -> str:
    """Keep what somebody chose, and send what waits accordingly; the secret that a webhook was given just now, to be
    shown once, else "".

    Raises:
        Refused: the way is not offered, or the address is not one to send to; nothing is changed.
    """
    if kind not in offered():
        raise Refused("not_offered")
    with transaction.atomic():
        channel, _ = Channel.unguarded.select_for_update().get_or_create(user=user, kind=kind)
        given, new = _secrets(channel, choice)
        channel.sealed = seal(given) if given else ""
        channel.on = choice.on and bool(given)
        channel.rhythm = Rhythm.DAILY if choice.wishes.daily else Rhythm.ONCE
        channel.digest_at = choice.wishes.digest_at
        channel.quiet_from, channel.quiet_to = choice.wishes.quiet_from, choice.wishes.quiet_to
        channel.save()
        _reschedule(channel, now)
    return new


def forget(user: User, kinds: Collection[str], now: datetime.datetime) -> int:
    """Erase addresses and secrets of somebody, and cancel what waits for them; how many channels. The messages stay."""
    with transaction.atomic():
        rows = Channel.unguarded.filter(user=user, kind__in=kinds).exclude(sealed="")
        keys = list(rows.values_list("pk", flat=True))
        Channel.unguarded.filter(pk__in=keys).update(sealed="", on=False)
        _drop(keys, now)
        return len(keys)


def target_of(channel: Channel) -> str:
    """Where a channel leads, for its holder; empty where nothing is kept or it cannot be read any more."""
    try:
        return unseal(channel.sealed).target if channel.sealed else ""
    except Failed:
        return ""


def read(user: User, messages: Collection[int] | None, now: datetime.datetime) -> int:
    """Mark messages of somebody as read, or (None) all of them; how many."""
    rows = Message.unguarded.filter(user=user, read_at__isnull=True)
    return rows.filter(pk__in=messages).update(read_at=now) if messages is not None else rows.update(read_at=now)


def try_again(scope: Scope, deliveries: Collection[int] | None, now: datetime.datetime) -> int:
    """Send again what was given up, of the people within a scope: those given, or (None) all; how many."""
    rows = Delivery.seen.within(scope).filter(state=DEAD)
    rows = rows if deliveries is None else rows.filter(pk__in=deliveries)
    keys = list(rows.values_list("pk", flat=True))
    return Delivery.unguarded.filter(pk__in=keys, state=DEAD).update(
        state=WAITING, attempts=0, due_at=now, ended_at=None
    )


def _secrets(channel: Channel, choice: Choice) -> tuple[Secrets | None, str]:
    """What is to be sealed, and a secret that was made just now. Raises Refused."""
    before = _before(channel)
    said = choice.target or (before.target if before else "")
    if not said:
        return None, ""
    kept = checked(channel.kind, said)
    if channel.kind != Kind.WEBHOOK:
        return Secrets(kept, choice.secret or (before.secret if before else "")), ""
    if before and before.secret and not choice.renew:
        return Secrets(kept, before.secret), ""
    new = secrets.token_urlsafe(SECRET_BYTES)
    return Secrets(kept, new), new


def _before(channel: Channel) -> Secrets | None:
    try:
        return unseal(channel.sealed) if channel.sealed else None
    except Failed:
        return None


def _reschedule(channel: Channel, now: datetime.datetime) -> None:
    """What waits and was never tried goes when its holder now wants it; what was tried keeps its next try."""
    if not channel.on:
        _drop([channel.pk], now)
        return
    untried = Delivery.unguarded.filter(channel=channel, state=WAITING, letter="")
    untried.update(due_at=due(now, channel.wishes))


def _drop(channels: Collection[int], now: datetime.datetime) -> None:
    rows = Delivery.unguarded.filter(channel__in=channels, state=WAITING)
    rows.update(state=Delivery.State.DROPPED, ended_at=now, lease="", leased_until=None)
