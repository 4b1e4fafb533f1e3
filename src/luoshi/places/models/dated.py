"""Facts that hold from a day until another in, those that hold on one day out."""

from __future__ import annotations

import datetime
import json
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

Period = tuple[datetime.date, datetime.date | None]


class Known(models.TextChoices):
    """How well a day is known; a day is never made up without one of these beside it."""

    DAY = "day", _("确切到日")
    YEAR = "year", _("只知年份")
    RECORD = "record", _("记载自此开始")
    ASSUMED = "assumed", _("推定")


def meet(one: Period, other: Period) -> bool:
    """True when two periods have a day in common; each a first day and the first day after it (none: still)."""
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from `since` (included) until `until` (excluded; none: still)."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on `day`."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gt=day), since__lte=day)


class Dated(models.Model):
    """A fact with the days between which it holds, and how well each day is known."""

    since = models.DateField(_("自"))
    since_known = models.CharField(_("起始日"), max_length=8, choices=Known.choices, default=Known.DAY)
    until = models.DateField(_("至（不含）"), null=True, blank=True)
    until_known = models.CharField(_("终止日"), max_length=8, choices=Known.choices, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint] | tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("终止日须晚于起始日。"),
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; an end that somebody gives is known to the day, and no end is known in no way."""
        if not self.until:
            self.until_known = ""
        elif not self.until_known:
            self.until_known = Known.DAY
        super().save(*args, **kwargs)

    def holds(self, day: datetime.date) -> bool:
        """True when it holds on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


class Plain(json.JSONEncoder):
    """JSON that keeps Chinese as it is: a third of the bytes, and legible in the database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class Origin(models.TextChoices):
    """Where a row came from: what a load may renew, and what it may not."""

    LOADED = "loaded", _("随版本载入")
    IMPORTED = "imported", _("表格导入")
    HAND = "hand", _("人工录入")


class Sourced(models.Model):
    """A row with its source, and the fields a person put right: those are never overwritten by a load."""

    origin = models.CharField(_("来历"), max_length=8, choices=Origin.choices, default=Origin.HAND)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    corrected = models.JSONField(_("已人工更正的字段"), default=list, blank=True, editable=False, encoder=Plain)

    class Meta:
        abstract = True
