"""Works: what several reports are reprints of, with the clauses of its first report, by which reprints are found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy


class Work(models.Model):
    """A work: its first report and the reprints of it. `clauses`: of the first report, 64-bit hashes in their order."""

    clauses = models.BinaryField(editable=False)

    unguarded = Unguarded["Work"]()
    seen = VisibleBy(
        place="reports__place",
        line="reports__line",
        participants=("reports__brought_by", "reports__brought_by__unit"),
    )

    class Meta:
        verbose_name = _("作品")
        verbose_name_plural = _("作品")

    def __str__(self) -> str:
        return f"w{self.pk}"


class Beginning(models.Model):
    """A clause that the first report of a work begins with: how works are found that another report may belong to."""

    clause = models.BigIntegerField()
    work = models.ForeignKey(Work, models.CASCADE, related_name="beginnings")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["clause", "work"], name="documents_begins_once"),)

    def __str__(self) -> str:
        return f"{self.clause} {self.work_id}"
