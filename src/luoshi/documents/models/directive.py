"""Directives and their actions: what a report tells somebody to do, each with the words it rests on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models.dated import Plain

from ..grams import Grams
from .drawn import Drawn
from .report import Report


class Strength(models.TextChoices):
    """How strongly a directive binds."""

    MUST = "must", _("必须")
    ENSURE = "ensure", _("确保")
    PUSH = "push", _("推进")
    STRIVE = "strive", _("力争")
    EXPLORE = "explore", _("探索")
    FORBID = "forbid", _("禁止")


class Kind(models.TextChoices):
    """Whether an action is work, or learning, attitude and general manner."""

    WORK = "work", _("工作")
    STANCE = "stance", _("态度")


class Directive(Drawn):
    """A directive (工作部署), or an item of a split document. `key` is the stable id of the reading (READING.md).

    `quotation` is {source, exact, start, end, prefix, suffix}; the rest is as in READING.md, no deadline an empty one.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="directives", verbose_name=_("文稿"))
    key = models.CharField(max_length=24)
    rank = models.PositiveIntegerField(_("次序"))
    words = models.TextField(_("部署"))
    quotation = models.JSONField(_("原文"), encoder=Plain)
    number = models.TextField(_("条目编号"), blank=True)
    speaker = models.TextField(_("谁说的"), blank=True)
    verb = models.TextField(_("怎么说的"), blank=True)
    cue = models.TextField(_("提示词"), blank=True)
    strength = models.CharField(_("力度"), max_length=8, choices=Strength.choices)
    units = models.JSONField(_("责任单位"), default=list, encoder=Plain)
    lead = models.JSONField(_("牵头单位"), default=list, encoder=Plain)
    support = models.JSONField(_("配合单位"), default=list, encoder=Plain)
    deadline = models.JSONField(_("时限"), default=dict, blank=True, encoder=Plain)
    deadlines = models.JSONField(_("其他时限"), default=list, encoder=Plain)
    targets = models.JSONField(_("指标"), default=list, encoder=Plain)
    programmes = models.JSONField(_("专项"), default=list, encoder=Plain)
    purpose = models.JSONField(_("目的"), default=list, encoder=Plain)
    problem = models.TextField(_("所为问题"), blank=True)
    priority = models.CharField(_("缓急"), max_length=8, default="normal")

    unguarded = Unguarded["Directive"]()
    seen = VisibleBy(
        place="report__place",
        line="report__line",
        participants=("report__brought_by", "report__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("工作部署")
        verbose_name_plural = _("工作部署")
        ordering = ("report", "rank", "key")
        constraints = (models.UniqueConstraint(fields=["report", "key"], name="documents_one_directive"),)

    def __str__(self) -> str:
        return self.words


class Action(Drawn):
    """An action (举措): one thing to do. Only `work` becomes drafts; `gaps` are as read (owner, deadline, measure)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="actions", verbose_name=_("文稿"))
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="actions", verbose_name=_("工作部署"))
    key = models.CharField(max_length=24)
    rank = models.PositiveIntegerField(_("次序"))
    words = models.TextField(_("举措"))
    quotation = models.JSONField(_("原文"), encoder=Plain)
    verb = models.TextField(_("动作"), blank=True)
    object = models.TextField(_("对象"), blank=True)
    kind = models.CharField(_("性质"), max_length=8, choices=Kind.choices)
    reason = models.TextField(_("判断依据"), blank=True)
    gaps = models.JSONField(_("要素缺口"), default=list, encoder=Plain)
    grams = Grams("words")

    unguarded = Unguarded["Action"]()
    seen = VisibleBy(
        place="report__place",
        line="report__line",
        participants=("report__brought_by", "report__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("举措")
        verbose_name_plural = _("举措")
        ordering = ("report", "rank", "key")
        constraints = (models.UniqueConstraint(fields=["report", "key"], name="documents_one_action"),)

    def __str__(self) -> str:
        return self.words
