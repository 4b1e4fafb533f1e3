"""A moment as somebody types it in, with its time zone out: China's where they name none."""

from __future__ import annotations

import datetime

from .office import stop


def moment(said: str) -> datetime.datetime:
    """`2026-11-22T09:00` or `2026-11-22T09:00+08:00` as a moment; what is none ends the command with a line.

    To be asked once Django is set up.
    """
    from django.utils import timezone

    try:
        found = datetime.datetime.fromisoformat(said)
    except ValueError:
        stop(f"--now {said}: is no moment; write it as 2026-11-22T09:00+08:00")
    return found if found.tzinfo else timezone.make_aware(found)
