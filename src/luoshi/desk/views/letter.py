"""The id of an item and the kind of a letter in, its draft as Word out, for supervisors."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.exports.letters import KINDS, letter

from ..answering import answering
from ..items.found import found
from ..items.letter import SUPERVISORS, facts
from ..who import scope_of, user_of


@require_safe
@answering
def item_letter(request: HttpRequest, item: UUID) -> HttpResponse | FileResponse:
    """`?kind=`: supervision (督办单) or reminder (提醒函). Nothing is written down: a person sends it."""
    now, kind = timezone.now(), request.GET.get("kind", "supervision")
    there = found(user_of(request), item, now)
    if not scope_of(request).of(SUPERVISORS):
        return render(request, "403.html", status=403)
    if kind not in KINDS:
        raise Http404
    name = f"{KINDS[kind][0]} {there.subject.row.number}.docx"
    made = io.BytesIO(letter(kind, facts(there.subject, now)))
    return FileResponse(made, as_attachment=True, filename=name)


urlpatterns = [path("items/<uuid:item>/letter/", item_letter, name="item_letter")]
