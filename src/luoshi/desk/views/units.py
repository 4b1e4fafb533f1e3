"""Some letters of a unit's name in, the units that have them out: options for a list beside an input, or a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from ..forms.units import offered
from ..who import scope_of


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Units by name, within a place; htmx gets options. `field` names the parameter that holds the letters."""
    field = request.GET.get("field", "q")
    words = request.GET.get(field, "") or request.GET.get("q", "")
    place = request.GET.get("place") or None
    found = offered(words, scope_of(request), place)
    template = "desk/units_options.html" if request.headers.get("HX-Request") else "desk/units.html"
    return render(request, template, {"units": found, "q": words, "place": place or ""})


urlpatterns = [path("units/", units, name="units")]
