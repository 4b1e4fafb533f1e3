"""Values in templates in, words and marks out: days, lights."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.measuring.lights import Standing

from ..lights import Light, calendar, light, standing
from ..who import now, today

register = template.Library()
CALENDAR = "luoshi.desk.calendar"
# Django's own short names of the days are the long ones in Chinese (星期六).
WEEKDAYS = (
    *(gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四"), gettext_lazy("周五")),
    *(gettext_lazy("周六"), gettext_lazy("周日")),
)


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> str:
    """A day as an office writes it, `11月21日 周六`, the year only where it is another."""
    if value is None:
        return ""
    there = timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value
    if there.year == today().year:
        said = {"day": date_format(there, _("n月j日")), "weekday": WEEKDAYS[there.weekday()]}
        return _("%(day)s %(weekday)s") % said
    return date_format(there, _("Y年n月j日"))


@register.simple_tag(takes_context=True)
def lamp(context: Context, item: Any) -> SafeString:
    """The light of an item (a row of it, or how it stands): shape, word and colour, its reason on hover."""
    lit = _lit(context, item)
    return format_html(
        '<span class="light {} {}" title="{}"><span aria-hidden="true">{}</span> {}</span>',
        *(lit.key, lit.colour, lit.reason, lit.shape, lit.word),
    )


@register.simple_tag(takes_context=True)
def why(context: Context, item: Any) -> str:
    """The reason of the light of an item."""
    return _lit(context, item).reason


def _lit(context: Context, item: Any) -> Light:
    """The light of an item; a page asks for the calendar once."""
    kept: Any = context.render_context
    if CALENDAR not in kept:
        kept[CALENDAR] = calendar()
    return light(item if isinstance(item, Standing) else standing(item), now(), kept[CALENDAR])


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str) -> SafeString:
    """` aria-current="page"` where the page that is shown is, or lies under, the address of a name."""
    match = context["request"].resolver_match
    return SafeString(' aria-current="page"') if match and match.url_name == name else SafeString("")
