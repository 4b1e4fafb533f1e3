"""An item's deadline and kind of state in, its light out by the rule of this installation, in the language now active.

Pages know an item's kind of state and the day it is due: of a rule they see what dates alone make.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from luoshi.calendar import Calendar, current
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.playbook import Names
from luoshi.measuring import lights
from luoshi.measuring.lights.limits import Limits


class Light(NamedTuple):
    """A light: its key and colour (classes of the style sheet), the shape that says it without colour, its word, its
    reason."""

    key: str
    shape: str
    word: str
    colour: str
    reason: str


def rule() -> lights.Rule:
    """The rule of this installation."""
    return lights.load(settings.LUOSHI_LIGHTS)


def light(kind: Any, due: datetime.date | None, day: datetime.date, days: Calendar | None = None) -> Light:
    """The light of an item on a day: by its kind of state, then by its deadline. Who asks for many has `calendar()`
    once and gives it as `days`."""
    by = rule()
    standing = lights.Standing(str(kind), lights.end_of(due) if due else None)  # type: ignore[arg-type]
    lit = lights.light(by, standing, days or calendar(), datetime.datetime.combine(day, datetime.time.min, CHINA))
    return Light(lit.key, lit.shape, _said(lit.word), lit.colour, _said(lit.reason))


def limits(day: datetime.date) -> Limits:
    """By light, the most urgent first: the first and last deadline (None: open) with which an item in hand has it."""
    return lights.limits(rule(), calendar(), day)


def called(key: str) -> str:
    """A light in a word with its shape."""
    lamp = rule().lights[key]
    return f"{lamp.shape} {_said(lamp.word)}"


def calendar() -> Calendar | None:
    """The calendar where the rule asks for it; it costs a query."""
    return current() if rule().counts else None


def _said(names: Names) -> str:
    return names.of(get_language() or "zh-hans")
