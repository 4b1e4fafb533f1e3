"""A move on an item in, its form or the move made out; the same move on several in, what came of each out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.ledger.actions import LedgerUnavailable, Outcome, act_on_many

from ..answering import answering
from ..forms.moves import MoveForm, attach, blank, make, sent
from ..items.found import Found, found
from ..items.log import verb_name
from ..items.names import names
from ..items.sheet import supports_of
from ..who import user_of

# Items of one page of the inbox; more at once is a mistake or no form of ours.
MOST_ITEMS = 100
# Refusals that are told one by one.
MOST_TOLD = 5


@require_http_methods(["GET", "HEAD", "POST"])
@answering
def item_move(request: HttpRequest, item: UUID, verb: str) -> HttpResponse:
    """The form of a move, or the move made: then back to where one came from."""
    user, now = user_of(request), timezone.now()
    there = found(user, item, now)
    move = there.subject.playbook.move(verb)
    if move is None:
        raise Http404
    if request.method != "POST":
        if verb not in there.verbs:
            messages.warning(request, _("“%(move)s”现在不能由您办理。") % {"move": move.name.of(_language())})
            return redirected(reverse("item", args=[item]))
        form = blank(move, there.subject, _supports(there))
        form.back = back(request)
        return _shown(request, there, form)
    form = sent(move, there.subject, request)
    form.back = back(request)
    try:
        if verb in there.verbs:
            attach(form, request, user)
        done = None if "more" in request.POST else make(form, user, now)
    except LedgerUnavailable as error:
        form.wrong.setdefault("", []).append(str(error))
        return _shown(request, there, form, 503)
    if done is None:
        return _shown(request, there, form, 200 if "more" in request.POST else 422)
    messages.success(request, _told(form, done))
    return redirected(form.back or reverse("item", args=[item]))


@require_POST
def items_move(request: HttpRequest, verb: str) -> HttpResponse:
    """The same move on the items that were ticked, each by itself, or on the one whose button was pressed."""
    user, to = user_of(request), back(request) or reverse("inbox")
    wanted = [pair for pair in map(_pair, _ticked(request)) if pair]
    if not wanted:
        messages.warning(request, _("没有选中事项：请先勾选。"))
        return redirected(to)
    try:
        results = act_on_many(user, wanted, verb, {}, timezone.now())
    except LedgerUnavailable as error:
        messages.error(request, str(error))
        return redirected(to)
    done = [result.outcome for result in results if result.outcome]
    if len(done) == 1:
        messages.success(request, _("%(number)s 已办理。") % {"number": done[0].number})
    elif done:
        messages.success(request, _("已办理 %(count)s 件。") % {"count": len(done)})
    for refused in [result.refused for result in results if result.refused][:MOST_TOLD]:
        messages.error(request, str(refused))
    return redirected(to)


def redirected(to: str) -> HttpResponse:
    """See other: what follows is asked for anew, so that reloading does not send a form again."""
    answer = HttpResponseRedirect(to)
    answer.status_code = 303
    return answer


def back(request: HttpRequest) -> str:
    """Where a form says one came from; a page of ours, or nothing."""
    to = request.POST.get("back", "") or request.GET.get("back", "")
    ours = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if to.startswith("/") and ours else ""


def _shown(request: HttpRequest, there: Found, form: MoveForm, status: int = 200) -> HttpResponse:
    language, playbook = _language(), there.subject.playbook
    units = names((since.unit for since in form.since), (), there.subject.scope)
    about = {
        "item": there.subject.row,
        "form": form,
        "state": playbook.state(there.subject.row.state),
        "others": [(move.verb, move.name.of(language)) for move in there.moves if move != form.move],
        "since": [(verb_name(s.verb, playbook, language), units.unit(s.unit), s.recorded_at) for s in form.since],
    }
    return render(request, "desk/items/move.html", about, status=status)


def _supports(there: Found) -> dict[str, str]:
    keys = supports_of(there.subject.row.pk)
    called = names(keys, (), there.subject.scope)
    return {key: called.unit(key) for key in keys}


def _told(form: MoveForm, done: Outcome) -> str:
    words = {"move": form.name, "number": done.number, "count": len(done.children)}
    if done.children:
        return _("%(number)s 已%(move)s，下级事项 %(count)s 个。") % words
    return _("%(number)s：“%(move)s”已记录。") % words


def _ticked(request: HttpRequest) -> list[str]:
    one = request.POST.get("one")
    return [one] if one else request.POST.getlist("item")[:MOST_ITEMS]


def _pair(said: str) -> tuple[UUID, int] | None:
    """An item and the version that was seen of it, as `uuid:3`."""
    item, _, version = said.partition(":")
    try:
        return (UUID(item), int(version)) if version.isascii() and version.isdigit() and len(version) < 10 else None
    except ValueError:
        return None


def _language() -> str:
    return get_language() or "zh-hans"


urlpatterns = [
    path("items/moves/<slug:verb>/", items_move, name="items_move"),
    path("items/<uuid:item>/moves/<slug:verb>/", item_move, name="item_move"),
]
