"""Django in, the room of places and units registered in it out."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """The room of places and units."""

    name = "luoshi.places"
    verbose_name = _("地区与单位")
