"""A try to sign in in, a row of the log of logins out; nothing that was typed is in it, and no address in clear."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import RateLimited
from allauth.mfa.signals import authentication_failed
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import How, Login, Outcome, User
from ..models.login import forget_logins

# 64 bits: enough to tell the addresses of one installation apart, too few to be worth keeping.
MARK = 16
SALT = "luoshi.people.login.address"


def log(request: HttpRequest, user: User | None, how: How, outcome: Outcome) -> None:
    """Keep the try, and let go of those that are older than the office keeps them."""
    Login.unguarded.create(user=user, how=how, outcome=outcome, address=mark(_address(request)))
    forget_logins(timezone.now(), settings.LUOSHI_LOGIN_DAYS)


def mark(address: str) -> str:
    """The mark of a network address: the same for the same address, and not to be read back without the key."""
    return salted_hmac(SALT, address, algorithm="sha256").hexdigest()[:MARK]


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, RateLimited):
        return ""


# How allauth calls the ways to prove who one is, in the words of the log.
WAYS = {
    ("mfa", "totp"): How.TOTP,
    ("mfa", "recovery_codes"): How.RECOVERY,
    ("socialaccount", None): How.OIDC,
}


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, response: HttpResponseBase, **_: Any) -> None:
    """Log it, and speak the language of the user from now on."""
    last = (get_authentication_records(request, user) or [{}])[-1]
    log(request, user, WAYS.get((last.get("method"), last.get("type")), How.PASSWORD), Outcome.OK)
    if user.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", httponly=True)


@receiver(authentication_failed)
def _wrong_code(request: HttpRequest, user: User, **_: Any) -> None:
    log(request, user, How.TOTP, Outcome.WRONG)
