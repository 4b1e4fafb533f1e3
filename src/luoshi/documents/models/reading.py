"""Readings: what one version of the reader read in a report, whole, and what was other than in the reading before."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models.dated import Plain

from ..packing import unpacked
from .report import Report


class Reading(models.Model):
    """A reading. `reader` is the first version that read so, `upheld_by` the last one that still did, and when.

    `packed` is the JSON object of READING.md (documents.packing); `changes` (documents.changes) is empty of the first.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="readings", verbose_name=_("文稿"))
    reader = models.CharField(_("读取版本"), max_length=40)
    read_at = models.DateTimeField(_("读取时间"))
    upheld_by = models.CharField(_("最近相同的版本"), max_length=40)
    upheld_at = models.DateTimeField(_("最近相同的时间"))
    # Of the JSON without the version of the reader.
    digest = models.CharField(max_length=64, editable=False)
    packed = models.BinaryField(editable=False)
    changes = models.JSONField(_("与前次的不同"), default=dict, blank=True, encoder=Plain)

    unguarded = Unguarded["Reading"]()
    seen = VisibleBy(
        place="report__place",
        line="report__line",
        participants=("report__brought_by", "report__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("读取结果")
        verbose_name_plural = _("读取结果")
        ordering = ("report", "pk")

    def __str__(self) -> str:
        return f"{self.report_id} {self.reader}"

    def whole(self) -> dict[str, Any]:
        """The whole reading, as `luoshi read --format jsonl` prints it."""
        return unpacked(bytes(self.packed))
