"""Places, lines and units in, the pages on which an administrator looks at them and puts them right out."""

from __future__ import annotations

import datetime
from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from .lines import load_lines
from .models import Handover, Line, Loading, Place, PlaceState, Succession, Unit
from .paths import Orphaned
from .repath import repath
from .shapes import PACKAGED, outline, source
from .units import export_units

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
            obj.corrected = sorted({*obj.corrected, *(_column(obj, name) for name in form.changed_data)})
        super().save_model(request, obj, form, change)


def _column(row: models.Model, name: str) -> str:
    """A field as a load compares it: of another table's row, its number."""
    return str(getattr(row._meta.get_field(name), "attname", name))


class StateForms(BaseInlineFormSet):
    """The states of a place, tried as a whole before they are saved: what would leave the tree broken is said."""

    def clean(self) -> None:
        """Refuse states with which the place, or one below it, would hang under nothing on some day."""
        super().clean()
        if self.instance.pk is None or any(self.errors):
            return
        try:
            with transaction.atomic():
                for form in self.forms:
                    _try(self, form)
                repath(self.instance)
                transaction.set_rollback(True)
        except Orphaned as broken:
            raise ValidationError(_("这样改会使地区失去上级：%(said)s") % {"said": broken}) from None


def _try(forms: Any, form: Any) -> None:
    if form.instance.pk and form in forms.deleted_forms:
        copy(form.instance).delete()
    elif form.has_changed() and form not in forms.deleted_forms:
        copy(form.instance).save()


class StateInline(admin.TabularInline):
    """What a place was called, coded and part of, from day to day."""

    model = PlaceState
    formset = StateForms
    fk_name = "place"
    fields = ("since", "since_known", "until", "until_known", "name", "level", "code", "parent", "source")
    autocomplete_fields = ("parent",)
    extra = 0
    show_change_link = False


class SuccessionInline(admin.TabularInline):
    """Where the place went."""

    model = Succession
    fk_name = "place"
    fields = ("day", "day_known", "successor", "extent", "source")
    autocomplete_fields = ("successor",)
    extra = 0


@admin.register(Place)
class PlaceAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Places; a change of a state moves the paths of all below it in the same step."""

    list_display = ("name", "code", "level", "key")
    list_filter = ("level",)
    search_fields = ("^name", "^code", "=key")
    search_help_text = _("名称、代码或标识的开头")
    ordering = ("code", "key")
    list_per_page = PAGE
    show_full_result_count = False
    readonly_fields = ("name", "level", "code", "aliases", "outline")
    inlines = (StateInline, SuccessionInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Place | None = None) -> tuple[str, ...]:
        """The key is for ever; name, level and code follow the last state."""
        return ("key", *self.readonly_fields) if obj else ()

    @admin.display(description=_("轮廓"))
    def outline(self, place: Place) -> str:
        """The shape of the place with its source and review number, which a map may not be shown without."""
        folder = settings.BOUNDARY_DIR or PACKAGED
        drawn = outline(place.code, place.level, folder)
        return format_html("{}<br>{}", mark_safe(drawn), source(folder)) if drawn else "—"

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the states with the changed fields locked, then the paths of the place and of all below it."""
        with transaction.atomic():
            for row in formset.save(commit=False):
                changed: list[str] = next((f.changed_data for f in formset.initial_forms if f.instance is row), [])
                row.corrected = sorted({*row.corrected, *(_column(row, name) for name in changed)})
                row.save()
            for row in formset.deleted_objects:
                row.delete()
            repath(form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        """A place that was there stays in the tree: it ends."""
        return False


@admin.register(Line)
class LineAdmin(Correcting):
    """Lines; what their units are called is shown from the data of this version."""

    list_display = ("name", "key", "branch", "since", "until")
    list_filter = ("branch",)
    search_fields = ("name", "key")
    filter_horizontal = ("successors",)
    readonly_fields = ("key", "origin", "corrected_fields", "unit_names")

    @admin.display(description=_("各级单位名称"))
    def unit_names(self, line: Line) -> str:
        """The names of the line's units at each level, as the data has them."""
        described = load_lines().by_key.get(line.key)
        if described is None:
            return "—"
        return "\n".join(f"{p.scope.level} {p.full} {p.since or ''}–{p.until or ''}" for p in described.periods)

    def has_delete_permission(self, request: HttpRequest, obj: Line | None = None) -> bool:
        """A line that was there stays: it ends."""
        return False


class HandoverInline(admin.TabularInline):
    """Who took the work of the unit over."""

    model = Handover
    fk_name = "unit"
    fields = ("day", "day_known", "successor", "source")
    autocomplete_fields = ("successor",)
    extra = 0


@admin.register(Unit)
class UnitAdmin(Correcting):
    """Units; several can be confirmed at once."""

    list_display = ("name", "short", "place", "line", "kind", "status", "until")
    list_filter = ("status", "kind", "line")
    list_select_related = ("place", "line")
    search_fields = ("^name", "^short", "=key")
    search_help_text = _("全称、简称的开头，或标识")
    autocomplete_fields = ("place", "line")
    inlines = (HandoverInline,)
    actions = ("confirm", "export")

    def get_readonly_fields(self, request: HttpRequest, obj: Unit | None = None) -> tuple[str, ...]:
        """The key is for ever."""
        return ("key", *self.readonly_fields) if obj else self.readonly_fields

    @admin.action(description=_("确认所选单位"), permissions=["change"])
    def confirm(self, request: HttpRequest, units: models.QuerySet[Unit]) -> None:
        """Somebody says that these units are there."""
        today, number = timezone.localdate(), 0
        with transaction.atomic():
            for unit in units.filter(status=Unit.Status.ASSUMED):
                unit.status, unit.confirmed_on = Unit.Status.CONFIRMED, today
                unit.save()
                number += 1
        self.message_user(request, _("已确认%(number)d个单位。") % {"number": number})

    @admin.action(description=_("导出所选单位（CSV）"))
    def export(self, request: HttpRequest, units: models.QuerySet[Unit]) -> HttpResponse:
        """The units as a table that can be brought in again."""
        name = f"units-{datetime.date.today():%Y%m%d}.csv"
        data = export_units(units.select_related("place", "line"))
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=disposition)

    def has_delete_permission(self, request: HttpRequest, obj: Unit | None = None) -> bool:
        """A unit that may have held work stays: it ends, and hands over."""
        return False


@admin.register(Loading)
class LoadingAdmin(admin.ModelAdmin):
    """Loads, to look at."""

    list_display = ("loaded_at", "what", "version", "inserted", "updated", "removed", "unchanged")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Loads are made by `luoshi load`."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Loading | None = None) -> bool:
        """What happened is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Loading | None = None) -> bool:
        """What happened is not taken away."""
        return False
