"""The secret address of somebody's calendar: made, shown once, revoked; of the secret only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..roles import ADMINISTRATORS
from ..visible import Unguarded, VisibleBy
from .user import User

# 16 bytes at random, 22 letters of an address: nobody finds one by trying.
BYTES, LETTERS = 16, 22


class FeedLink(models.Model):
    """One address for one user; a new one takes the place of the old. At random and long, it is hashed without salt."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name=_("用户"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("建立时间"), editable=False)

    unguarded = Unguarded["FeedLink"]()
    # One's own, and for administrators those of the people they look after.
    seen = VisibleBy(
        place="user__posts__unit__place",
        line="user__posts__unit__line",
        participants=("user",),
        roles=ADMINISTRATORS,
    )

    class Meta:
        verbose_name = _("日历订阅")
        verbose_name_plural = _("日历订阅")

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"


def make_link(user: User, now: datetime) -> str:
    """A new secret for a user, in place of any before; it is not kept, and so said this once."""
    secret = secrets.token_urlsafe(BYTES)
    FeedLink.unguarded.update_or_create(user=user, defaults={"digest": _digest(secret), "made_at": now})
    return secret


def revoke_link(user: User) -> bool:
    """Take a user's secret back; whether there was one."""
    return bool(FeedLink.unguarded.filter(user=user).delete()[0])


def link_of(user: User) -> FeedLink | None:
    """A user's link, where there is one."""
    return FeedLink.unguarded.filter(user=user).first()


def holder(secret: str) -> User | None:
    """Whose secret it is; nobody's, where they may not sign in any more, or have to set a new password first.

    Looked up by its hash, which tells nobody who measures the time anything about a secret.
    """
    found = FeedLink.unguarded.select_related("user").filter(digest=_digest(secret)).first()
    if found is None or not found.user.is_active or found.user.must_change_password:
        return None
    return found.user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
