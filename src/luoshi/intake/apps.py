"""Intake as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Tables of drafts, which wait for a person's yes."""

    name = "luoshi.intake"
    label = "intake"
    verbose_name = _("待确认")
