"""An item's deadline and kind of state in, its light out, with the words of its reason. Pure."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Days before its deadline from which an item is near: a working week, in which an office can still do something.
NEAR = 7


class Light(NamedTuple):
    """A light: its key (a class of the style sheet), the shape that says it without colour, its word, its reason."""

    key: str
    shape: str
    word: str
    reason: str


LIGHTS = {
    "normal": ("●", gettext_lazy("正常")),
    "near": ("▲", gettext_lazy("临近")),
    "late": ("■", gettext_lazy("逾期")),
    "done": ("✓", gettext_lazy("办结")),
    "dropped": ("–", gettext_lazy("中止")),
    "undated": ("○", gettext_lazy("未定期限")),
}


def light(kind: str, due: datetime.date | None, day: datetime.date) -> Light:
    """The light of an item on a day: by its kind of state, then by its deadline."""
    if kind in ("done", "dropped"):
        return _lit(kind, "")
    if due is None:
        return _lit("undated", _("还没有完成期限"))
    left = (due - day).days
    if left < 0:
        return _lit("late", _("已逾期 %(days)s 天") % {"days": -left})
    if left == 0:
        return _lit("near", _("今天到期"))
    return _lit("near" if left <= NEAR else "normal", _("还有 %(days)s 天") % {"days": left})


def _lit(key: str, reason: str) -> Light:
    shape, word = LIGHTS[key]
    return Light(key, shape, str(word), reason)
