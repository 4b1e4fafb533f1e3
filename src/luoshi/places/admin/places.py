"""Places in, the page on which their states are put right out: what would break the tree is refused."""

from __future__ import annotations

from copy import copy
from itertools import pairwise
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from ..models import Place, PlaceState, Succession
from ..paths import Orphaned
from ..repath import repath
from ..shapes import PACKAGED, outline, source
from .correcting import PAGE, Narrow, column


class StateForms(BaseInlineFormSet):
    """The states of a place, tried as a whole before they are saved: what would leave the tree broken is said."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.with_others = True
        return form

    def _refuse_overlaps(self) -> None:
        """The states as typed are compared with each other: what is in the database is about to change."""
        kept = [f.instance for f in self.forms if f not in self.deleted_forms and (f.instance.pk or f.has_changed())]
        kept.sort(key=lambda state: state.since)
        for one, next_one in pairwise(kept):
            if one.until is None or one.until > next_one.since:
                raise ValidationError(_("%(one)s与%(other)s重叠。") % {"one": one, "other": next_one})

    def clean(self) -> None:
        """Refuse states with which the place, or one below it, would hang under nothing on some day."""
        super().clean()
        if self.instance.pk is None or any(self.errors):
            return
        self._refuse_overlaps()
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


class StateInline(Narrow):
    """What a place was called, coded and part of, from day to day."""

    model = PlaceState
    formset = StateForms
    fk_name = "place"
    fields = ("since", "since_known", "until", "until_known", "name", "level", "code", "parent", "source")
    autocomplete_fields = ("parent",)
    ordering = ("since",)
    widths: ClassVar[dict[str, int]] = {"name": 12, "code": 12, "source": 18}


class SuccessionInline(Narrow):
    """Where the place went."""

    model = Succession
    fk_name = "place"
    fields = ("day", "day_known", "successor", "extent", "source")
    autocomplete_fields = ("successor",)
    ordering = ("day",)


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
                row.corrected = sorted({*row.corrected, *(column(row, name) for name in changed)})
                row.save()
            for row in formset.deleted_objects:
                row.delete()
            repath(form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        """A place that was there stays in the tree: it ends."""
        return False
