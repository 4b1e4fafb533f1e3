"""Django in, the room of people registered in it out."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """The room of people."""

    name = "luoshi.people"
    verbose_name = _("人员与职务")

    def ready(self) -> None:
        """Listen to who signs in."""
        from .signing import log  # noqa: F401 - its receivers register themselves
