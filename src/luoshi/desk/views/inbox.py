"""A tab in, what waits for who asks out, late first, with the next move as a button."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luoshi.ledger.inbox import Count, concerns, counted, waiting_in
from luoshi.people.roles import Role

from ..bookmarks import read, spelled
from ..inbox.drafts import drafts
from ..inbox.rows import Row, rows
from ..inbox.tabs import FIRST, NAMES, tabs
from ..who import scope_of

# Counts up to here are said; beyond it one knows that there are many.
SAID = 99


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for them; without a tab, what they have to do."""
    scope, tab = scope_of(request), request.GET.get("tab", FIRST)
    tab = tab if tab in tabs() else FIRST
    after = read(request.GET.get("after", ""))
    found = waiting_in(scope, tabs()[tab], after=after)
    shown = rows(found.rows, get_language() or "zh-hans")
    counts = counted(scope, {key: wanted for key, wanted in tabs().items() if key != "all"})
    about: dict[str, Any] = {
        "tab": tab,
        "tabs": [
            (key, NAMES[key], _number(counts.get(key))) for key in tabs() if concerns(scope, tabs()[key]) or key == tab
        ],
        "rows": shown,
        "bulk": _bulk(shown),
        "next": spelled(found.next) if found.next else "",
        "after": after,
        "drafts": drafts(scope) if not after else None,
        "supervises": bool(scope.of(frozenset({Role.SUPERVISOR}))),
    }
    return render(request, "desk/inbox/inbox.html", about)


def _number(count: Count | None) -> str:
    """A count as a tab says it; nothing of what is not counted."""
    if count is None:
        return ""
    return f"{min(count.number, SAID)}+" if count.number > SAID or count.more else str(count.number)


def _bulk(shown: list[Row]) -> tuple[str, str] | None:
    """The move that can be made on several at once: the one that most rows have, where they have it more than once."""
    found = Counter((row.verb, row.name) for row in shown if row.at_once)
    most = found.most_common(1)
    return most[0][0] if most and most[0][1] > 1 else None


urlpatterns = [path("inbox/", inbox, name="inbox")]
