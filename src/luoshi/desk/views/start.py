"""A request of somebody signed in, where their day begins out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from luoshi.people.roles import WORKING

from ..who import scope_of


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What waits for them; of those without work here, who they are and what they see."""
    return redirect("inbox" if scope_of(request).of(WORKING) else "home")


urlpatterns = [path("", start, name="start")]
