"""The log of logins: who signed in when, how, or why not; of an address its salted hash, of a stranger no name."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..roles import ADMINISTRATORS
from ..visible import Unguarded, VisibleBy
from .user import User


class How(models.TextChoices):
    """What was shown to prove who one is."""

    PASSWORD = "password", _("密码")
    TOTP = "totp", _("动态口令")
    RECOVERY = "recovery", _("恢复码")
    OIDC = "oidc", _("单点登录")


class Outcome(models.TextChoices):
    """What came of it."""

    OK = "ok", _("成功")
    WRONG = "wrong", _("用户名、密码或口令错误")
    INACTIVE = "inactive", _("已停用")
    TOO_MANY = "too_many", _("尝试过多")


class Login(models.Model):
    """One try to sign in."""

    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="logins", verbose_name=_("用户")
    )
    at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    how = models.CharField(_("方式"), max_length=8, choices=How.choices)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices)
    address = models.CharField(_("来源标记"), max_length=16, help_text=_("网络地址的加盐散列，同一地址标记相同。"))

    unguarded = Unguarded["Login"]()
    # One's own, and for administrators those of the people they look after.
    seen = VisibleBy(
        place="user__posts__unit__place",
        line="user__posts__unit__line",
        participants=("user",),
        roles=ADMINISTRATORS,
    )

    class Meta:
        verbose_name = _("登录记录")
        verbose_name_plural = _("登录记录")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.get_outcome_display()}"


def forget_logins(now: datetime.datetime, days: int) -> int:
    """Take logins older than `days` out of the log; how many went."""
    return Login.unguarded.filter(at__lt=now - datetime.timedelta(days=days)).delete()[0]
