"""Channels: where and when somebody wants to be told outside luoshi; addresses and tokens are sealed."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.clocks.laddering import QUIET_FROM, QUIET_TO
from luoshi.people.models import User
from luoshi.people.visible import Unguarded, VisibleBy

from ..timing import Wishes

# Offices open at half past eight or later: what gathered is there when they do.
DIGEST_AT = datetime.time(8, 30)


class Kind(models.TextChoices):
    """The ways there are."""

    MAIL = "mail", _("电子邮件")
    WEBHOOK = "webhook", _("网络回调（webhook）")
    DINGTALK = "dingtalk", _("钉钉机器人")
    WECOM = "wecom", _("企业微信机器人")
    FEISHU = "feishu", _("飞书机器人")


class Rhythm(models.TextChoices):
    """When what happened is sent."""

    ONCE = "once", _("随时")
    DAILY = "daily", _("每日汇总")


class Channel(models.Model):
    """A way to reach somebody. `sealed` holds the address and, where there is one, the secret (delivery.sealing)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("用户"))
    kind = models.CharField(_("方式"), max_length=8, choices=Kind.choices)
    on = models.BooleanField(_("启用"), default=True)
    sealed = models.TextField(blank=True, editable=False)
    rhythm = models.CharField(_("频率"), max_length=5, choices=Rhythm.choices, default=Rhythm.ONCE)
    digest_at = models.TimeField(_("汇总时间"), default=DIGEST_AT)
    quiet_from = models.TimeField(_("免打扰自"), null=True, blank=True, default=QUIET_FROM)
    quiet_to = models.TimeField(_("免打扰至"), null=True, blank=True, default=QUIET_TO)
    updated_at = models.DateTimeField(auto_now=True)

    unguarded = Unguarded["Channel"]()
    seen = VisibleBy(place="user__posts__unit__place", participants=("user",), roles=frozenset())

    class Meta:
        verbose_name = _("接收方式")
        verbose_name_plural = _("接收方式")
        constraints = (models.UniqueConstraint(fields=["user", "kind"], name="delivery_one_of_a_kind"),)

    @property
    def wishes(self) -> Wishes:
        """When its holder wants to be told."""
        return Wishes(self.rhythm == Rhythm.DAILY, self.digest_at, self.quiet_from, self.quiet_to)

    def __str__(self) -> str:
        return str(self.get_kind_display())
