"""An address in, the page of the desk that answers it out."""

from __future__ import annotations

from .views import drafts, inbox, item, move, reading_desk, report, reports, start, units

urlpatterns = [
    *start.urlpatterns,
    *inbox.urlpatterns,
    *reports.urlpatterns,
    *report.urlpatterns,
    *reading_desk.urlpatterns,
    *drafts.urlpatterns,
    *move.urlpatterns,
    *item.urlpatterns,
    *units.urlpatterns,
]
