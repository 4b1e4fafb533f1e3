"""Lines and loads in, the pages on which they are looked at out."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..lines import load_lines
from ..models import Level, Line, Loading
from .correcting import Correcting


@admin.register(Line)
class LineAdmin(Correcting):
    """Lines; what their units are called is shown from the data of this version."""

    list_display = ("name", "key", "branch", "since", "until")
    list_filter = ("branch",)
    search_fields = ("name", "key")
    autocomplete_fields = ("successors",)
    readonly_fields = ("key", "origin", "corrected_fields", "unit_names")

    @admin.display(description=_("各级单位名称"))
    def unit_names(self, line: Line) -> str:
        """The names of the line's units at each level, as the data has them."""
        described = load_lines().by_key.get(line.key)
        if described is None:
            return "—"
        levels = dict(Level.choices)
        names = [(levels[p.scope.level], p.full, f"{p.since or ''}–{p.until or ''}") for p in described.periods]
        return "\n".join(dict.fromkeys(" ".join(map(str, name)) for name in names))

    def has_delete_permission(self, request: HttpRequest, obj: Line | None = None) -> bool:
        """A line that was there stays: it ends."""
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
