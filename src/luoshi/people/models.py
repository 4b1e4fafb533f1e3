"""The tables of people: who signs in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from luoshi.places.models import Recorded


class User(AbstractUser, Recorded):
    """Somebody who signs in; what one may do and see comes from one's posts, never from here."""

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
