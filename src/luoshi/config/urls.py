"""An address in, the page that answers it out."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from . import health

urlpatterns = [
    path("healthz", login_not_required(health.alive), name="alive"),
    path("readyz", login_not_required(health.ready), name="ready"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    # Everything not marked otherwise asks who one is first.
    path("calendar/", include("luoshi.desk.feeds")),
    path("", include("luoshi.desk.urls")),
    path("", include("luoshi.people.urls")),
]
