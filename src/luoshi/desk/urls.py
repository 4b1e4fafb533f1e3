"""An address in, the page of the desk that answers it out."""

from __future__ import annotations

from django.urls import path

from .views import by_hand, drafts, ledgers, meetings, reading_desk, report, reports, start

urlpatterns = [
    path("", start.start, name="start"),
    *reports.urlpatterns,
    *report.urlpatterns,
    *reading_desk.urlpatterns,
    *ledgers.urlpatterns,
    # Before those of drafts: /drafts/new/.
    *by_hand.urlpatterns,
    *drafts.urlpatterns,
    *meetings.urlpatterns,
]
