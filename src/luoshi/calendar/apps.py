"""Django in, the room of the calendar registered in it out."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    """The room of the calendar of working days."""

    name = "luoshi.calendar"
    verbose_name = _("工作日历")
