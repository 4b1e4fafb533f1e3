"""An address in, the page of signing in or of oneself that answers it out.

allauth's own list has pages for signing up and for e-mail that this office has no use for, so its views are named here.
"""

from __future__ import annotations

from allauth.account import views as account
from django.conf import settings
from django.urls import include, path

from . import views

urlpatterns = [
    path("me/", views.home, name="home"),
    path("me/logins/", views.logins, name="logins"),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
]
if "allauth.socialaccount" in settings.INSTALLED_APPS:
    urlpatterns += [
        path("accounts/sso/", include("allauth.socialaccount.urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
