"""Somebody vouched for by the office's single sign-on in, the user of that name signed in out; no strangers."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect

from ..models import How, Outcome, User
from .log import log


class OurSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Users are made by administrators; the issuer says who somebody is, by `preferred_username`."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the issuer's account to the user of the same name, the first time they come.

        Raises:
            PermissionDenied: there is no such user.
            ImmediateHttpResponse: the user is inactive.
        """
        if sociallogin.is_existing:
            return
        name = sociallogin.account.extra_data.get("preferred_username", "")
        user = User.unguarded.filter(username=name).first() if name else None
        if user is None:
            log(request, None, How.OIDC, Outcome.WRONG)
            raise PermissionDenied
        if not user.is_active:
            log(request, user, How.OIDC, Outcome.INACTIVE)
            raise ImmediateHttpResponse(redirect("account_inactive"))
        sociallogin.connect(request, user)
