"""A request of somebody signed in, the page they asked for out, or the one thing they have to do first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from ..models import User

# Open to those who still have something to do first.
ALWAYS = frozenset({"account_logout", "account_reauthenticate", "mfa_reauthenticate", "set_language", "alive", "ready"})
CHANGE, ENROL = "account_change_password", "mfa_activate_totp"


class Gate:
    """Middleware: a one-time password is changed, and a second factor set up where it is asked for, before anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not answer.has_header("Cache-Control"):
            # Nothing between the office and the browser keeps a page, and the browser asks again before it shows one.
            patch_cache_control(answer, private=True, no_cache=True)
        return answer

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Django asks before every view."""
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or match is None or match.view_name in ALWAYS:
            return None
        first = first_to_do(user)
        return redirect(first) if first and match.view_name != first else None


def first_to_do(user: User) -> str | None:
    """The name of the page that `user` has to go through before any other, or none."""
    if user.must_change_password:
        return CHANGE
    if settings.LUOSHI_REQUIRE_TOTP and user.reaches_far and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return ENROL
    return None
