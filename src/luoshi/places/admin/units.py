"""Units in, the page on which they are confirmed, put right and handed over out."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Handover, Unit
from ..units import BETWEEN, export_units
from .correcting import Correcting, Narrow


class HandoverInline(Narrow):
    """Who took the work of the unit over."""

    model = Handover
    fk_name = "unit"
    fields = ("day", "day_known", "successor", "source")
    autocomplete_fields = ("successor",)


class Names(forms.CharField):
    """Names, with ； between."""

    def prepare_value(self, value: Any) -> Any:
        """A list as text; what was typed as it was typed."""
        return BETWEEN.join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Text as a list."""
        return [name for part in (value or "").replace(";", BETWEEN).split(BETWEEN) if (name := part.strip())]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when the names are others."""
        return self.to_python(data) != (initial or [])


class UnitForm(forms.ModelForm):
    """A unit, with its other names as text."""

    aliases = Names(label=_("别称"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any] | None:
        """A new unit's key begins with its place's: so nobody takes the key of a unit elsewhere."""
        cleaned = super().clean()
        given: dict[str, Any] = self.cleaned_data
        place, key = given.get("place"), given.get("key")
        if place and key and not key.startswith(f"{place.key}/"):
            self.add_error("key", _("标识须以“%(place)s/”开头。") % {"place": place.key})
        return cleaned


@admin.register(Unit)
class UnitAdmin(Correcting):
    """Units; several can be confirmed at once."""

    form = UnitForm
    fields = (
        "key",
        "name",
        "short",
        "aliases",
        ("place", "line"),
        ("kind", "status", "confirmed_on"),
        ("since", "since_known"),
        ("until", "until_known"),
        "source",
        *Correcting.readonly_fields,
    )
    list_display = ("name", "short", "place", "line", "kind", "status", "until")
    list_filter = ("status", "kind")
    list_select_related = ("place", "line")
    search_fields = ("^name", "^short", "=key", "=line__name")
    search_help_text = _("全称、简称的开头，标识，或条线")
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
        self.message_user(request, _("已确认%(number)d个单位。") % {"number": number}, messages.SUCCESS)

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
