"""Reports: what was brought in, where it belongs, what its title page says, its current reading."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.models import Post
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Line, Place

from .drawn import Corrected
from .original import Original
from .work import Work


def day_of(words: str | None) -> datetime.date | None:
    """The day that words like 2023-06-07 or 2023-06-07T08:30+08:00 begin with; None where they give none (--03-12)."""
    try:
        return datetime.date.fromisoformat((words or "")[:10])
    except ValueError:
        return None


class Report(Corrected):
    """A report (报道、文稿). The same bytes are one report, whoever brings them; a reprint is another of the same work.

    `given_published` is the day of publication known from elsewhere, which every reading of it is given.
    """

    original = models.OneToOneField(Original, models.PROTECT, related_name="report", verbose_name=_("原件"))
    work = models.ForeignKey(Work, models.PROTECT, related_name="reports", verbose_name=_("作品"))
    reprint = models.BooleanField(_("转载"), default=False)
    # How much of both stands in both (luoshi.reading.reprints); 1 of the first report of a work.
    shared = models.FloatField(_("与首篇相同"), default=1.0)
    name = models.TextField(_("文件名"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("地区")
    )
    line = models.ForeignKey(
        Line, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("条线")
    )
    brought_by: models.ManyToManyField[Post, Bringing] = models.ManyToManyField(
        Post, through="Bringing", related_name="brought_reports", verbose_name=_("何人带来")
    )
    brought_at = models.DateTimeField(_("带来时间"))
    title = models.TextField(_("标题"), blank=True)
    publisher = models.TextField(_("来源"), blank=True)
    published = models.TextField(_("发布时间"), blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    given_published = models.TextField(_("另知的发布时间"), blank=True)
    reading = models.OneToOneField(
        "Reading", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("现读")
    )

    unguarded = Unguarded["Report"]()
    seen = VisibleBy(place="place", line="line", participants=("brought_by", "brought_by__unit"))

    class Meta:
        verbose_name = _("文稿")
        verbose_name_plural = _("文稿")
        ordering = ("-brought_at", "-pk")
        indexes = (
            models.Index(fields=["place", "published_on"], name="documents_report_of_a_place"),
            models.Index(fields=["brought_at"], name="documents_report_brought"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["work"], condition=models.Q(reprint=False), name="documents_one_first_report"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, the day with the words that give it."""
        self.published_on = day_of(self.published)
        super().save(*args, **kwargs)


class Bringing(models.Model):
    """That somebody brought a report, under which name; no post: the owner of the installation."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="bringings")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("何人带来"))
    name = models.TextField(_("文件名"))
    at = models.DateTimeField(_("带来时间"))

    unguarded = Unguarded["Bringing"]()
    seen = VisibleBy(place="report__place", line="report__line", participants=("post", "post__unit"))

    class Meta:
        verbose_name = _("带来记录")
        verbose_name_plural = _("带来记录")
        constraints = (
            models.UniqueConstraint(fields=["report", "post"], name="documents_brought_once"),
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(post__isnull=True), name="documents_owner_brought_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.post_id}"
