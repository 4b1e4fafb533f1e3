"""A task or a leader's instruction as somebody types it in, a draft or a report with drafts out; and the list of those
that no report has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.intake.actions import DraftRefused, enter, instruct
from luoshi.intake.models import Draft
from luoshi.ledger.actions import LedgerUnavailable

from ..entering import once
from ..entering.forms import WhereForm
from ..entering.typed import InstructionForm, TaskForm
from ..entering.where import SUPERVISORS
from ..who import scope_of, user_of

# Rows of a page; a screen and a half at 36 pixels a row.
PAGE = 30


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts that were entered by hand and wait for a yes; those of a report are on its reading desk."""
    by_hand = Draft.seen.within(scope_of(request)).filter(report=None, state=Draft.State.WAITING)
    rows = by_hand.select_related("place", "lead").order_by("-pk")
    return render(
        request, "desk/entering/waiting.html", {"page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def draft_new(request: HttpRequest) -> HttpResponse:
    """A draft by hand; it waits for a yes like every other."""

    def make(form: Any) -> str:
        draft = enter(user_of(request), form.asked(), timezone.now())
        messages.success(request, _("已录入，请补齐后确认。"))
        return reverse("draft", args=[draft.pk])

    return _page(request, TaskForm, make, "desk/entering/task.html")


@require_http_methods(["GET", "HEAD", "POST"])
def instruction_new(request: HttpRequest) -> HttpResponse:
    """A leader's instruction: read like a report; or passed on to the item it is about."""

    def make(form: Any) -> str:
        report = instruct(user_of(request), **form.asked(), now=timezone.now())
        if report is None:
            messages.success(request, _("批示已转给这个事项的牵头单位。"))
            return reverse("item", args=[form.cleaned_data["about"]])
        messages.success(request, _("批示已读入，请逐条确认。"))
        return reverse("reading_desk", args=[report.pk])

    return _page(request, InstructionForm, make, "desk/entering/instruction.html")


def _page(request: HttpRequest, kind: type[WhereForm], make: Callable[[Any], str], template: str) -> HttpResponse:
    """The form, or what it leads to; sent twice, it is done once."""
    scope = scope_of(request)
    if not scope.of(SUPERVISORS):
        return render(request, "403.html", status=403)
    if request.method != "POST":
        return render(request, template, {"form": kind(scope), "sent": once.new()})
    sent = request.POST.get("sent", "")
    if there := once.before(request.session, sent):
        return redirect(there)
    form = kind(scope, request.POST, request.FILES)
    if form.is_valid():
        try:
            address = make(form)
        except DraftRefused as refused:
            form.refused({fault.field: fault.message for fault in refused.faults})
        except (LedgerUnavailable, OSError):
            form.refused({"": _("服务器存不下这个文件；请告诉管理员检查磁盘，过后再试。")})
        else:
            once.done(request.session, sent, address)
            return redirect(address)
    form.focused()
    return render(request, template, {"form": form, "sent": sent}, status=422)


urlpatterns = [
    path("drafts/", drafts, name="drafts"),
    path("drafts/new/", draft_new, name="draft_new"),
    path("instructions/new/", instruction_new, name="instruction_new"),
]
