"""The outbox: what an event wants told to whom, written in the event's own transaction, delivered later."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.models import Post
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Unit

from .event import Event


class Notice(models.Model):
    """That an event happened, for one unit or one post; `delivered_at` is set by whoever delivers."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("职务"))
    delivered_at = models.DateTimeField(null=True, blank=True)

    unguarded = Unguarded["Notice"]()
    seen = VisibleBy(place="event__item__place", line="event__item__line", participants=("unit", "post"))

    class Meta:
        verbose_name = _("待通知")
        verbose_name_plural = _("待通知")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False) ^ models.Q(post__isnull=False), name="ledger_one_addressee"
            ),
        )
        indexes = (
            models.Index(
                fields=["id"], condition=models.Q(delivered_at__isnull=True), name="ledger_notice_undelivered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id}"
