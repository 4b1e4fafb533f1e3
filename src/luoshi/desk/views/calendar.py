"""A request of somebody signed in, their page of the calendar's secret address out: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.people.models.feed import link_of, make_link, revoke_link

from ..feeds import MOST
from ..who import user_of


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, since when; a new one is shown in the answer to its being made, and never again."""
    user = user_of(request)
    if request.method == "POST" and "make" in request.POST:
        address = request.build_absolute_uri(reverse("feed", args=[make_link(user, timezone.now())]))
        answer = _page(request, address)
        patch_cache_control(answer, private=True, no_store=True)
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer
    if request.method == "POST":
        if "revoke" in request.POST and revoke_link(user):
            messages.success(request, _("订阅地址已作废；已订阅的日历不再更新。"))
        return redirect("my_calendar")
    return _page(request, "")


def _page(request: HttpRequest, address: str) -> HttpResponse:
    about = {"link": link_of(user_of(request)), "address": address, "most": MOST}
    return render(request, "desk/calendar.html", about)


urlpatterns = [path("me/calendar/", my_calendar, name="my_calendar")]
