"""A request of somebody signed in, their own pages out: who they are, what they see, when they signed in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .models import Login, User
from .summary import summary

# Rows of a page of the log; a screen and a half at 36 pixels a row.
PAGE = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who one is, one's posts, and what one sees by them."""
    assert isinstance(request.user, User)
    return render(request, "people/home.html", {"parts": summary(request.user.scope_today)})


@require_safe
def logins(request: HttpRequest) -> HttpResponse:
    """One's own log of logins, newest first."""
    mine = Login.seen.by(request.user, timezone.localdate()).filter(user=request.user)
    page = Paginator(mine.order_by("-at"), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/logins.html", {"page": page})
