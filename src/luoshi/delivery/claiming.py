"""Deliveries that are due in, letters leased to one process out; and what became of a letter, written down."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from .keys import letter_of
from .models import Channel, Delivery, Rhythm
from .timing import after_quiet, again

# Channels of one claim, and the letters of those that are told at once: what the lanes send in their time when the
# other ends are quick.
CHANNELS, CLAIM = 100, 200
# Messages of one digest: more were never read in one letter; what is left over goes in another right after it.
DIGEST = 500
# How long a claim may take: letters that were not begun by then are given back.
SENDING = datetime.timedelta(seconds=60)
# How long nobody else takes them: longer than the lanes send, one whole send after that, looking up a name included.
# Should a process die, its letters wait as long, and are then sent by another under the same key.
LEASE = datetime.timedelta(seconds=180)
WAITING = Delivery.State.WAITING
BESIDE = ("channel__user", "message__event__item")


class Letter(NamedTuple):
    """Deliveries that are sent together by a channel: one, or those of a digest; `key` is what the other end knows."""

    key: str
    channel: Channel
    rows: tuple[Delivery, ...]

    @property
    def attempts(self) -> int:
        """How often it was tried before."""
        return max(row.attempts for row in self.rows)


class Outcome(NamedTuple):
    """What became of a letter: sent; failed, for good or not; or given back without being tried (`not_before`)."""

    error: str = ""
    lasting: bool = False
    tried: bool = True
    not_before: datetime.datetime | None = None


class Busy(NamedTuple):
    """What has letters under way already: kinds of channels, and channels by their keys."""

    kinds: frozenset[str] = frozenset()
    channels: frozenset[int] = frozenset()


NOTHING = Busy()


def claim(now: datetime.datetime, busy: Busy = NOTHING) -> tuple[str, list[Letter]]:
    """The letters that are due, leased, with whose lease it is; each channel's in their order; of what is busy none.

    Of an item a later message waits for an earlier one by the same channel, until that is there or given up; what is in
    a digest waits for the digest before.
    """
    lease = secrets.token_hex(16)
    with transaction.atomic():
        channels = list(_channels(now, busy)[:CHANNELS])
        picked = list(_picked(channels, now))
        letters = [*_begun(picked), *_new(picked)]
        rows = [row.pk for letter in letters for row in letter.rows]
        Delivery.unguarded.filter(pk__in=rows).update(lease=lease, leased_until=now + LEASE)
        for letter in letters:
            if not letter.rows[0].letter:
                Delivery.unguarded.filter(pk__in=[row.pk for row in letter.rows]).update(letter=letter.key)
    return lease, letters


def _channels(now: datetime.datetime, busy: Busy) -> QuerySet[Channel]:
    """Channels with something to send, locked: of one channel only one process makes letters at a time, so that no
    digest is cut in two. Those that another has locked are its own."""
    rows = Channel.unguarded.select_for_update(skip_locked=True, no_key=True, of=("self",))
    rows = rows.exclude(Q(kind__in=busy.kinds) | Q(pk__in=busy.channels))
    return rows.filter(Exists(_ready(now).filter(channel=OuterRef("pk")))).order_by("pk")


def _ready(now: datetime.datetime) -> QuerySet[Delivery]:
    """What is due, leased to nobody, and need not wait for another."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    others = Delivery.unguarded.filter(state=WAITING, channel=OuterRef("channel"))
    same = ~Q(letter="") & Q(letter=OuterRef("letter"))
    earlier = others.filter(~same, item=OuterRef("item"), sequence__lt=OuterRef("sequence"))
    begun = others.filter(~same, ~Q(letter=""), pk__lt=OuterRef("pk"))
    daily = Q(channel__rhythm=Rhythm.DAILY)
    rows = Delivery.unguarded.filter(free, state=WAITING, due_at__lte=now)
    return rows.filter((daily & ~Exists(begun)) | (~daily & ~Exists(earlier)))


def _picked(channels: Sequence[Channel], now: datetime.datetime) -> Iterator[Delivery]:
    """What of the channels goes now: as much as one claim takes, and of a digest all."""
    rows = _ready(now).select_related(*BESIDE).order_by("due_at", "pk")
    daily = [channel.pk for channel in channels if channel.rhythm == Rhythm.DAILY]
    at_once = [channel.pk for channel in channels if channel.rhythm != Rhythm.DAILY]
    if at_once:
        yield from rows.filter(channel__in=at_once)[:CLAIM]
    for channel in daily:
        yield from rows.filter(channel=channel)[:DIGEST]


def _begun(picked: Iterable[Delivery]) -> list[Letter]:
    """Letters that were tried before, with all that was in them then."""
    keys = list(dict.fromkeys(row.letter for row in picked if row.letter))
    whole: dict[str, list[Delivery]] = {key: [] for key in keys}
    rows = Delivery.unguarded.filter(letter__in=keys, state=WAITING).select_related(*BESIDE)
    for row in rows.order_by("pk"):
        whole[row.letter].append(row)
    return [Letter(key, rows[0].channel, tuple(rows)) for key, rows in whole.items() if rows]


def _new(picked: Iterable[Delivery]) -> list[Letter]:
    """Letters that are sent for the first time: of a digest all that is there, of others each by itself."""
    together: dict[tuple[int, int], list[Delivery]] = {}
    for row in picked:
        if not row.letter:
            daily = row.channel.rhythm == Rhythm.DAILY
            together.setdefault((row.channel_id, 0 if daily else row.pk), []).append(row)
    return [
        Letter(letter_of(row.key for row in rows), rows[0].channel, tuple(sorted(rows, key=lambda row: row.pk)))
        for rows in together.values()
    ]


def settle(lease: str, letter: Letter, outcome: Outcome, now: datetime.datetime) -> Delivery.State:
    """Write down what became of a letter; where its lease has passed to another, only that it was sent."""
    rows = Delivery.unguarded.filter(pk__in=[row.pk for row in letter.rows], state=WAITING)
    mine = rows.filter(lease=lease)
    if not outcome.tried:
        mine.update(lease="", leased_until=None, due_at=outcome.not_before or now)
        return WAITING
    attempts, free = letter.attempts + 1, {"lease": "", "leased_until": None}
    if not outcome.error:
        rows.update(state=Delivery.State.SENT, attempts=attempts, error="", ended_at=now, **free)
        return Delivery.State.SENT
    following = None if outcome.lasting else again(now, attempts)
    if following is None:
        mine.update(state=Delivery.State.DEAD, attempts=attempts, error=outcome.error, ended_at=now, **free)
        return Delivery.State.DEAD
    due_at = after_quiet(following, letter.channel.wishes)
    mine.update(attempts=attempts, error=outcome.error, due_at=due_at, **free)
    return WAITING


def drop(letters: Sequence[Letter], now: datetime.datetime) -> None:
    """Cancel letters of channels that were switched off, or whose holder was."""
    rows = [row.pk for letter in letters for row in letter.rows]
    Delivery.unguarded.filter(pk__in=rows, state=WAITING).update(
        state=Delivery.State.DROPPED, ended_at=now, lease="", leased_until=None
    )
