"""Department lines (条线) of party and government: what posts and units are joined by across places."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .dated import Dated, DatedQuerySet, Sourced
from .history import Recorded


class Branch(models.TextChoices):
    """The system a line belongs to."""

    PARTY = "party", _("党委")
    GOVERNMENT = "government", _("政府")
    CONGRESS = "congress", _("人大")
    CPPCC = "cppcc", _("政协")
    DISCIPLINE = "discipline", _("纪检监察")
    COURT = "court", _("法院")
    PROCURATORATE = "procuratorate", _("检察院")
    MASS = "mass", _("群团")
    ZONE = "zone", _("功能区")


class Line(Dated, Sourced, Recorded):
    """A department line, as 发展改革; ended lines name those that took over.

    What its units are called at each level and time stands in `places/lines/data`, which names the units of a load.
    """

    key = models.CharField(_("标识"), max_length=40, unique=True)
    name = models.CharField(_("条线"), max_length=40)
    branch = models.CharField(_("系统"), max_length=16, choices=Branch.choices)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("接续条线")
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("条线")
        verbose_name_plural = _("条线")
        ordering = ("branch", "key")

    def __str__(self) -> str:
        return self.name
