"""Events: rows that are only ever added, each holding the hash of the one before it in its item."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models.dated import Plain

from .item import Item


class Event(models.Model):
    """An event (办理记录). The database itself refuses to change or delete it (ledger.triggers).

    `hash` is that of the canonical JSON of all fields but `hash` and `request` (ledger.chain). No personal data:
    the actor is an id, free text is a salted commitment whose words lie in `Text`.
    """

    # Time-ordered (RFC 9562, version 7).
    id = models.UUIDField(primary_key=True, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="events", verbose_name=_("事项"), db_index=False)
    sequence = models.PositiveIntegerField(_("序号"))
    playbook = models.CharField(_("办理流程"), max_length=40)
    version = models.PositiveSmallIntegerField(_("流程版本"))
    verb = models.CharField(_("办理"), max_length=40)
    actor_kind = models.CharField(max_length=10)
    actor = models.CharField(max_length=60)
    actor_unit = models.CharField(max_length=90, blank=True)
    occurred_at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    payload = models.JSONField(_("内容"), encoder=Plain)
    algorithm = models.CharField(max_length=10, default="sha256")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    # What a form or program calls this act, so that sending it twice does it once.
    request = models.CharField(max_length=64, null=True, blank=True, unique=True)

    unguarded = Unguarded["Event"]()
    seen = VisibleBy(
        place="item__place",
        line="item__line",
        participants=("item__lead", "item__supports", "item__verifier", "item__opened_by"),
    )

    class Meta:
        verbose_name = _("办理记录")
        verbose_name_plural = _("办理记录")
        constraints = (models.UniqueConstraint(fields=["item", "sequence"], name="ledger_one_event_a_number"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.sequence} {self.verb}"
