"""What allauth asks in, how this office answers out: nobody signs up, failures are logged, errors are in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ..models import How, Outcome, User
from .log import log


class OurAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators; a wrong name and a wrong password are told in the same words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("用户名或密码不正确。请检查后重试；忘记密码请联系管理员。"),
        "too_many_login_attempts": _("尝试次数过多。请 5 分钟后再试。"),
        "incorrect_password": _("密码不正确。"),
        "enter_current_password": _("请输入当前密码。"),
        "same_as_current": _("新密码不能与当前密码相同。"),
        "rate_limited": _("操作过于频繁。请稍后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try.

        Raises:
            ValidationError: there were too many, for this name or from this address.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log(request, _known(credentials), How.PASSWORD, Outcome.TOO_MANY)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log(request, _known(credentials), How.PASSWORD, Outcome.WRONG)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The page that says so; only who knows the password comes here."""
        log(request, user, How.PASSWORD, Outcome.INACTIVE)
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def clean_password(self, password: str, user: User | None = None) -> str:
        """A new password that is good enough and is not the one that was to be changed."""
        cleaned: str = super().clean_password(password, user)
        if user is not None and user.pk and user.check_password(cleaned):
            raise self.validation_error("same_as_current")
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        """Keep a password that its user chose; the one given by an administrator is done with."""
        user.must_change_password = False
        super().set_password(user, password)


class OurMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("口令不正确。请输入验证器上当前的 6 位数字，或一个未用过的恢复码。"),
        "cannot_delete_authenticator": _("两步验证不能关闭。"),
        "cannot_generate_recovery_codes": _("开启两步验证后才能生成恢复码。"),
    }


def _known(credentials: dict[str, Any]) -> User | None:
    return User.unguarded.filter(username=credentials.get("username", "")).first()
