"""Corrections: which field of which row a person put right, what stood there, what stands there now; only added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.models import Post
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Line, Place
from luoshi.places.models.dated import Plain

from .report import Report


class Correction(models.Model):
    """A correction. `back`: the person took an earlier one back, and what is read stands there again.

    Place and line are those of the row: of its report, or of a meeting that has none. No post: the owner of the
    installation.
    """

    class What(models.TextChoices):
        """Which table the row is of."""

        REPORT = "report", _("文稿")
        DIRECTIVE = "directive", _("工作部署")
        ACTION = "action", _("举措")
        MEETING = "meeting", _("会议")

    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("文稿")
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区"))
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("条线"))
    what = models.CharField(_("类别"), max_length=9, choices=What.choices)
    row = models.PositiveBigIntegerField()
    field = models.CharField(_("栏目"), max_length=40)
    before = models.JSONField(_("更正前"), null=True, encoder=Plain)
    after = models.JSONField(_("更正后"), null=True, encoder=Plain)
    back = models.BooleanField(_("撤回更正"), default=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("何人更正"))
    at = models.DateTimeField(_("更正时间"))

    unguarded = Unguarded["Correction"]()
    seen = VisibleBy(
        place="place",
        line="line",
        participants=("post", "post__unit", "report__brought_by", "report__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering = ("pk",)
        indexes = (models.Index(fields=["what", "row"], name="documents_corrections_of_a_row"),)

    def __str__(self) -> str:
        return f"{self.what} {self.row} {self.field}"
