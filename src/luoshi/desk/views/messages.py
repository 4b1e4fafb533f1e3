"""Messages of who asks in, a page of them out; the one that is opened, or all, marked as read."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.delivery.actions import read
from luoshi.delivery.inbox import messages as messages_of
from luoshi.delivery.models import Message
from luoshi.delivery.wording import verb_name

from ..who import scope_of, user_of


class Shown(NamedTuple):
    """A message as a row: what happened, and what it is about where that is still in sight."""

    row: Message
    name: str
    in_sight: bool


@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """Newest first, `?unread=1` the unread alone, `?before=` those before a number; a POST marks as read."""
    user = user_of(request)
    if request.method == "POST":
        return _marked(request)
    unread = request.GET.get("unread") == "1"
    page = messages_of(user, scope_of(request), before=number(request.GET.get("before", "")), unread=unread)
    language = get_language() or "zh-hans"
    rows = [Shown(each, verb_name(each.event, language), each.item_id in page.in_sight) for each in page.messages]
    about: dict[str, Any] = {"rows": rows, "next": page.next, "only": unread, "before": request.GET.get("before", "")}
    return render(request, "desk/delivery/messages.html", about)


def _marked(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    if opened := number(request.POST.get("open", "")):
        row = Message.seen.within(scope_of(request)).filter(pk=opened, user=user).first()
        read(user, [opened], now)
        return redirect("item", row.item_id) if row else redirect("messages")
    done = read(user, None, now) if "all" in request.POST else 0
    if done:
        notes.success(request, _("已全部标为已读。"))
    return redirect("messages")


def number(said: str) -> int | None:
    """The number of a row, as an address or a button says it; None of what is none."""
    # Longer ones are no rows, and SQLite refuses them.
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


urlpatterns = [path("messages/", messages, name="messages")]
