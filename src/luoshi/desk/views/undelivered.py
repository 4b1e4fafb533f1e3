"""An administrator in, what could not be sent to the people they look after out; sent again where they say so."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.delivery.actions import try_again
from luoshi.delivery.faults import told
from luoshi.delivery.models import Delivery

from ..who import scope_of, user_of
from .messages import number

# Rows of a page; more of them have one cause, and one button.
PAGE = 100


class Shown(NamedTuple):
    """What could not be sent: its row, and why. Not what it is about: administrators have no part in items."""

    row: Delivery
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """What was given up, newest first."""
    scope = scope_of(request)
    if not user_of(request).is_staff:
        return render(request, "403.html", status=403)
    if request.method == "POST":
        pressed = [key for said in request.POST.getlist("delivery") if (key := number(said))]
        chosen = None if "all" in request.POST else pressed
        again = try_again(scope, chosen, timezone.now())
        notes.success(request, _("%(count)s 条将重新发送。") % {"count": again})
        return redirect("undelivered")
    rows = Delivery.seen.within(scope).filter(state=Delivery.State.DEAD).select_related("channel__user")
    shown = [Shown(row, told(row.error)) for row in rows.order_by("-pk")[:PAGE]]
    return render(request, "desk/delivery/undelivered.html", {"rows": shown, "more": len(shown) == PAGE})


urlpatterns = [path("undelivered/", undelivered, name="undelivered")]
