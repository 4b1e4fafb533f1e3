"""A moment in, the day it is in China out."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# The whole country keeps the time of UTC+8, and without summer time since 1992; a fixed offset needs no time zone data.
CHINA = timezone(timedelta(hours=8))


def day(moment: datetime) -> date:
    """The day of a moment in China. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} says no time zone")
    return moment.astimezone(CHINA).date()
