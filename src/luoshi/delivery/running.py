"""A moment in; all that is due told and sent out, and counted: one round of `luoshi deliver`."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from .claiming import SENDING, Busy, Letter, Outcome, claim, drop, settle
from .fanning import Told, fan_out
from .faults import Failed, Refused
from .lanes import Circuits, Lanes
from .models import Delivery, Kind
from .offering import offered, webhook
from .sealing import unseal
from .sending import Ready, send
from .sending.post import Post
from .wording import line, subject, text

# Seconds after which more is looked for while letters are still under way: a look costs a few queries, and nobody
# waits longer than this for a server that is not theirs.
MEANWHILE = 1.0
# Letters that are under way at once: those of five claims, some megabytes.
MOST = 1000


class Counts(NamedTuple):
    """What a round did."""

    told: Told
    sent: int = 0
    waiting: int = 0
    dead: int = 0


class Going(NamedTuple):
    """A letter that is under way, and whose lease it has."""

    lease: str
    letter: Letter
    ready: Ready


def deliver(now: Callable[[], datetime.datetime], circuits: Circuits | None = None) -> Counts:
    """Tell everybody who must know, then send what is due, until nothing is; safe to run twice at once.

    `now` is asked again for each claim. What cannot be sent waits for its next try; nothing is raised for it. While
    some servers keep their letters waiting, what has become due for others goes out.
    """
    told, until = fan_out(now()), time.monotonic() + SENDING.total_seconds()
    # Left whatever happens, or the lanes would wait for ever for what they found out to be taken.
    with Lanes[Going](lambda going: send(going.ready), circuits or Circuits()) as lanes:
        round_ = _Round(lanes, now)
        while round_.begin() or round_.going:
            round_.end(MEANWHILE)
            # A round in which others never stop acting has an end as well.
            if round_.going and time.monotonic() < until:
                told = told.plus(fan_out(now()))
    waiting = Delivery.unguarded.filter(state=Delivery.State.WAITING).count()
    return Counts(told, round_.ended[Delivery.State.SENT], waiting, round_.ended[Delivery.State.DEAD])


class _Round:
    """Letters that are under way, by their keys, and how the others ended."""

    def __init__(self, lanes: Lanes[Going], now: Callable[[], datetime.datetime]) -> None:
        self.lanes, self.now = lanes, now
        self.going: dict[str, Letter] = {}
        self.ended = dict.fromkeys(Delivery.State.values, 0)

    def begin(self) -> int:
        """Put what is due into its lanes; how many letters that were."""
        if len(self.going) >= MOST:
            return 0
        moment = self.now()
        lease, letters = claim(moment, self.busy())
        drop([letter for letter in letters if not _wanted(letter)], moment)
        for letter in letters:
            if _wanted(letter):
                self._put(lease, letter, moment)
        return len(letters)

    def busy(self) -> Busy:
        """What would wait in its lane anyway: of webhooks the channel, of others all that go to the same server."""
        channels = [letter.channel for letter in self.going.values()]
        kinds = {channel.kind for channel in channels if channel.kind != Kind.WEBHOOK}
        return Busy(frozenset(kinds), frozenset(channel.pk for channel in channels if channel.kind not in kinds))

    def end(self, seconds: float) -> None:
        """Write down what becomes of letters, each at once, for so long."""
        for (lease, letter, _), outcome in self.lanes.known(seconds):
            self._ended(lease, letter, outcome)
            del self.going[letter.key]

    def _put(self, lease: str, letter: Letter, moment: datetime.datetime) -> None:
        try:
            ready = _ready(letter)
        except Failed as failed:
            self._ended(lease, letter, Outcome(failed.code, failed.lasting))
            return
        self.going[letter.key] = letter
        self.lanes.put(server(ready), Going(lease, letter, ready), moment, SENDING.total_seconds())

    def _ended(self, lease: str, letter: Letter, outcome: Outcome) -> None:
        self.ended[settle(lease, letter, outcome, self.now())] += len(letter.rows)


def _wanted(letter: Letter) -> bool:
    """Whether its reader still wants it: the channel on and offered, its holder not switched off."""
    channel = letter.channel
    return channel.on and bool(channel.sealed) and channel.kind in offered() and channel.user.is_active


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
