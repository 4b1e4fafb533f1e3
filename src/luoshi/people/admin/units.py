"""The admin of units as places wrote it in, the same for the units that an administrator looks after out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from luoshi.places.models import Unit

from .rights import administered


class _PlainUnitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """As much of units as the choice of one for a post needs."""

    list_display = ("name", "place", "line", "status")
    search_fields = ("name", "short", "key")
    autocomplete_fields = ()
    raw_id_fields = ("place",)


def unit_admin(was: type[admin.ModelAdmin[Any]] | None) -> type[admin.ModelAdmin[Any]]:
    """`was`, narrowed."""

    class UnitAdmin(was or _PlainUnitAdmin):  # type: ignore[misc]
        """Units of the subtrees that one administers."""

        def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
            looked_after: QuerySet[Unit] = administered(Unit, request)
            return looked_after.select_related("place", "line")

    return UnitAdmin
