"""The log of logins in, its pages on the administration site out: to look at, not to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Login
from .rights import administered


class LoginAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Tries to sign in of the people that one looks after; those of unknown names are the owner's."""

    list_display = ("at", "user", "outcome", "how", "address")
    list_filter = ("outcome", "how")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__name", "address")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Login]:
        looked_after: QuerySet[Login] = administered(Login, request)
        return looked_after

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
