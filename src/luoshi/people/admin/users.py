"""Users in, their pages on the administration site out: a one-time password shown once, a second factor taken back."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ..models import User
from ..onetime import one_time_password
from .posts import PostInline
from .rights import administered, may_change

BY_OWNER = ("is_superuser",)


class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Users with a post in the subtrees that one administers."""

    list_display = ("username", "name", "is_active", "must_change_password", "created_at")
    list_filter = ("is_active",)
    search_fields = ("username", "name")
    inlines = (PostInline,)
    actions = ("give_password", "take_second_factor")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        looked_after: QuerySet[User] = administered(User, request)
        return looked_after

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The owner alone makes owners."""
        plain = ("username", "name", "email", "language", "is_active")
        return plain + (BY_OWNER if getattr(request.user, "is_superuser", False) else ())

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """A name that somebody signs in by stays theirs."""
        return ("username",) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_change(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; somebody new gets a password that `response_add` shows."""
        if not change:
            request.META[GIVEN] = _new_password(obj)
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        return self._shown(request, obj, request.META.pop(GIVEN))

    @admin.action(description=_("发一次性密码（原密码作废）"), permissions=["change"])
    def give_password(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """A new password for one user; their sessions end by it."""
        user = self._the_one(request, queryset)
        if user is None:
            return None
        password = _new_password(user)
        user.save()
        self.log_change(request, user, "one-time password")
        return self._shown(request, user, password)

    @admin.action(description=_("关闭两步验证（手机丢失）"), permissions=["change"])
    def take_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Without the phone and the recovery codes nobody gets in: the administrator, who knows them, helps."""
        user = self._the_one(request, queryset)
        if user is None:
            return
        with transaction.atomic():
            Authenticator.objects.filter(user=user).delete()
            self.log_change(request, user, "second factor taken back")
        self.message_user(request, _("已关闭 %(user)s 的两步验证。") % {"user": user}, messages.SUCCESS)

    def _the_one(self, request: HttpRequest, queryset: QuerySet[User]) -> User | None:
        """The one user chosen, whom the administrator may change; else a message."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, _("请只选一个人。"), messages.ERROR)
        elif not may_change(request, chosen[0]):
            self.message_user(request, _("此人在您管理范围之外还有职务，请上级管理员办理。"), messages.ERROR)
        else:
            return chosen[0]
        return None

    def _shown(self, request: HttpRequest, user: User, password: str) -> HttpResponse:
        """The page with the password: not kept anywhere (the site's pages are not cached)."""
        shown = {**self.admin_site.each_context(request), "shown_to": user, "password": password}
        return TemplateResponse(request, "people/one_time_password.html", shown)


# Where a password waits within one request, between saving and showing.
GIVEN = "luoshi.people.given"


def _new_password(user: User) -> str:
    """A password for `user`, to be changed when they sign in; not saved yet."""
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    return password
