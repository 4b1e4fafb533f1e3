"""Places of the country and what each was called, coded and part of, from day to day."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .dated import Dated, DatedQuerySet, Known, Plain, Sourced
from .history import Recorded
from .under import Under


class Level(models.TextChoices):
    """Levels of the tree, top to bottom; a zone has no level of its own and hangs where it lies."""

    COUNTRY = "country", _("国家")
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    VILLAGE = "village", _("村级")
    ZONE = "zone", _("功能区")


# Digits of a code of GB/T 2260 and GB/T 10114 that tell its own level; the rest of six are zeros.
WIDTH = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}
WRITTEN = {Level.PROVINCE: 6, Level.PREFECTURE: 6, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}


class Place(Recorded):
    """A place that stays the same through new names, codes and parents; name, level and code are its last known."""

    key = models.CharField(_("标识"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    code = models.CharField(_("代码"), max_length=12, blank=True, db_index=True)
    aliases = models.JSONField(_("别称"), default=list, blank=True, encoder=Plain)

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = _("地区")
        indexes = (models.Index(fields=["name"]),)

    def __str__(self) -> str:
        return f"{self.name} {self.code}".strip()


class PlaceStateQuerySet(DatedQuerySet):
    """States of places; on one day each place has one at most."""

    def under(self, path: str) -> Self:
        """Those whose path begins with `path`: the place itself and all within it."""
        return self.filter(Under(models.F("path"), path))


class PlaceState(Dated, Sourced, Recorded):
    """A period in which a place kept its name, level, code and parent."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="states", verbose_name=_("地区"))
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    code = models.CharField(_("代码"), max_length=12, blank=True)
    parent = models.ForeignKey(
        Place, models.PROTECT, related_name="children_states", null=True, blank=True, verbose_name=_("上级地区")
    )
    # Ids of the places from the country down to this one, each between slashes: /1/12/345/
    path = models.CharField(_("路径"), max_length=120, db_index=True, editable=False)

    objects = PlaceStateQuerySet.as_manager()
    # Set by a form that tries all states of a place together.
    with_others = False

    class Meta(Dated.Meta):
        verbose_name = _("地区沿革")
        verbose_name_plural = _("地区沿革")
        ordering = ("code", "since")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["place", "since"], name="places_one_state_begins_a_day"),
        )
        indexes = (models.Index(fields=["code", "since"]), models.Index(fields=["name"]))

    def __str__(self) -> str:
        return f"{self.name} {self.since}–{self.until or ''}"

    def clean(self) -> None:
        """Refuse a code of the wrong width, a state that overlaps another, a parent not there all the time."""
        overlap = {} if self.with_others else self._overlap()
        faults = {**code_faults(self.level, self.code), **overlap, **self._orphan(), **self._rank()}
        if faults:
            raise ValidationError(faults)

    def _overlap(self) -> dict[str, Any]:
        others = PlaceState.objects.filter(place_id=self.place_id).exclude(pk=self.pk)
        if self.until:
            others = others.filter(since__lt=self.until)
        clash = others.filter(models.Q(until__isnull=True) | models.Q(until__gt=self.since)).first()
        return {"since": _("与该地区另一段沿革（%(state)s）重叠。") % {"state": clash}} if clash else {}

    def _rank(self) -> dict[str, Any]:
        """The country hangs under nothing, and is the only one; everything else hangs under something higher."""
        if (self.level == Level.COUNTRY) != (self.parent_id is None):
            return {"parent": _("只有国家没有上级地区。")}
        if self.parent is not None and not higher(self.parent.level, self.level):
            return {"parent": _("上级地区的层级须高于本级。")}
        return {}

    def _orphan(self) -> dict[str, Any]:
        if self.parent_id is None or PlaceState.objects.on(self.since).filter(place_id=self.parent_id).exists():
            return {}
        return {"parent": _("上级地区在起始日尚不存在。")}


def higher(level: str, than: str) -> bool:
    """True when a place of `level` may hold one of the level `than`; zones hang where they lie."""
    if Level.ZONE in (level, than):
        return than != Level.COUNTRY
    order = list(Level)
    return order.index(Level(level)) < order.index(Level(than))


def code_faults(level: str, code: str) -> dict[str, Any]:
    """What is wrong with a code at its level, by field: width and digits (GB/T 2260; never by stripping zeros)."""
    if not code or level not in WRITTEN:
        return {}
    width, written = WIDTH[Level(level)], WRITTEN[Level(level)]
    if not (code.isascii() and code.isdigit() and len(code) == written):
        return {"code": _("%(level)s代码应为%(width)d位数字。") % {"level": Level(level).label, "width": written}}
    if code[width:].strip("0"):
        return {"code": _("%(level)s代码第%(width)d位以后应为零。") % {"level": Level(level).label, "width": width}}
    return {}


class Succession(Sourced):
    """Where the territory of a place went that ended, or that gave a part away."""

    class Extent(models.TextChoices):
        """How much of the place went to the successor."""

        WHOLE = "whole", _("全部")
        PART = "part", _("部分")
        UNKNOWN = "unknown", _("不详")

    place = models.ForeignKey(Place, models.CASCADE, related_name="successions", verbose_name=_("地区"))
    successor = models.ForeignKey(Place, models.PROTECT, related_name="origins", verbose_name=_("继任地区"))
    day = models.DateField(_("日期"))
    day_known = models.CharField(_("日期精度"), max_length=8, choices=Known.choices, default=Known.DAY)
    extent = models.CharField(_("范围"), max_length=8, choices=Extent.choices)

    class Meta:
        verbose_name = _("建制变更")
        verbose_name_plural = _("建制变更")
        constraints = (
            models.UniqueConstraint(fields=["place", "successor", "day"], name="places_one_succession_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.place} → {self.successor}, {self.day}"


def state_on(place: Place, day: datetime.date) -> PlaceState | None:
    """The state of `place` on `day`, or none when it was not there."""
    state: PlaceState | None = PlaceState.objects.on(day).filter(place=place).first()
    return state
