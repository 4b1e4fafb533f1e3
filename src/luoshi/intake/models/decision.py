"""Decisions: what somebody did to a draft, and what it was before; only added, so that each can be taken back."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.models import Post
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models.dated import Plain

from .draft import Draft


class OnlyAdded(Exception):
    """A decision was to be changed or deleted; it is taken back instead, by another one."""

    def __init__(self) -> None:
        super().__init__("decisions are only added; take one back by another one")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, which are neither changed nor deleted."""

    def update(self, **fields: Any) -> NoReturn:
        raise OnlyAdded

    def delete(self) -> NoReturn:
        raise OnlyAdded


class DecisionManager(Unguarded["Decision"]):
    """All decisions."""

    _queryset_class = DecisionQuerySet


class Decision(models.Model):
    """A decision about a draft. `before` are the columns that it changed, as they were, with the version that the draft
    had; `beside` in it, the drafts that were decided about together."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="decisions", verbose_name=_("待确认事项"))
    verb = models.CharField(_("办理"), max_length=12)
    by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("何人"))
    at = models.DateTimeField(_("时间"))
    before = models.JSONField(_("此前"), default=dict, encoder=Plain)

    unguarded = DecisionManager()
    seen = VisibleBy(
        place="draft__place",
        line="draft__line",
        participants=(
            "draft__made_by",
            "draft__made_by__unit",
            "draft__report__brought_by",
            "draft__report__brought_by__unit",
        ),
    )

    class Meta:
        verbose_name = _("确认记录")
        verbose_name_plural = _("确认记录")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; a second time is refused."""
        if not self._state.adding:
            raise OnlyAdded
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise OnlyAdded
