"""A report in, the page that tells what became of each of its directives out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from luoshi.documents.models import Directive, Meeting, Report

from ..reports.cards import cards, drafts_of
from ..reports.outcome import outcome
from ..who import scope_of

# Reprints of one report that are listed; the most that was met in a province's press was some twenty.
REPRINTS = 50


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What its meeting was, what became of its directives, where else it was printed."""
    scope = scope_of(request)
    row = get_object_or_404(Report.seen.within(scope).select_related("place", "original"), pk=pk)
    told = Directive.seen.within(scope).filter(report=row, gone_at__isnull=True).order_by("rank", "key")
    meetings = Meeting.seen.within(scope).filter(report=row, gone_at__isnull=True).order_by("rank", "pk")
    others = Report.seen.within(scope).filter(work=row.work_id).exclude(pk=pk).order_by("reprint", "brought_at")
    became = outcome(list(told), cards(scope, drafts_of(scope, row)))
    page = {"report": row, "meetings": meetings, "reprints": others[:REPRINTS], "outcome": became}
    return render(request, "desk/reports/report.html", page)


urlpatterns = [path("reports/<int:pk>/", report, name="report")]
