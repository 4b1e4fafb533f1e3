"""An address in, the page of the desk that answers it out."""

from __future__ import annotations

from .views import inbox, item, lists, move, start, units

urlpatterns = [
    *start.urlpatterns,
    *inbox.urlpatterns,
    *move.urlpatterns,
    *item.urlpatterns,
    *units.urlpatterns,
    *lists.urlpatterns,
]
