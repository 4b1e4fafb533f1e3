"""A page that needs the ledger in, the same page out, which says so in a line where the ledger does not answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.ledger.actions import LedgerUnavailable

View = TypeVar("View", bound=Callable[..., Any])


def answering(view: View) -> View:
    """503 with one line and a way back, instead of an error of the server."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            shown: HttpResponse = view(request, *args, **kwargs)
            return shown
        except LedgerUnavailable as error:
            return render(request, "desk/unavailable.html", {"why": str(error)}, status=503)

    return answered  # type: ignore[return-value]
