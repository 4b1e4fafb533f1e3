"""An address in, the page of the desk that answers it out."""

from __future__ import annotations

from .views import (
    by_hand,
    calendar,
    drafts,
    inbox,
    item,
    ledgers,
    letter,
    lists,
    meetings,
    messages,
    move,
    reading_desk,
    receiving,
    report,
    reports,
    responses,
    start,
    timetable,
    undelivered,
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
    *letter.urlpatterns,
    *units.urlpatterns,
    *lists.urlpatterns,
    *messages.urlpatterns,
    *receiving.urlpatterns,
    *undelivered.urlpatterns,
]
