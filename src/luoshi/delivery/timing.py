"""A moment and somebody's wishes, or how often something failed, in; when to send, or to try again, out. Pure."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from luoshi.ledger.machine.days import CHINA

# After how long the next try is made. Short at first: most faults are a restart or a full queue, over in minutes. Then
# long: the sum is 65 hours, so that what begins to fail on a Friday evening is tried again on Monday morning, when
# somebody is there to mend it; whatever still fails is put before an administrator.
AGAIN = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440))
DAY = datetime.timedelta(days=1)


class Wishes(NamedTuple):
    """When somebody wants to be told: at once or once a day, and never between two times of the day."""

    daily: bool
    digest_at: datetime.time
    quiet_from: datetime.time | None
    quiet_to: datetime.time | None


def due(moment: datetime.datetime, wishes: Wishes) -> datetime.datetime:
    """When what happens at a moment is sent: with the next digest, else now, else when quiet is over.

    By the clocks of China; a digest is asked for at a time of its own and is not held back by quiet.
    """
    if wishes.daily:
        return following(moment, wishes.digest_at)
    return after_quiet(moment, wishes)


def after_quiet(moment: datetime.datetime, wishes: Wishes) -> datetime.datetime:
    """The moment, or where it is a quiet one the end of that."""
    begins, ends = wishes.quiet_from, wishes.quiet_to
    if begins is None or ends is None or begins == ends:
        return moment
    clock = moment.astimezone(CHINA).time()
    quiet = begins <= clock < ends if begins < ends else clock >= begins or clock < ends
    return following(moment, ends) if quiet else moment


def following(moment: datetime.datetime, clock: datetime.time) -> datetime.datetime:
    """The first moment after one when clocks in China show a time."""
    there = moment.astimezone(CHINA)
    today = datetime.datetime.combine(there.date(), clock, CHINA)
    return today if today > there else today + DAY


def again(moment: datetime.datetime, attempts: int) -> datetime.datetime | None:
    """When to try again what has failed so often (from 1); None: never."""
    return moment + AGAIN[attempts - 1] if attempts <= len(AGAIN) else None
