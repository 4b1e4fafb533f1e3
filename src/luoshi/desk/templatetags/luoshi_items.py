"""Values of items in templates in, words out: moments, states, milestones, who brought a file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from luoshi.ledger.actions.books import playbook_of
from luoshi.ledger.models import Evidence, Item
from luoshi.ledger.playbook import Names as Called

from ..items.names import Names
from ..items.wording import milestone as milestone_words
from .luoshi_desk import day

register = template.Library()


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """A moment as an office writes it, in China: `11月21日 周六 10:05`."""
    if value is None:
        return ""
    there = timezone.localtime(value)
    return f"{day(there)} {there:%H:%M}"


@register.filter
def called(names: Called) -> str:
    """A name of a playbook in the language now active."""
    return names.of(get_language() or "zh-hans")


@register.filter
def state(item: Item) -> str:
    """What the state of an item is called."""
    return called(playbook_of(item.playbook, item.version).state(item.state).name)


@register.filter
def iso_day(said: str) -> str:
    """A day as it stands in a form, as an office writes it; what is none as it stands."""
    try:
        return day(datetime.date.fromisoformat(said))
    except ValueError:
        return said


@register.filter
def milestone(said: Mapping[str, Any]) -> str:
    """A milestone in a line."""
    return milestone_words(said)


@register.filter
def brought(file: Evidence, names: Names) -> str:
    """Who brought a file."""
    return names.post(file.subject) if file.subject.startswith("post:") else ""
