"""What a response asks of a place: a prepared item and the part that was opened for it, or why there is none."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Item
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Place


class PreparedItem(models.Model):
    """A prepared item of a response at a place. `part` is the item that does it; without one `gap` says why."""

    class Gap(models.TextChoices):
        """Why a prepared item has nobody to do it."""

        MISSING = "missing", _("没有对应单位")
        ASSUMED = "assumed", _("单位尚未确认")
        SEVERAL = "several", _("对应单位不止一个")

    response = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("应急响应"))
    key = models.CharField(_("预案任务"), max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地区"))
    part = models.OneToOneField(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("响应任务")
    )
    gap = models.CharField(_("未落实原因"), max_length=7, choices=Gap.choices, blank=True)

    unguarded = Unguarded["PreparedItem"]()
    # As the response: its parts have places of their own, and are seen as items.
    seen = VisibleBy(place="response__place", line="response__line", participants=("response__opened_by",))

    class Meta:
        verbose_name = _("响应任务")
        verbose_name_plural = _("响应任务")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["response", "key", "place"], name="intake_one_prepared_item_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.response_id} {self.key} {self.place_id}"
