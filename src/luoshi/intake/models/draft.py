"""Drafts (待确认): what may become an item, with the words it rests on and what is still lacking."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Action, Directive, Report, Strength
from luoshi.ledger.models import Item
from luoshi.people.models import Post
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Line, Place, Unit
from luoshi.places.models.dated import Plain


class Draft(models.Model):
    """A draft of an item. What a report does not say is empty: a person fills it in, or leaves it.

    `owners` are those printed, each {printed, lead, support, kind, reason, choices: [{unit, name, score, reason,
    instead, instead_name, ready}], units, suggested, unsure}: suggestions, nothing more; `unsure` says why there is
    none. `deadline` is the one printed ({text, from, by} of READING.md), `due` what it suggests, or a person set.
    """

    class Origin(models.TextChoices):
        """Where a draft comes from."""

        READ = "read", _("读自文稿")
        TABLE = "table", _("台账表格")
        HAND = "hand", _("人工录入")

    class State(models.TextChoices):
        """What became of a draft."""

        WAITING = "waiting", _("待确认")
        CONFIRMED = "confirmed", _("已立项")
        LINKED = "linked", _("并入在办事项")
        MERGED = "merged", _("已合并")
        SPLIT = "split", _("已拆分")
        REFUSED = "refused", _("不立项")

    class Refusal(models.TextChoices):
        """Why something said is not to become an item."""

        NOT_WORK = "not_work", _("属要求、态度，无具体任务")
        SAID_BEFORE = "said_before", _("此前已部署、已立项")
        NOT_OURS = "not_ours", _("不属本级职责")
        DONE = "done", _("已经完成")
        MISREAD = "misread", _("识别有误")
        OTHER = "other", _("其他")

    class Unsure(models.TextChoices):
        """Why a printed owner is not suggested: what a person has to decide."""

        UNKNOWN = "unknown", _("名录中没有这一名称")
        RIVALS = "rivals", _("不止一个单位可能是它")
        CLASS = "class", _("泛指，没有写明是哪些单位")
        SET = "set", _("指一批单位，须选定由谁牵头")
        ABSENT = "absent", _("单位库中没有这个单位")
        GONE = "gone", _("单位已撤并")
        UNCONFIRMED = "unconfirmed", _("单位尚未确认")
        LEADS = "leads", _("不止一个单位牵头")

    origin = models.CharField(_("来历"), max_length=5, choices=Origin.choices)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="drafts", verbose_name=_("文稿")
    )
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="drafts", verbose_name=_("工作部署")
    )
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="drafts", verbose_name=_("举措")
    )
    # The draft that this one was split off.
    whole = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("拆分自")
    )
    rank = models.PositiveIntegerField(_("次序"))
    made_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("何人建立")
    )
    made_at = models.DateTimeField(_("建立时间"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区"))
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("条线"))
    words = models.TextField(_("事项"))
    quotation = models.JSONField(_("原文"), null=True, blank=True, encoder=Plain)
    said_by = models.TextField(_("谁说的"), blank=True)
    strength = models.CharField(_("力度"), max_length=8, choices=Strength.choices, blank=True)
    owners = models.JSONField(_("所载责任单位"), default=list, blank=True, encoder=Plain)
    deadline = models.JSONField(_("所载时限"), default=dict, blank=True, encoder=Plain)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位"))
    # Keys of units, in their order.
    supports = models.JSONField(_("配合单位"), default=list, blank=True, encoder=Plain)
    due = models.DateField(_("完成期限"), null=True, blank=True)
    measure = models.TextField(_("目标成效"), blank=True)
    basis = models.TextField(_("督办依据"), blank=True)
    basis_kind = models.CharField(_("依据类别"), max_length=20, blank=True)
    # Below the fields that begin as empty lists: it takes the name of the type.
    list = models.CharField(_("清单"), max_length=40, default="tasks")
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.WAITING)
    # Of one that is merged, the draft that has it now; of one confirmed or linked, the item.
    into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入")
    )
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="drafts", verbose_name=_("事项"))
    refusal = models.CharField(_("不立项原因"), max_length=11, choices=Refusal.choices, blank=True)
    note = models.TextField(_("说明"), blank=True)
    # The version that a form was filled in on.
    version = models.PositiveIntegerField(_("版本"), default=1)

    unguarded = Unguarded["Draft"]()
    seen = VisibleBy(
        place="place",
        line="line",
        participants=("made_by", "made_by__unit", "report__brought_by", "report__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("待确认事项")
        verbose_name_plural = _("待确认事项")
        ordering = ("report", "rank", "pk")
        indexes = (
            models.Index(fields=["report", "rank"], name="intake_draft_of_a_report"),
            models.Index(fields=["place", "state"], name="intake_draft_waiting"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["action"], condition=models.Q(whole__isnull=True), name="intake_one_draft_an_action"
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is lacking (要素缺口): owner, deadline, measure."""
        there = {"owner": self.lead_id, "deadline": self.due, "measure": self.measure}
        return tuple(name for name, value in there.items() if not value)

    @property
    def suggested(self) -> tuple[str, ...]:
        """Fields that hold what the report suggests, and nobody chose otherwise: lead, supports, due."""
        keys = {owner.get("suggested") for owner in self.owners} - {"", None}
        by = str(self.deadline.get("by") or "")[:10]
        holds = {
            "lead": self.lead is not None and self.lead.key in keys,
            "supports": bool(self.supports) and set(self.supports) <= keys,
            "due": self.due is not None and self.due.isoformat() == by,
        }
        return tuple(name for name, value in holds.items() if value)
