"""Department lines (条线) of party and government, and what a unit of each is called at each level, from day to day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .dated import Dated, DatedQuerySet, Sourced
from .history import Recorded
from .place import Level


class Line(Dated, Sourced, Recorded):
    """A department line, as 发展改革; ended lines name the lines that took over."""

    key = models.CharField(_("标识"), max_length=40, unique=True)
    name = models.CharField(_("条线"), max_length=40)
    branch = models.CharField(_("系统"), max_length=20)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("条线")
        verbose_name_plural = _("条线")
        ordering = ("branch", "key")

    def __str__(self) -> str:
        return self.name


class LineName(Dated, Sourced):
    """What a unit of a line is called at a level: full and short, with {place} where the place's name stands."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="names", verbose_name=_("条线"))
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    provinces = models.JSONField(_("限省份代码"), default=list, blank=True)
    full = models.CharField(_("全称"), max_length=80)
    short = models.CharField(_("简称"), max_length=60, blank=True)
    aliases = models.JSONField(_("别称"), default=list, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("条线名称")
        verbose_name_plural = _("条线名称")
        ordering = ("line", "level", "since")

    def __str__(self) -> str:
        return self.full
