"""Meetings within sight in, a list of them out; one as somebody enters or corrects it by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.documents.actions import correct_meeting, enter_meeting
from luoshi.documents.actions.correcting import Gone
from luoshi.documents.models import Correction, Meeting
from luoshi.documents.packing import storable
from luoshi.people.models import Post

from ..entering.meetings import MeetingForm, NewMeetingForm, initial_of, seen_as
from ..entering.where import ENTERING, post_for
from ..who import scope_of

# Rows of a page: as many as one looks through without a search.
PAGE = 50


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings within sight, the newest first; `?q=` words of a name."""
    scope, words = scope_of(request), storable(request.GET.get("q", "").strip()[:100])
    rows = Meeting.seen.within(scope).filter(gone_at__isnull=True).select_related("place", "report")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(convener__icontains=words))
    page = Paginator(rows.order_by("-held_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "q": words, "may": bool(scope.of(ENTERING))}
    return render(request, "desk/entering/meetings.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """A meeting by hand; the same again is the same one."""
    scope = scope_of(request)
    if not scope.of(ENTERING):
        return render(request, "403.html", status=403)
    if request.method != "POST":
        return render(request, "desk/entering/meeting_new.html", {"form": NewMeetingForm(scope)})
    form = NewMeetingForm(scope, request.POST)
    if form.is_valid():
        place, line, post = form.where
        try:
            held = enter_meeting(form.asked(), post=post, place=place, line=line, now=timezone.now())
        except ValidationError as wrong:
            form.refused(_by_field(wrong))
        else:
            messages.success(request, _("会议已录入。"))
            return redirect("meeting", held.pk)
    form.focused()
    return render(request, "desk/entering/meeting_new.html", {"form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a meeting, who corrected what; and its form, for those who may."""
    scope = scope_of(request)
    rows = Meeting.seen.within(scope).select_related("place", "line", "report", "entered_by__unit")
    held: Meeting = get_object_or_404(rows, pk=pk)
    post = post_for(scope, ENTERING, held.place, held.line) if held.place else None
    if request.method != "POST":
        return _page(request, held, post, MeetingForm(initial=initial_of(held)))
    if post is None or held.gone_at is not None:
        return render(request, "403.html", status=403)
    form = MeetingForm(request.POST, initial=initial_of(held))
    if request.POST.get("seen") != seen_as(held):
        form.is_valid()
        form.refused({"": _("这个会议刚被他人更正过（见下面的记录）；请核对后再保存。")})
        return _page(request, held, post, form, status=422)
    if form.is_valid():
        try:
            changed = correct_meeting(held, form.asked(), post=post, now=timezone.now())
        except ValidationError as wrong:
            form.refused(_by_field(wrong))
        except Gone as gone:
            form.refused({"": str(gone)})
        else:
            messages.success(request, _("已更正。") if changed else _("没有改动。"))
            return redirect("meeting", held.pk)
    form.focused()
    return _page(request, held, post, form, status=422)


def _page(request: HttpRequest, held: Meeting, post: Post | None, form: MeetingForm, status: int = 200) -> HttpResponse:
    seen = Correction.seen.within(scope_of(request)).filter(what="meeting", row=held.pk)
    labels = {name: field.label for name, field in MeetingForm().fields.items()}
    labels["where"] = labels["where_held"]
    corrections = [
        {
            "label": labels.get(each.field, each.field),
            "row": each,
            "before": _said(each.before),
            "after": _said(each.after),
        }
        for each in seen.select_related("post__unit").order_by("-pk")[:PAGE]
    ]
    told = {"meeting": held, "form": form, "may": post is not None and held.gone_at is None, "seen": seen_as(held)}
    return render(request, "desk/entering/meeting.html", {**told, "corrections": corrections}, status=status)


def _said(value: Any) -> str:
    """A value of a field as words: lists by their names."""
    if isinstance(value, list):
        return "、".join(_said(each) for each in value)
    if isinstance(value, dict):
        return " ".join(str(each) for each in (value.get("name"), value.get("attendance")) if each is not None)
    return "" if value is None else str(value)


def _by_field(wrong: ValidationError) -> dict[str, str]:
    """What is wrong, by the names that the form has for fields."""
    told = {name: " ".join(lines) for name, lines in wrong.message_dict.items()}
    return {("where_held" if name == "where" else name): words for name, words in told.items()}


urlpatterns = [
    path("meetings/", meetings, name="meetings"),
    path("meetings/new/", meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/", meeting, name="meeting"),
]
