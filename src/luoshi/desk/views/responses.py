"""A response in, its pages out: all in sight, a new one with its preview, its grid, its level, its standing down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.intake.actions import DraftRefused
from luoshi.intake.actions.hands import hand_of
from luoshi.intake.models import PreparedItem
from luoshi.intake.responding.activating import Activated, activate, foreseen, set_level
from luoshi.intake.responding.asking import set_of, wanted
from luoshi.intake.responding.planning import preview
from luoshi.intake.responding.stopping import DECIDED, StoodDown, Stopped, proposals, stand_down
from luoshi.ledger.models import Item

from ..answering import answering
from ..entering import once
from ..entering.forms import Typed
from ..entering.where import SUPERVISORS
from ..items.found import Found, found
from ..responding.forms import ActivationForm, LevelForm, StandDownForm, levels
from ..responding.grid import grid
from ..who import scope_of, user_of
from .move import redirected

# Rows of the list; those that have not ended come first, and there are a handful of them.
ROWS = 100


@require_safe
def responses(request: HttpRequest) -> HttpResponse:
    """All responses in sight, those that run first."""
    rows = Item.seen.within(scope_of(request)).filter(playbook="response", parent=None).select_related("place")
    running, ended = rows.filter(ended_on=None).order_by("-pk"), rows.exclude(ended_on=None).order_by("-pk")
    shown = [*running[:ROWS], *ended[:ROWS]]
    named = dict(levels(_language()))
    about = {"rows": [(row, named.get(row.facts.get("level"), "")) for row in shown], "may": _may(request)}
    return render(request, "desk/responding/responses.html", about)


@require_http_methods(["GET", "HEAD", "POST"])
@answering
def response_new(request: HttpRequest) -> HttpResponse:
    """A set, a level and places; what they would open; and, confirmed, the response."""
    scope, user, now = scope_of(request), user_of(request), timezone.now()
    if not _may(request):
        return render(request, "403.html", status=403)
    if request.method != "POST":
        return _new(request, ActivationForm(scope), once.new())
    form, sent = ActivationForm(scope, request.POST), _sent(request)
    if not form.is_valid():
        return _new(request, form, sent, status=422)
    kept = form.cleaned_data
    try:
        if "activate" not in request.POST:
            asked = wanted(hand_of(user, now), kept["set"], kept["level"], form.chosen)
            shown = preview(asked.prepared, asked.level, asked.where, scope.day)
            return _new(request, form, sent, shown=shown, asked=asked, level=dict(levels(_language()))[asked.level])
        done = activate(user, kept["set"], kept["level"], form.chosen, now, basis=kept["basis"], request=sent)
    except DraftRefused as refused:
        form.refused({fault.field: fault.message for fault in refused.faults})
        return _new(request, form, sent, status=422)
    messages.success(request, _opened(done))
    return redirected(reverse("response", args=[done.response]))


def _new(request: HttpRequest, form: ActivationForm, sent: str, status: int = 200, **more: Any) -> HttpResponse:
    form.focused()
    return render(request, "desk/responding/new.html", {"form": form, "sent": sent, **more}, status=status)


@require_safe
@answering
def response(request: HttpRequest, item: UUID) -> HttpResponse:
    """The grid of a response: each place by each prepared item, with lights, and the gaps."""
    there = _found(request, item)
    row = there.subject.row
    prepared = set_of(row)
    about = {
        "item": row,
        "state": there.subject.playbook.state(row.state),
        "level": dict(levels(_language())).get(row.facts.get("level"), ""),
        "set": prepared.name.of(_language()) if prepared else "",
        "grid": grid(row, there.subject.scope),
        "verbs": there.verbs,
    }
    return render(request, "desk/responding/response.html", about)


@require_http_methods(["GET", "HEAD", "POST"])
@answering
def response_level(request: HttpRequest, item: UUID) -> HttpResponse:
    """A response raised or lowered, or made to concern more places; what that would change is shown before."""
    there = _found(request, item)
    row, user, now = there.subject.row, user_of(request), timezone.now()
    if "set_level" not in there.verbs:
        return _not_now(request, row)
    before = PreparedItem.seen.within(there.subject.scope).filter(response=row)
    concerned = set(before.values_list("place__key", flat=True))
    given = request.POST if request.method == "POST" else None
    form = LevelForm(there.subject.scope, given, without=concerned, initial={"level": row.facts["level"]})
    about: dict[str, Any] = {"sent": _sent(request), "expected": row.sequence}
    if given is None or not form.is_valid():
        return _level(request, row, form, about, 200 if given is None else 422)
    try:
        level, words = form.cleaned_data["level"], form.cleaned_data["words"]
        if "set" not in given:
            cells, spare = foreseen(user, item, level, form.chosen, now)
            return _level(request, row, form, {**about, "shown": cells, "spare": spare})
        expected = _number(given.get("expected"))
        done = set_level(user, item, level, form.chosen, now, expected=expected, words=words, request=about["sent"])
    except DraftRefused as refused:
        form.refused({fault.field: fault.message for fault in refused.faults})
        return _level(request, row, form, about, 422)
    messages.success(request, _opened(done))
    _tell(request, done.stopped)
    return redirected(reverse("response", args=[item]))


def _level(request: HttpRequest, row: Item, form: Typed, about: dict[str, Any], status: int = 200) -> HttpResponse:
    form.focused()
    return render(request, "desk/responding/level.html", {"item": row, "form": form, **about}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@answering
def response_stand_down(request: HttpRequest, item: UUID) -> HttpResponse:
    """A response stood down: what becomes of each open part is chosen, what waits to be verified is kept."""
    there = _found(request, item)
    row, user, now = there.subject.row, user_of(request), timezone.now()
    if "stand_down" not in there.verbs:
        return _not_now(request, row)
    given = request.POST if request.method == "POST" else None
    choose, kept = _open_parts(row, there)
    form = StandDownForm(choose, given)
    about: dict[str, Any] = {"sent": _sent(request), "expected": row.sequence, "kept": kept}
    if given is not None and form.is_valid():
        expected = _number(given.get("expected"))
        words = form.cleaned_data["words"]
        try:
            done = stand_down(user, item, form.chosen, now, words=words, expected=expected, request=about["sent"])
        except DraftRefused as refused:
            form.refused({fault.field: fault.message for fault in refused.faults})
        else:
            messages.success(request, _ended(done))
            _tell(request, done.parts)
            return redirected(reverse("response", args=[item]))
    form.focused()
    status = 200 if given is None else 422
    return render(request, "desk/responding/stand_down.html", {"item": row, "form": form, **about}, status=status)


def _open_parts(row: Item, there: Found) -> tuple[list[tuple[Item, str]], list[Item]]:
    """Open parts with what is proposed for each; and those that are closed or verified first, whatever is chosen."""
    open_ = Item.seen.within(there.subject.scope).filter(parent=row.pk, ended_on=None)
    parts = list(open_.select_related("place", "lead").order_by("place__code", "place", "serial"))
    default = proposals(parts, set_of(row), "stood_down")
    choose = [(part, default[part.pk]) for part in parts if part.state not in DECIDED]
    return choose, [part for part in parts if part.state in DECIDED]


def _found(request: HttpRequest, item: UUID) -> Found:
    """A response in sight. Raises Http404."""
    there = found(user_of(request), item, timezone.now())
    if there.subject.row.playbook != "response" or there.subject.row.parent_id is not None:
        raise Http404
    return there


def _not_now(request: HttpRequest, row: Item) -> HttpResponse:
    messages.warning(request, _("这个响应现在不能由您调整或终止。"))
    return redirected(reverse("response", args=[row.pk]))


def _may(request: HttpRequest) -> bool:
    """Whether who looks supervises all lines of a place."""
    return any(part.lines is None for part in scope_of(request).of(SUPERVISORS))


def _opened(done: Activated) -> str:
    if done.repeated:
        return _("%(number)s：已经办理过，没有重复下达。") % {"number": done.number}
    said = {"number": done.number, "count": done.opened, "gaps": len(done.gaps), "stopped": len(done.stopped)}
    if done.stopped:
        return _("%(number)s：已下达 %(count)s 件，处理不再需要的 %(stopped)s 件，无单位 %(gaps)s 件。") % said
    return _("%(number)s：已下达 %(count)s 件，无单位 %(gaps)s 件。") % said


def _ended(done: StoodDown) -> str:
    if done.ended or not done.left:
        return _("响应已结束。")
    return _("响应已终止；%(kept)s 件留待办结和核查，全部了结后响应结束。") % {"kept": done.left}


def _tell(request: HttpRequest, parts: tuple[Stopped, ...]) -> None:
    """Say what the ledger had against stopping parts, of the first few."""
    for each in [part for part in parts if part.what == "refused"][:5]:
        messages.error(request, f"{each.number} {each.why}")


def _sent(request: HttpRequest) -> str:
    """The name of a form that was sent in, or of one about to be shown."""
    return request.POST.get("sent", "")[:40] or once.new()


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else 0


def _language() -> str:
    return get_language() or "zh-hans"


urlpatterns = [
    path("responses/", responses, name="responses"),
    path("responses/new/", response_new, name="response_new"),
    path("responses/<uuid:item>/", response, name="response"),
    path("responses/<uuid:item>/level/", response_level, name="response_level"),
    path("responses/<uuid:item>/stand-down/", response_stand_down, name="response_stand_down"),
]
