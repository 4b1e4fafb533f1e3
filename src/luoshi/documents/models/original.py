"""Originals: the bytes of reports by their hash; the bytes lie beside the database (documents.filing)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy


class Original(models.Model):
    """The bytes of one report, as they came; never changed, never taken in twice."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))

    unguarded = Unguarded["Original"]()
    seen = VisibleBy(
        place="report__place",
        line="report__line",
        participants=("report__brought_by", "report__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("原件")
        verbose_name_plural = _("原件")

    def __str__(self) -> str:
        return self.sha256[:12]
