"""A page's context in, whether who looks may enter tasks themselves out."""

from __future__ import annotations

from typing import Any

from django import template

from ..entering.where import SUPERVISORS
from ..who import scope_of

register = template.Library()


@register.simple_tag(takes_context=True)
def may_enter(context: dict[str, Any]) -> bool:
    """Whether ledgers, tasks and instructions are entered by them: supervisors do."""
    return bool(scope_of(context["request"]).of(SUPERVISORS))
