"""A moment in, whether it is night in China out: nobody is reminded then, not even of what is late."""

from __future__ import annotations

from datetime import datetime

from ..clocks.laddering import QUIET_FROM, QUIET_TO
from ..machine.days import CHINA


def quiet(now: datetime) -> bool:
    """True between the hours in which no step of a ladder is ever due (clocks.laddering)."""
    return not QUIET_TO <= now.astimezone(CHINA).time() < QUIET_FROM
