"""Posts: somebody's role in a unit, for some lines, from a day until another; what they see and do comes from here."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from luoshi.places.models import Dated, DatedQuerySet, Line, Place, Recorded, Unit

from ..roles import EVERYBODY, Role
from ..visible import Unguarded, VisibleBy
from .user import User


class NeverDeleted(Exception):
    """A post was to be deleted; it is ended instead, so that what was done in it still has somebody who did it."""

    def __init__(self) -> None:
        super().__init__("a post is never deleted; set the day it ends")


class PostQuerySet(DatedQuerySet):
    """Posts, which are ended and never deleted."""

    def delete(self) -> NoReturn:
        raise NeverDeleted


class PostManager(Unguarded["Post"]):
    """All posts."""

    _queryset_class = PostQuerySet


class Post(Dated, Recorded):
    """A person in a role at a unit; what they see is the subtree of the unit's place, in their lines.

    Lines: those given here; without any the unit's own line; a unit without a line (a government, a committee) has
    all of them. `all_lines` is for the offices that are a line of their own and yet look over all (政府办公室).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=13, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("单位"))
    lines = models.ManyToManyField(
        Line, blank=True, related_name="posts", verbose_name=_("条线"), help_text=_("不选则为单位本身的条线。")
    )
    all_lines = models.BooleanField(
        _("全部条线"), default=False, help_text=_("综合部门（如政府办公室）的督查员、领导须勾选。")
    )
    stands_in_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name=_("代班（AB角）"),
        help_text=_("代行哪一职务；权限随该职务，该职务终止即失效。"),
    )

    unguarded = PostManager()
    seen = VisibleBy(place="unit__place", line="unit__line", participants=("", "user"), roles=EVERYBODY)
    _history_m2m_fields: ClassVar[tuple[str, ...]] = ("lines",)

    class Meta(Dated.Meta):
        verbose_name = _("职务")
        verbose_name_plural = _("职务")
        ordering = ("unit__key", "role", "user__username", "since")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "role", "unit", "since"],
                condition=models.Q(stands_in_for__isnull=True),
                name="people_one_such_post_begins_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "stands_in_for", "since"], name="people_one_such_stand_in_begins_a_day"
            ),
        )

    def __str__(self) -> str:
        words = f"{self.user.name} {self.unit.name} {self.get_role_display()}"
        return words if self.stands_in_for_id is None else _("%(post)s（代班）") % {"post": words}

    @property
    def place(self) -> Place:
        """The place whose subtree the post covers."""
        return self.unit.place

    def clean(self) -> None:
        """Refuse a post held twice at a time, and a stand-in that does not fit what it stands in for."""
        faults = {**self._held_twice(), **self._misfit()}
        if faults:
            raise ValidationError(faults)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is right, one at a time for a user, so that no two requests give the same post.

        Raises:
            ValidationError: with every fault, by field.
        """
        with transaction.atomic():
            User.unguarded.select_for_update().filter(pk=self.user_id).first()
            self.full_clean()
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverDeleted

    def _held_twice(self) -> dict[str, Any]:
        if self.user_id is None or self.unit_id is None or self.since is None:
            return {}
        same = {"user": self.user_id, "role": self.role, "unit": self.unit_id, "stands_in_for": self.stands_in_for_id}
        others = Post.unguarded.filter(**{k: v for k, v in same.items() if v is not None}).exclude(pk=self.pk)
        if self.stands_in_for_id is None:
            others = others.filter(stands_in_for__isnull=True)
        if self.until is not None:
            others = others.filter(since__lt=self.until)
        clash = others.filter(models.Q(until__isnull=True) | models.Q(until__gt=self.since)).first()
        if clash is None:
            return {}
        words = _("此人在该单位已有同一职务（%(since)s 至 %(until)s）。")
        return {"since": words % {"since": clash.since, "until": clash.until or _("今")}}

    def _misfit(self) -> dict[str, Any]:
        stood = self.stands_in_for
        stand_ins = Post.unguarded.filter(stands_in_for=self) if self.pk else Post.unguarded.none()
        if stood is None:
            others = stand_ins.exclude(role=self.role, unit=self.unit_id)
            return {"role": _("有人代班的职务不能改角色或单位。")} if others.exists() else {}
        if stand_ins.exists():
            return {"stands_in_for": _("有人代班的职务不能再去代班。")}
        if stood.stands_in_for_id is not None:
            return {"stands_in_for": _("代班的职务本身不能再由人代班。")}
        if stood.pk == self.pk or stood.user_id == self.user_id:
            return {"stands_in_for": _("不能代自己的班。")}
        if (stood.role, stood.unit_id) != (self.role, self.unit_id):
            return {"stands_in_for": _("代班的角色和单位须与所代职务相同。")}
        return {}
