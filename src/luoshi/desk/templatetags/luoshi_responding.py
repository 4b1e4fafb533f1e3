"""Values of responses in templates in, words and numbers out."""

from __future__ import annotations

from collections import Counter

from django import template
from django.utils.translation import get_language

from luoshi.intake.models import PreparedItem
from luoshi.intake.responding.loading import sets

register = template.Library()


@register.filter
def prepared(key: str) -> str:
    """The name of a prepared set."""
    found = sets().latest(key)
    return found.name.of(get_language() or "zh-hans") if found else ""


@register.filter
def gap(key: str) -> str:
    """Why a prepared item has nobody to do it."""
    return str(PreparedItem.Gap(key).label)


@register.filter
def running(counts: Counter[str]) -> int:
    """How many parts have not ended."""
    return counts["open"] + counts["waiting"]
