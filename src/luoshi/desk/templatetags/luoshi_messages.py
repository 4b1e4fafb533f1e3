"""A page's context in, how many messages who looks has not read out."""

from __future__ import annotations

from typing import Any

from django import template

from luoshi.delivery.inbox import SAID, unread

from ..who import user_of

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_messages(context: dict[str, Any]) -> str:
    """As the bar says it: nothing where there are none."""
    many = unread(user_of(context["request"]))
    return f"{SAID}+" if many > SAID else str(many or "")
