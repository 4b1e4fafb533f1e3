"""Values in templates in, words out."""

from __future__ import annotations

from django import template

from ..browsers import browser_name

register = template.Library()
register.filter("browser", browser_name)
