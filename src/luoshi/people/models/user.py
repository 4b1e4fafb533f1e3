"""Users: who signs in, under what name, in which language; what one may see and do comes from posts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luoshi.places.models.history import keep_first

from .. import permissions
from ..roles import ADMINISTRATORS, EVERYBODY, SECOND_FACTOR
from ..scope import Scope
from ..seeing import sees
from ..visible import Unguarded, VisibleBy


class Language(models.TextChoices):
    """Languages that the pages speak."""

    CHINESE = "zh-hans", "简体中文"
    TRADITIONAL = "zh-hant", "繁體中文"
    ENGLISH = "en", "English"


class UserManager(Unguarded["User"]):
    """Users made and found, for Django's and allauth's own machinery."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A new user; without a password nobody can sign in as them with one."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.password = make_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """The owner of the installation (`createsuperuser`)."""
        return self.create_user(username, password, **{"name": username, **fields, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        """The user called `username`, as Django's sign-in looks them up."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """Somebody who signs in; what one may do and see comes from one's posts, never from here.

    Its history is declared here and not by `Recorded`, so that the hash of a password is not kept in it.
    """

    username = models.CharField(
        _("用户名"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("这个用户名已有人使用。")},
        help_text=_("字母、汉字、数字和 @ . + - _，最多 60 个字符。"),
    )
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    language = models.CharField(
        _("界面语言"), max_length=7, choices=Language.choices, blank=True, help_text=_("不填则随浏览器。")
    )
    is_active = models.BooleanField(_("启用"), default=True, help_text=_("停用后不能登录，也看不到任何内容。"))
    is_superuser = models.BooleanField(_("系统所有者"), default=False, help_text=_("管理全部地区；不办理事项。"))
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now, editable=False)
    # The log of logins says it, with how and from where.
    last_login = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    # allauth asks for `objects`; code of ours says `seen` or `unguarded`.
    objects = UserManager()
    unguarded = UserManager()
    # Seen through any of their posts, also those to come or over: somebody has to be able to find them again.
    seen = VisibleBy(place="posts__unit__place", line="posts__unit__line", participants=("",), roles=EVERYBODY)
    history = HistoricalRecords(excluded_fields=["password"])

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        ordering = ("username",)

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）" if self.name else self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the state before kept when nothing of this user was kept yet."""
        if self.pk is not None and not self._state.adding:
            keep_first(type(self), [self.pk])
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def scope_today(self) -> Scope:
        """What the user may see today, asked once in the life of this object: a request's."""
        return sees(self, timezone.localdate())

    @property
    def administers(self) -> bool:
        """True for the owner and for those with an administrator's post today."""
        return bool(self.scope_today.of(ADMINISTRATORS))

    @property
    def reaches_far(self) -> bool:
        """True when a password alone is too little, where the office asks for a second factor."""
        return bool(self.scope_today.of(SECOND_FACTOR))

    @property
    def is_staff(self) -> bool:
        """May enter the administration site; Django asks by this name."""
        return self.administers

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Whether the user may do what Django calls `permission` on the administration site."""
        return self.administers and (self.is_superuser or permissions.administrators(permission))

    def has_perms(self, wanted: Iterable[str], obj: object = None) -> bool:
        """Whether the user may do all of `wanted`."""
        return all(self.has_perm(permission, obj) for permission in wanted)

    def has_module_perms(self, label: str) -> bool:
        """Whether the user may do anything in the room `label` on the administration site."""
        return self.administers and (self.is_superuser or label in permissions.ROOMS)
