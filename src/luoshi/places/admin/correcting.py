"""Rows that a person puts right in, marks that no load overwrites them out; and narrow rows beside each other."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

# Rows a page: as many as an office reads in one go; names of places come with one query.
PAGE = 50


class Correcting(SimpleHistoryAdmin):  # type: ignore[misc]
    """What is changed here is marked as corrected, so that no load overwrites it; every change is kept."""

    list_per_page = PAGE
    show_full_result_count = False
    readonly_fields: tuple[str, ...] = ("origin", "corrected_fields")

    @admin.display(description=_("已人工更正的字段"))
    def corrected_fields(self, row: Any) -> str:
        """Names of the fields that no load overwrites."""
        return "、".join(str(row._meta.get_field(name).verbose_name) for name in row.corrected) or "—"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, with the changed fields locked."""
        if change:
            obj.corrected = sorted({*obj.corrected, *(column(obj, name) for name in form.changed_data)})
        super().save_model(request, obj, form, change)


def column(row: models.Model, name: str) -> str:
    """A field as a load compares it: of another table's row, its number."""
    return str(getattr(row._meta.get_field(name), "attname", name))


class Narrow(admin.TabularInline):
    """Rows beside each other: fields as wide as what they hold, without buttons that lead away."""

    extra = 0
    widths: ClassVar[dict[str, int]] = {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field, `widths` characters wide."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in self.widths:
            field.widget.attrs |= {"class": "", "size": str(self.widths[db_field.name])}
        for button in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
            if hasattr(field.widget, button):
                setattr(field.widget, button, False)
        return field
