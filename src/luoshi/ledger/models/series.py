"""A place, a list and a year; how many items were numbered in it, without gaps, and the chain of their openings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Place


class Series(models.Model):
    """The numbers of one list of one place in one year.

    Its row is locked while an item is opened, so that numbers have no gaps; `head` is the hash of the last opening
    event, which holds the one before it, so that an item that is gone leaves a hole.
    """

    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("地区"), related_name="+")
    list = models.CharField(_("清单"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("已编号数"), default=0)
    head = models.CharField(max_length=64, blank=True, editable=False)

    unguarded = Unguarded["Series"]()
    seen = VisibleBy(place="place")

    class Meta:
        verbose_name = _("编号")
        verbose_name_plural = _("编号")
        constraints = (models.UniqueConstraint(fields=["place", "list", "year"], name="ledger_one_series"),)

    def __str__(self) -> str:
        return f"{self.place.name} {self.list} {self.year}"
