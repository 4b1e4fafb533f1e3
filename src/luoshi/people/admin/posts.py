"""Posts in, their pages on the administration site out: given, changed, ended; never deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.places.models import Unit

from ..models import Post, User
from .rights import administered


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    """A post; all lines or some, not both."""

    def clean(self) -> dict[str, Any]:
        """Refuse lines beside “all lines”."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("all_lines") and cleaned.get("lines"):
            self.add_error("lines", _("已勾选“全部条线”，不必再选条线。"))
        return cleaned


class Choices(admin.options.BaseModelAdmin):  # type: ignore[type-arg]
    """What may be chosen in a form of a post: units, people and posts that one looks after, even when forged."""

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """The field, with its choices narrowed."""
        if db_field.related_model in (Unit, User, Post):
            kwargs["queryset"] = administered(db_field.related_model, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Holding(admin.SimpleListFilter):
    """Posts that hold today, are to come, or are over."""

    title = _("时间")
    parameter_name = "holding"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("在任")), ("to_come", _("未到任")), ("over", _("已结束"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Those of the choice."""
        today = timezone.localdate()
        begun, over = Q(since__lte=today), Q(until__lte=today)
        chosen = {"now": begun & ~over, "to_come": ~begun, "over": over}.get(self.value() or "", Q())
        return queryset.filter(chosen)


class PostAdmin(Choices, admin.ModelAdmin):  # type: ignore[type-arg]
    """Posts of the subtrees that one administers."""

    form = PostForm
    list_display = ("user", "role", "unit", "stands_in_for", "since", "until")
    list_filter = ("role", Holding)
    list_select_related = ("user", "unit", "stands_in_for__user", "stands_in_for__unit")
    search_fields = ("user__username", "user__name", "unit__name")
    autocomplete_fields = ("user", "unit", "stands_in_for")
    filter_horizontal = ("lines",)
    fields = ("user", "role", "unit", "all_lines", "lines", ("since", "until"), "stands_in_for")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        looked_after: QuerySet[Post] = administered(Post, request)
        return looked_after


class PostInline(Choices, admin.StackedInline):  # type: ignore[type-arg]
    """The posts of somebody, on their page: the first when they are added, all of them afterwards."""

    model = Post
    form = PostForm
    fk_name = "user"
    extra = 0
    autocomplete_fields = ("unit",)
    fields = (("role", "unit"), ("since", "until"), "all_lines")
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        looked_after: QuerySet[Post] = administered(Post, request)
        return looked_after

    def get_min_num(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> int:
        """Somebody new has a post at least: without one nobody but the owner would find them again."""
        return 1 if obj is None else 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The forms, of which the first has to be filled in for somebody new."""
        return super().get_formset(request, obj, **{**kwargs, "validate_min": obj is None})
