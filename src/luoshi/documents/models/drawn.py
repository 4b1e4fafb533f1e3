"""What rows of a reading have in common: fields that a person corrected, and whether the rows are still read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.places.models.dated import Plain


class Corrected(models.Model):
    """A row with fields that a person put right: the column holds the person's value, `corrected` what is read."""

    corrected = models.JSONField(_("已人工更正的字段"), default=dict, blank=True, editable=False, encoder=Plain)

    class Meta:
        abstract = True

    def as_read(self, field: str) -> object:
        """What the reader reads for a field, whoever corrected it."""
        return self.corrected[field] if field in self.corrected else getattr(self, field)


class Drawn(Corrected):
    """A row drawn from a reading. It is never deleted, so that what rests on it stays: it is `gone_at` some time.

    `found`: whether the current reading has it; a row that a person corrected stays though it is not found any more.
    """

    # Fields that say where a row stands, not what it says: renewed without being told as a change.
    SILENT: ClassVar[frozenset[str]] = frozenset({"rank", "quotation"})

    found = models.BooleanField(_("现读有此"), default=True, editable=False)
    gone_at = models.DateTimeField(_("不再有此"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
