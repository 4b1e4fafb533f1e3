"""Files and a place in, reports in the database and a list of them out; the bytes of one, to be kept, never shown."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.documents.filing import Lost, fetch
from luoshi.documents.models import Report

from ..forms.uploads import Upload
from ..reports.bringing import BRINGING, bring
from ..reports.listing import listing
from ..who import post_of, scope_of


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The drop zone, and the reports within sight, newest first; `?after=` the last one of the page before."""
    return _page(request, Upload.blank(scope_of(request)))


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in every file that can be read; after a single one, its reading desk."""
    scope = scope_of(request)
    form = Upload.sent(scope, request.POST, request.FILES)
    post = post_of(request, BRINGING)
    if post is None:
        return render(request, "403.html", status=403)
    if form.faults:
        return _page(request, form, status=422)
    outcomes = tuple(bring(file, post, form) for file in form.files)
    if len(outcomes) == 1 and outcomes[0].report:
        return redirect("reading_desk", outcomes[0].report.pk)
    failed = any(outcome.report is None for outcome in outcomes)
    return _page(request, form, outcomes=outcomes, status=422 if failed else 200)


def _page(request: HttpRequest, form: Upload, *, status: int = 200, outcomes: tuple[object, ...] = ()) -> HttpResponse:
    scope = scope_of(request)
    told = {"form": form, "outcomes": outcomes, "may": bool(scope.of(BRINGING)), "page": listing(scope, request.GET)}
    return render(request, "desk/reports/reports.html", told, status=status)


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of a report, to be kept and never to be shown: whatever they are, a browser runs none of them."""
    report = get_object_or_404(Report.seen.within(scope_of(request)).select_related("original"), pk=pk)
    try:
        data = fetch(report.original.sha256)
    except Lost as wrong:
        raise Http404(_("原件已不在，请从备份恢复。")) from wrong
    name = "".join(each for each in report.name if each.isprintable())
    answer = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


urlpatterns = [
    path("reports/", reports, name="reports"),
    path("reports/new/", upload, name="upload"),
    path("reports/<int:pk>/original/", original, name="original"),
]
