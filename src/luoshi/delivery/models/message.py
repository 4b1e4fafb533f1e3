"""Messages: that something happened to an item, for one person; the inbox that everybody has."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Event, Item
from luoshi.people.models import User
from luoshi.people.visible import Unguarded, VisibleBy


class Message(models.Model):
    """An event told to somebody, once; what it says is made of the event when it is shown, and kept nowhere else."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("收件人"), db_index=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name=_("办理记录"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("事项"), db_index=False)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)

    unguarded = Unguarded["Message"]()
    # One's own and nobody else's: no role looks over what others are told.
    seen = VisibleBy(place="item__place", participants=("user",), roles=frozenset())

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        constraints = (models.UniqueConstraint(fields=["user", "event"], name="delivery_told_once"),)
        indexes = (
            models.Index(fields=["user", "-id"], name="delivery_messages_of"),
            models.Index(fields=["user"], condition=models.Q(read_at__isnull=True), name="delivery_unread"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
