"""The id of an item in, its page out; the hash of a file in, the file out, to be saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luoshi.ledger.actions import Refused, attachment
from luoshi.ledger.models import Evidence

from ..answering import answering
from ..forms.moves import MoveForm, blank
from ..items.found import Found, found
from ..items.letter import SUPERVISORS
from ..items.sheet import sheet
from ..items.stepper import next_of, steps
from ..who import user_of


@require_safe
@answering
def item(request: HttpRequest, item: UUID) -> HttpResponse:
    """An item: where it stands and why, what it rests on, the move to make next, its log."""
    return page(request, found(user_of(request), item, timezone.now()), None)


def page(request: HttpRequest, there: Found, form: MoveForm | None, status: int = 200) -> HttpResponse:
    """The page of an item; `form`: one that was refused, in place of the next move's."""
    language = get_language() or "zh-hans"
    subject, order = there.subject, request.GET.get("log", "")
    shown = sheet(subject, before=_number(request.GET.get("before")), oldest_first=order == "oldest", language=language)
    chosen = form.move if form else next_of(subject.row.state, there.moves)
    about: dict[str, Any] = {
        "item": subject.row,
        "sheet": shown,
        "playbook": subject.playbook,
        "list_name": dict(subject.playbook.lists)[subject.row.list].of(language),
        "state": subject.playbook.state(subject.row.state),
        "steps": steps(subject.playbook, subject.row.state, language),
        "form": form or (blank(chosen, subject, shown.supports) if chosen else None),
        "others": [(move.verb, move.name.of(language)) for move in there.moves if move != chosen],
        "oldest_first": order == "oldest",
        "letters": bool(subject.scope.of(SUPERVISORS)),
    }
    return render(request, "desk/items/item.html", about, status=status)


@require_safe
@answering
def evidence(request: HttpRequest, item: UUID, sha256: str) -> FileResponse:
    """A file of an item, as an attachment; never shown, whatever it holds."""
    there = found(user_of(request), item, timezone.now())
    file = Evidence.unguarded.filter(item=there.subject.row.pk, sha256=sha256).first()
    if file is None:
        raise Http404
    try:
        return attachment(file)
    except Refused:
        raise Http404 from None


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else None


urlpatterns = [
    path("items/<uuid:item>/", item, name="item"),
    path("items/<uuid:item>/evidence/<slug:sha256>/", evidence, name="evidence"),
]
