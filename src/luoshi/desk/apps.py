"""The desk as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Pages, without tables of their own."""

    name = "luoshi.desk"
    label = "desk"
    verbose_name = _("工作台")
