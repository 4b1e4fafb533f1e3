"""A report in, its reading desk out: its own words on one side, the drafts of them on the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from luoshi.documents.models import Report

from ..reports.cards import Card, cards, drafts_of, groups
from ..reports.paper import paper
from ..reports.sums import GAPS, sums
from ..who import scope_of

# Cards of the first view: with their report they are below 250 kB (tests/desk). The rest comes when it is reached.
FIRST = 80


@require_safe
def reading_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The report, its drafts by directive; `?only=` those that lack something, `?all` however many they are."""
    scope = scope_of(request)
    reports = Report.seen.within(scope).select_related("original", "reading", "place", "work")
    report = get_object_or_404(reports, pk=pk)
    drafts = drafts_of(scope, report)
    every = cards(scope, drafts)
    only = request.GET.get("only", "")
    shown = _only(every, only)
    first = shown if "all" in request.GET else shown[:FIRST]
    told = {"report": report, "sums": sums(drafts), "only": only, "may": any(card.may for card in every)}
    if request.htmx and "rest" in request.GET:  # type: ignore[attr-defined]
        rest = groups(shown[FIRST:])
        return render(request, "desk/reports/groups.html", {**told, "groups": rest})
    words = paper(report, every)
    if request.htmx and "text" in request.GET:  # type: ignore[attr-defined]
        return render(request, "desk/reports/lines.html", {"lines": words.rest})
    lines = words.lines if "all" in request.GET else words.first
    told |= {
        "paper": words,
        "lines": lines,
        "groups": groups(first),
        "left": len(shown) - len(first),
    }
    return render(request, "desk/reports/desk.html", told)


def _only(every: tuple[Card, ...], only: str) -> tuple[Card, ...]:
    if only == "waiting":
        return tuple(card for card in every if card.waiting)
    return tuple(card for card in every if card.waiting and only in card.draft.gaps) if only in GAPS else every


urlpatterns = [path("reports/<int:pk>/desk/", reading_desk, name="reading_desk")]
