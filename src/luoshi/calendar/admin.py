"""Notices in, the page on which they are looked at out; they are brought in by `luoshi calendar import`."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .models import CalendarDay, Notice


class ReadOnly:
    """What was announced is not edited."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Notices are made by an import."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A later notice prevails; none is changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """What was announced is not taken away."""
        return False


class DaysInline(ReadOnly, admin.TabularInline):
    """The days of a notice."""

    model = CalendarDay
    extra = 0


@admin.register(Notice)
class NoticeAdmin(ReadOnly, admin.ModelAdmin):
    """Notices, to look at."""

    list_display = ("number", "title", "document", "imported_at")
    inlines = (DaysInline,)
    fields = ("number", "title", "document", "imported_at")
