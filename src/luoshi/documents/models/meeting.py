"""Meetings: as a report reports them, or as a person enters them, with venues, attendance and who spoke."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.models import Post
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Line, Place
from luoshi.places.models.dated import Plain

from .drawn import Drawn
from .report import Report, day_of


class Origin(models.TextChoices):
    """Where a meeting comes from."""

    READ = "read", _("读自文稿")
    HAND = "hand", _("人工录入")


class Level(models.TextChoices):
    """Levels of meetings, as READING.md names them."""

    COUNTRY = "country", _("国家")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    INSTITUTION = "institution", _("单位")


class Meeting(Drawn):
    """A meeting (会议). `place` says whose it is (that of its report), `where` is the place as printed.

    `main_venue` and `branch_venues` ({name, attendance}) are entered by hand: reports print them too seldom to be read.
    """

    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("文稿")
    )
    origin = models.CharField(_("来历"), max_length=4, choices=Origin.choices)
    entered_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("何人录入")
    )
    entered_at = models.DateTimeField(_("录入时间"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区"))
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("条线"))
    key = models.CharField(max_length=24, blank=True, editable=False)
    rank = models.PositiveIntegerField(_("次序"), default=0)
    quotation = models.JSONField(_("原文"), null=True, blank=True, encoder=Plain)
    name = models.TextField(_("名称"), blank=True)
    date = models.CharField(_("日期"), max_length=40, blank=True)
    held_on = models.DateField(_("召开日期"), null=True, blank=True)
    form = models.CharField(_("形式"), max_length=8, blank=True)
    level = models.CharField(_("层级"), max_length=12, choices=Level.choices, blank=True)
    convener = models.TextField(_("召集者"), blank=True)
    where = models.TextField(_("地点"), blank=True)
    main_venue = models.TextField(_("主会场"), blank=True)
    branch_venues = models.JSONField(_("分会场"), default=list, blank=True, encoder=Plain)
    attendance = models.PositiveIntegerField(_("参会人数"), null=True, blank=True)
    chairs = models.JSONField(_("主持人"), default=list, blank=True, encoder=Plain)
    speakers = models.JSONField(_("讲话人"), default=list, blank=True, encoder=Plain)
    attendees = models.JSONField(_("出席人员"), default=list, blank=True, encoder=Plain)
    groups = models.JSONField(_("参会范围"), default=list, blank=True, encoder=Plain)
    presenters = models.JSONField(_("交流发言"), default=list, blank=True, encoder=Plain)
    relays = models.JSONField(_("传达的会议"), default=list, blank=True, encoder=Plain)

    unguarded = Unguarded["Meeting"]()
    seen = VisibleBy(
        place="place",
        line="line",
        participants=("entered_by", "entered_by__unit", "report__brought_by", "report__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("会议")
        verbose_name_plural = _("会议")
        ordering = ("-held_on", "pk")
        indexes = (models.Index(fields=["place", "held_on"], name="documents_meeting_of_a_place"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(origin="hand") | models.Q(report__isnull=False), name="documents_read_somewhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.date}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, the day with the words that give it."""
        self.held_on = day_of(self.date)
        super().save(*args, **kwargs)
