"""Units: the bodies and departments of a place that work can be given to, assumed until somebody confirms them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .dated import Dated, DatedQuerySet, Known, Plain, Sourced
from .history import Recorded
from .line import Line
from .place import Place


class Kind(models.TextChoices):
    """What a unit is."""

    DEPARTMENT = "department", _("部门")
    PARTY_COMMITTEE = "party_committee", _("党委")
    GOVERNMENT = "government", _("政府")
    CONGRESS = "congress", _("人大")
    CPPCC = "cppcc", _("政协")
    LEADING_GROUP = "leading_group", _("领导小组")
    ZONE_COMMITTEE = "zone_committee", _("管委会")
    COURT = "court", _("法院")
    PROCURATORATE = "procuratorate", _("检察院")
    MASS_ORGANISATION = "mass_organisation", _("群团组织")
    OTHER = "other", _("其他")


class Unit(Dated, Sourced, Recorded):
    """A unit of a place; generated ones are assumed, and items go to confirmed units only."""

    class Status(models.TextChoices):
        """Whether somebody said that the unit is there."""

        ASSUMED = "assumed", _("推定")
        CONFIRMED = "confirmed", _("已确认")

    key = models.CharField(_("标识"), max_length=90, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="units", verbose_name=_("地区"))
    line = models.ForeignKey(Line, models.PROTECT, related_name="units", null=True, blank=True, verbose_name=_("条线"))
    kind = models.CharField(_("类型"), max_length=18, choices=Kind.choices, default=Kind.DEPARTMENT)
    name = models.CharField(_("全称"), max_length=80, db_index=True)
    short = models.CharField(_("简称"), max_length=60, blank=True, db_index=True)
    aliases = models.JSONField(_("别称"), default=list, blank=True, encoder=Plain)
    status = models.CharField(_("状态"), max_length=9, choices=Status.choices, default=Status.ASSUMED)
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name


class Handover(Sourced):
    """A unit that handed its work over to another when offices were merged (机构改革)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="handovers", verbose_name=_("原单位"))
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="takeovers", verbose_name=_("接手单位"))
    day = models.DateField(_("交接日期"))
    day_known = models.CharField(_("日期精度"), max_length=8, choices=Known.choices, default=Known.DAY)

    class Meta:
        verbose_name = _("职能交接")
        verbose_name_plural = _("职能交接")
        constraints = (models.UniqueConstraint(fields=["unit", "successor"], name="places_one_handover_a_pair"),)

    def __str__(self) -> str:
        return f"{self.unit} → {self.successor}, {self.day}"
