"""An office's own ledger in as a file, a preview of how it is understood, its drafts out: all of them, or none."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.intake.listing import current_directory
from luoshi.intake.tables.filling import filled
from luoshi.intake.tables.importing import Spoiled, import_table
from luoshi.intake.tables.understanding import understood

from ..entering.forms import WhereForm
from ..entering.ledgers import again, choices, chosen_of, kept, preview, told_of
from ..entering.uploading import LedgerForm
from ..entering.where import SUPERVISORS
from ..who import scope_of, today


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_new(request: HttpRequest) -> HttpResponse:
    """A file, and whose it is; one that can be read is kept, and shown as it is understood."""
    scope = scope_of(request)
    if not scope.of(SUPERVISORS):
        return render(request, "403.html", status=403)
    if request.method != "POST":
        return render(request, "desk/entering/ledger.html", {"form": LedgerForm(scope)})
    form, faults = LedgerForm(scope, request.POST, request.FILES), []
    if form.is_valid():
        data, name, table = form.read()
        if table.sheets:
            query = {each: request.POST.get(each, "") for each in ("place", "line")}
            return redirect(reverse("ledger", args=[kept(request.session, data, name)], query=query))
        form.refused({"file": _("这份台账还不能导入；请改好后重新上传。")})
        faults = told_of(table)
    form.focused()
    return render(request, "desk/entering/ledger.html", {"form": form, "faults": faults}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest, sha256: str) -> HttpResponse:
    """How a ledger that was uploaded is understood (GET, with what was chosen), and its import (POST)."""
    scope = scope_of(request)
    if not scope.of(SUPERVISORS):
        return render(request, "403.html", status=403)
    there = again(request.session, sha256)
    if there is None:
        messages.warning(request, _("这份文件已不在，请重新上传。"))
        return redirect("ledger_new")
    given = request.POST if request.method == "POST" else request.GET
    chosen, form = chosen_of(given.dict()), WhereForm(scope, given)
    if not form.is_valid():
        form.focused()
        return _page(request, there, form, chosen, status=422)
    if request.method != "POST":
        return _page(request, there, form, chosen)
    place, line, post = form.where
    try:
        done = import_table(*there, post=post, place=place, line=line, chosen=chosen, now=timezone.now())
    except Spoiled:
        return _page(request, there, form, chosen, status=422)
    if done.made:
        told = _("已导入 %(n)s 条，请逐条确认。") % {"n": done.made}
    else:
        told = _("这份文件以前已经导入过，没有重复导入；以下是那一次的结果。")
    messages.success(request, told)
    return redirect("reading_desk", done.report.pk)


def _page(
    request: HttpRequest,
    there: tuple[bytes, str],
    form: WhereForm,
    chosen: dict[tuple[int, int], str],
    status: int = 200,
) -> HttpResponse:
    table = understood(*there, chosen)
    place = form.cleaned_data.get("place")
    lines = filled(table, current_directory(), today(), place.key if place else None)
    told = {
        "form": form,
        "name": there[1],
        "shown": preview(table, lines),
        "choices": choices(),
        "chosen": [(f"c{sheet}-{column}", field) for (sheet, column), field in chosen.items()],
        "place": place,
        "line": form.cleaned_data.get("line"),
    }
    return render(request, "desk/entering/preview.html", told, status=status)


urlpatterns = [
    path("ledgers/new/", ledger_new, name="ledger_new"),
    path("ledgers/new/<str:sha256>/", ledger, name="ledger"),
]
