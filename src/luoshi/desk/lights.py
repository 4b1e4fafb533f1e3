"""How an item stands in, its light out by the rule of this installation, in the language now active.

A row of a list says whether an item is in hand, when it is due and what its deadline is; its own page knows more
(items.standing).
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from luoshi.calendar import Calendar, current
from luoshi.ledger.clocks.still import stands_still
from luoshi.ledger.playbook import Names
from luoshi.measuring import lights
from luoshi.measuring.lights import Standing
from luoshi.measuring.lights.limits import Limits, Timeless


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


def standing(row: Any) -> Standing:
    """How an item stands as far as a row of it says (`kind`, `due_at`, `due`)."""
    return Standing(row.kind, row.due_at, still=stands_still(row))


def light(stands: Standing, now: datetime.datetime, days: Calendar | None = None) -> Light:
    """The light of an item at a moment. Who asks for many has `calendar()` once and gives it as `days`."""
    lit = lights.light(rule(), stands, days or calendar(), now)
    return Light(lit.key, lit.shape, said(lit.word), lit.colour, said(lit.reason))


def limits(now: datetime.datetime) -> Limits:
    """By light, the most urgent first: after which moment (None: open) and until which an item in hand is due that has
    it."""
    return lights.limits(rule(), calendar(), now)


def timeless(now: datetime.datetime) -> dict[str, Timeless]:
    """By light, which items in hand have it that are not due at any moment."""
    return lights.timeless(rule(), now)


def called(key: str) -> str:
    """A light in a word with its shape."""
    lamp = rule().lights[key]
    return f"{lamp.shape} {said(lamp.word)}"


def calendar() -> Calendar | None:
    """The calendar where the rule asks for it; it costs a query."""
    return current() if rule().counts else None


def said(names: Names) -> str:
    """Names in the language now active."""
    return names.of(get_language() or "zh-hans")
