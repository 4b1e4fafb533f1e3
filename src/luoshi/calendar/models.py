"""The tables of the calendar: notices of the State Council as they were imported, and the days they give."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """A notice on the holidays of a year. It is never changed: a later one prevails, day by day."""

    number = models.PositiveIntegerField(_("通知编号"), primary_key=True)
    title = models.CharField(_("通知标题"), max_length=200, blank=True)
    document = models.CharField(_("发文字号"), max_length=80, blank=True)
    imported_at = models.DateTimeField(_("导入时间"))
    # SHA-256 of the digest of the notice before it and of its days in order: by the newest a calendar is known, and by
    # each a day found that was changed afterwards.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("放假通知")
        verbose_name_plural = _("放假通知")
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.title or self.document}".strip()


class CalendarDay(models.Model):
    """A day that a notice gives."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="days", verbose_name=_("放假通知"))
    date = models.DateField(_("日期"))
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日名称"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("通知所定的日子")
        verbose_name_plural = _("通知所定的日子")
        ordering = ("date",)
        constraints = (models.UniqueConstraint(fields=["notice", "date"], name="calendar_one_day_a_notice"),)

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()
