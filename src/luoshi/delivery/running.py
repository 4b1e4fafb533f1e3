"""A moment in; all that is due told and sent out, and counted: one round of `luoshi deliver`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Generator
from contextlib import closing
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from .claiming import SENDING, Letter, Outcome, claim, drop, settle
from .fanning import Told, fan_out
from .faults import Failed, Refused
from .lanes import Circuits, Lanes
from .models import Delivery, Kind
from .offering import offered, webhook
from .sealing import unseal
from .sending import Ready, send
from .sending.post import Post
from .wording import line, subject, text


class Counts(NamedTuple):
    """What a round did."""

    told: Told
    sent: int = 0
    waiting: int = 0
    dead: int = 0


def deliver(now: Callable[[], datetime.datetime], circuits: Circuits | None = None) -> Counts:
    """Tell everybody who must know, then send what is due, until nothing is; safe to run twice at once.

    `now` is asked again for each claim. What cannot be sent waits for its next try; nothing is raised for it.
    """
    told, there = fan_out(now()), circuits or Circuits()
    ended = dict.fromkeys(Delivery.State.values, 0)
    while True:
        moment = now()
        lease, letters = claim(moment)
        if not letters:
            break
        wanted = [letter for letter in letters if _wanted(letter)]
        drop([letter for letter in letters if not _wanted(letter)], moment)
        # Closed whatever happens, or the lanes would wait for ever for what they found out to be taken.
        with closing(_sent(wanted, moment, there)) as found:
            for letter, outcome in found:
                ended[settle(lease, letter, outcome, now())] += len(letter.rows)
    waiting = Delivery.unguarded.filter(state=Delivery.State.WAITING).count()
    return Counts(told, ended[Delivery.State.SENT], waiting, ended[Delivery.State.DEAD])


def _wanted(letter: Letter) -> bool:
    """Whether its reader still wants it: the channel on and offered, its holder not switched off."""
    channel = letter.channel
    return channel.on and bool(channel.sealed) and channel.kind in offered() and channel.user.is_active


def _sent(
    letters: list[Letter], now: datetime.datetime, circuits: Circuits
) -> Generator[tuple[Letter, Outcome], None, None]:
    """What became of each letter, as it becomes known, so that each is written down at once."""
    addressed = []
    for letter in letters:
        try:
            ready = _ready(letter)
            addressed.append((server(ready), (letter, ready)))
        except Failed as failed:
            yield letter, Outcome(failed.code, failed.lasting)
    lanes = Lanes[tuple[Letter, Ready]](lambda pair: send(pair[1]), circuits)
    with closing(lanes.run(addressed, now, SENDING.total_seconds())) as found:
        for (letter, _), outcome in found:
            yield letter, outcome


def _ready(letter: Letter) -> Ready:
    """All that a thread needs, in the language of the reader. Raises Failed."""
    channel, secrets = letter.channel, unseal(letter.channel.sealed)
    language = channel.user.language or settings.LANGUAGE_CODE
    with translation.override(language):
        lines = tuple(line(row.message.event, language) for row in letter.rows)
        return Ready(channel.kind, secrets, Post(letter.key, subject(lines), text(lines), lines))


def server(ready: Ready) -> str:
    """What a letter shares with others that fail when it does: the office's mail server, a service, a host."""
    if ready.kind != Kind.WEBHOOK:
        return ready.kind
    try:
        return webhook(ready.secrets.target).place
    except Refused:
        # It will be refused when it is sent; nothing is connected to.
        return "refused"
