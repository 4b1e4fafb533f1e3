"""An address in, the page of the desk that answers it out."""

from __future__ import annotations

from django.urls import path

from .views import ledgers, start

urlpatterns = [
    path("", start.start, name="start"),
    *ledgers.urlpatterns,
]
