"""An administrator's request in, the administration site's pages of people out: only what their posts cover."""

from __future__ import annotations

from allauth.account.admin import EmailAddress
from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth import admin as registers_groups  # noqa: F401 - so that they can be taken out below
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from luoshi.places.models import Unit

from ..models import Login, Post, User
from .logins import LoginAdmin
from .posts import PostAdmin
from .units import unit_admin
from .users import UserAdmin


def _change_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    return redirect("account_change_password")


site = admin.site
site.site_header = site.site_title = _("落实 · 管理")
site.index_title = _("人员、职务、地区与单位")
# One way in and one way to change a password: those with rate limits, second factor and log.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]
site.password_change = _change_password  # type: ignore[assignment, method-assign]

site.register(User, UserAdmin)
site.register(Post, PostAdmin)
site.register(Login, LoginAdmin)
# Places register their units without knowing who looks; here they come to know.
unit_was = type(site.get_model_admin(Unit)) if site.is_registered(Unit) else None
if unit_was:
    site.unregister(Unit)
site.register(Unit, unit_admin(unit_was))

# Rights come from posts, mail addresses are not used, second factors and sessions are everybody's own.
site.unregister([Group, EmailAddress, Authenticator, UserSession])
