"""Deliveries: a message by a channel, tried until it is there or given up; what is known of it is kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Item
from luoshi.people.roles import ADMINISTRATORS
from luoshi.people.visible import Unguarded, VisibleBy

from .channel import Channel
from .message import Message


class Delivery(models.Model):
    """One message on its way by one channel.

    `key` is what the other end knows it by, the same at each try; `letter` the key of the letter it goes in, alone or
    with others, once it was tried: a letter is never sent with other messages than the first time. `lease` is whose
    turn it is to send, until `leased_until`.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("待发")
        SENT = "sent", _("已发")
        DEAD = "dead", _("未送达")
        DROPPED = "dropped", _("已取消")

    message = models.ForeignKey(Message, models.PROTECT, related_name="+", verbose_name=_("消息"), db_index=False)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("接收方式"), db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    sequence = models.PositiveIntegerField()
    key = models.CharField(max_length=32, unique=True)
    letter = models.CharField(max_length=32, blank=True, db_index=True)
    state = models.CharField(_("状态"), max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    due_at = models.DateTimeField(_("下次发送"))
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # A code of delivery.faults, never what the other end said.
    error = models.CharField(_("原因"), max_length=20, blank=True)

    unguarded = Unguarded["Delivery"]()
    # One's own, and for administrators those of the people they look after; none of it says what it is about.
    seen = VisibleBy(
        place="channel__user__posts__unit__place",
        line="channel__user__posts__unit__line",
        participants=("channel__user",),
        roles=ADMINISTRATORS,
    )

    class Meta:
        verbose_name = _("发送记录")
        verbose_name_plural = _("发送记录")
        constraints = (models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_by_a_channel"),)
        indexes = (
            models.Index(fields=["due_at", "id"], condition=models.Q(state="waiting"), name="delivery_due"),
            models.Index(
                fields=["channel", "item", "sequence"], condition=models.Q(state="waiting"), name="delivery_in_order"
            ),
            models.Index(fields=["id"], condition=models.Q(state="dead"), name="delivery_dead"),
        )

    def __str__(self) -> str:
        return self.key
