"""Items as rows: what replay makes of their events, kept for lists and searches; only the one door writes them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.models import Post
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Line, Place, Unit
from luoshi.places.models.dated import Plain

from .series import Series

# Not `kind`: an index is found by SQLite where the condition holds no value.
OPEN = models.Q(ended_on__isnull=True)
TAKING_PART = ("lead", "verifier", "opened_by")
# What a list is narrowed by, so that a walk along an index need not read the rows that it passes over.
BESIDE = ("list", "place", "line")


def named(by: str) -> models.Q:
    """That an item has such a participant."""
    return models.Q(**{f"{by}__isnull": False})


class Item(models.Model):
    """An item (事项): a task or a problem, with the words it rests on. Its truth is its events; this is their sum."""

    class Kind(models.TextChoices):
        """What kind of state it is in."""

        OPEN = "open", _("在办")
        WAITING = "waiting", _("待处理")
        DONE = "done", _("已销号")
        DROPPED = "dropped", _("已中止")

    # Time-ordered (RFC 9562, version 7), made by the door.
    id = models.UUIDField(primary_key=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="items", verbose_name=_("编号"))
    serial = models.PositiveIntegerField(_("序号"))
    number = models.CharField(_("事项编号"), max_length=60, unique=True)
    playbook = models.CharField(_("办理流程"), max_length=40)
    version = models.PositiveSmallIntegerField(_("流程版本"))
    list = models.CharField(_("清单"), max_length=40)
    words = models.TextField(_("事项"))
    quotation = models.JSONField(_("原文"), null=True, blank=True, encoder=Plain)
    place = models.ForeignKey(Place, models.PROTECT, related_name="items", verbose_name=_("地区"))
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("条线"))
    lead = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="led_items",
        verbose_name=_("牵头单位"),
    )
    supports: models.ManyToManyField[Unit, Support] = models.ManyToManyField(
        Unit, through="Support", related_name="supported_items", verbose_name=_("配合单位"), blank=True
    )
    verifier = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="verified_items",
        verbose_name=_("核查员"),
    )
    opened_by = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="opened_items",
        verbose_name=_("立项人"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="children",
        verbose_name=_("上级事项"),
    )
    state = models.CharField(_("状态"), max_length=40)
    kind = models.CharField(_("状态类别"), max_length=7, choices=Kind.choices)
    due = models.DateField(_("完成期限"), null=True, blank=True)
    facts = models.JSONField(_("要素"), default=dict, blank=True, encoder=Plain)
    counts = models.JSONField(_("次数"), default=dict, blank=True, encoder=Plain)
    # Tapes of its clocks (machine.tapes), and what their sums come to by that version of the calendar (ledger.clocks);
    # empty until they are counted.
    clocks = models.JSONField(_("时限"), null=True, blank=True, encoder=Plain)
    due_at = models.DateTimeField(_("到期时间"), null=True, blank=True)
    due_clock = models.CharField(max_length=40, null=True, blank=True, editable=False)
    next_step_at = models.DateTimeField(null=True, blank=True, editable=False)
    calendar = models.CharField(max_length=20, null=True, blank=True, editable=False)
    opened_on = models.DateField(_("立项日期"))
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    asked_by = models.CharField(max_length=60, blank=True, editable=False)
    asked_unit = models.CharField(max_length=90, blank=True, editable=False)
    verified_by = models.CharField(max_length=60, blank=True, editable=False)
    # Number and hash of its last event: the version that a form was filled in on.
    sequence = models.PositiveIntegerField(_("版本"))
    head = models.CharField(max_length=64, editable=False)

    unguarded = Unguarded["Item"]()
    seen = VisibleBy(place="place", line="line", participants=("lead", "supports", "verifier", "opened_by"))

    class Meta:
        verbose_name = _("事项")
        verbose_name_plural = _("事项")
        constraints = (models.UniqueConstraint(fields=["series", "serial"], name="ledger_one_number"),)
        indexes = (
            # What somebody takes part in and is not done, in the order of their list (ledger.lists), with its state,
            # by which an inbox counts (ledger.inbox); and whatever they take part in. Rows without a participant are
            # left out: a database that counted them in would think that an index tells hardly anything, and read the
            # table instead.
            *(
                models.Index(
                    fields=[by, "due_at", "id", *BESIDE, "state", "due"],
                    name=f"ledger_open_{by}",
                    condition=OPEN & named(by),
                )
                for by in TAKING_PART
            ),
            *(
                models.Index(fields=[by, "id", *BESIDE, "ended_on"], name=f"ledger_all_{by}", condition=named(by))
                for by in TAKING_PART
            ),
            models.Index(fields=["parent"], name="ledger_parts", condition=named("parent")),
            # What one sees, in the orders of lists, with what decides it beside (ledger.browsing): all of it, that
            # of a line, that in a state; how much is in hand in a place. `due` says at the end what stands still
            # (ledger.clocks.still).
            models.Index(
                fields=["due_at", "id", "place", "line", "list", "due"], name="ledger_open_due", condition=OPEN
            ),
            models.Index(
                fields=["line", "due_at", "id", "place", "list", "due"], name="ledger_open_line", condition=OPEN
            ),
            models.Index(
                fields=["state", "due_at", "id", "place", "line", "list", "due"],
                name="ledger_open_state",
                condition=OPEN,
            ),
            models.Index(fields=["place", "due_at", "id"], name="ledger_open_place", condition=OPEN),
            # What waits for somebody of a place, with its state (ledger.inbox).
            models.Index(fields=["place", "kind", "due_at", "id", "state"], name="ledger_open_kind", condition=OPEN),
            models.Index(fields=["id", "place", "line", "list", "ended_on"], name="ledger_newest"),
            # What the sweep goes through: steps in the order of their moments.
            models.Index(fields=["next_step_at", "id"], name="ledger_next_step", condition=named("next_step_at")),
        )

    def __str__(self) -> str:
        return self.number


class Support(models.Model):
    """A unit that supports an item, in the order printed."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="support_rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(_("次序"))

    unguarded = Unguarded["Support"]()
    seen = VisibleBy(place="item__place", line="item__line", participants=("unit",))

    class Meta:
        verbose_name = _("配合单位")
        verbose_name_plural = _("配合单位")
        constraints = (models.UniqueConstraint(fields=["item", "unit"], name="ledger_supports_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.unit_id}"
