"""The id or number of an item in, the page of its timetable out; `?slip=KEY&days=N` shows what slips with a step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luoshi.calendar import current
from luoshi.ledger.models import Item
from luoshi.ledger.schedule import Plan, plan_of, schedule

from ..answering import answering
from ..forms.controls import steps
from ..items.found import found
from ..timetable.asked import what_if
from ..timetable.chart import chart
from ..timetable.rows import SHAPES, rows
from ..timetable.sentences import critical, provisional, slipping, standing
from ..who import scope_of, today, user_of

# Moves that write a timetable, and what is done to one, as the page offers them.
OFFERED = ("plan", "replan", "report", "slip")


@require_safe
@answering
def timetable(request: HttpRequest, item: UUID) -> HttpResponse:
    """A timetable: whether its end is kept, its chart, its table, and what would slip with a step."""
    there = found(user_of(request), item, timezone.now())
    row, language = there.subject.row, get_language() or "zh-hans"
    about: dict[str, Any] = {
        "item": row,
        "state": there.subject.playbook.state(row.state),
        "offered": [(move.verb, move.name.of(language)) for move in there.moves if move.verb in OFFERED],
    }
    plan = plan_of(row.facts, row.due)
    if plan is not None:
        about |= _counted(request, plan, row, language)
    return render(request, "desk/timetable/timetable.html", about)


def _counted(request: HttpRequest, plan: Plan, row: Item, language: str) -> dict[str, Any]:
    calendar, day = current(), today()
    asked = what_if(request.GET, plan, calendar, day)
    counted = schedule(plan, calendar, day)
    return {
        "plan": plan,
        "counted": counted,
        "standing": standing(counted),
        "critical": critical(counted),
        "provisional": provisional(counted, calendar),
        "asked": asked,
        "slipping": slipping(asked.slip) if asked.slip else [],
        "choices": steps(row.facts["timetable"]),
        "chart": chart(counted, asked.slip, calendar, language),
        "rows": rows(counted, asked.slip),
        "shapes": SHAPES,
    }


@require_safe
@answering
def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """To the timetable of the item of a number."""
    pk = Item.seen.within(scope_of(request)).filter(number=number[:60]).values_list("pk", flat=True).first()
    if pk is None or "\0" in number:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("timetable", args=[pk]) + (f"?{query}" if query else ""))


urlpatterns = [
    path("items/<uuid:item>/timetable/", timetable, name="timetable"),
    path("items/<str:number>/timetable/", by_number, name="timetable_of"),
]
