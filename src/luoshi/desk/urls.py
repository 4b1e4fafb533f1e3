"""An address in, the page of the desk that answers it out."""

from __future__ import annotations

from .views import (
    by_hand,
    calendar,
    drafts,
    inbox,
    item,
    ledgers,
    lists,
    meetings,
    move,
    reading_desk,
    report,
    reports,
    responses,
    start,
    timetable,
    units,
)

urlpatterns = [
    *start.urlpatterns,
    *calendar.urlpatterns,
    *inbox.urlpatterns,
    *reports.urlpatterns,
    *report.urlpatterns,
    *reading_desk.urlpatterns,
    *ledgers.urlpatterns,
    # Before those of drafts: /drafts/new/.
    *by_hand.urlpatterns,
    *drafts.urlpatterns,
    *meetings.urlpatterns,
    *responses.urlpatterns,
    *move.urlpatterns,
    *timetable.urlpatterns,
    *item.urlpatterns,
    *units.urlpatterns,
    *lists.urlpatterns,
]
