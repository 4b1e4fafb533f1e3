"""Loads that changed something: what, of which version, when, and how many rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Loading(models.Model):
    """One load of one kind of rows; a load that finds nothing to change writes nothing, this row included."""

    what = models.CharField(_("内容"), max_length=20)
    version = models.CharField(_("版本"), max_length=80)
    loaded_at = models.DateTimeField(_("载入时间"), auto_now_add=True)
    inserted = models.PositiveIntegerField(_("新增"))
    updated = models.PositiveIntegerField(_("更新"))
    removed = models.PositiveIntegerField(_("移除"))
    unchanged = models.PositiveIntegerField(_("未变"))

    class Meta:
        verbose_name = _("载入记录")
        verbose_name_plural = _("载入记录")
        ordering = ("-loaded_at",)

    def __str__(self) -> str:
        return f"{self.what} {self.version}"
