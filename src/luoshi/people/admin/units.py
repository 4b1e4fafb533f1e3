"""The admin of units as places wrote it in, the same for the units that an administrator looks after out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from luoshi.places.models import Place, Unit

from .rights import administered


class _PlainUnitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """As much of units as the choice of one for a post needs."""

    list_display = ("name", "place", "line", "status")
    search_fields = ("name", "short", "key")
    list_select_related = ("place", "line")
    raw_id_fields = ("place",)


def unit_admin(was: type[admin.ModelAdmin[Any]] | None) -> type[admin.ModelAdmin[Any]]:
    """`was`, narrowed."""

    class UnitAdmin(was or _PlainUnitAdmin):  # type: ignore[misc]
        """Units of the subtrees that one administers."""

        def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
            rows: QuerySet[Unit] = super().get_queryset(request)
            return rows.filter(pk__in=administered(Unit, request).values("pk"))

        def has_view_permission(self, request: HttpRequest, obj: Unit | None = None) -> bool:
            return super().has_view_permission(request, obj) and self._looked_after(request, obj)

        def has_change_permission(self, request: HttpRequest, obj: Unit | None = None) -> bool:
            return super().has_change_permission(request, obj) and self._looked_after(request, obj)

        def _looked_after(self, request: HttpRequest, obj: Unit | None) -> bool:
            """Asked of each unit as well: the pages of history find one without the list above."""
            return obj is None or administered(Unit, request).filter(pk=obj.pk).exists()

        def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
            """The field; a unit is put into a place of the subtree, also by a forged request."""
            if db_field.related_model is Place:
                kwargs["queryset"] = administered(Place, request)
            return super().formfield_for_foreignkey(db_field, request, **kwargs)

    return UnitAdmin
