"""A draft in, its forms out; what somebody decided about it in, the draft as it stands now out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.intake import actions
from luoshi.intake.models import Draft

from ..forms.asked import Asked
from ..forms.drafts import DraftForm, parts_of
from ..reports.answers import ask, decide, earlier, see_other, the_draft, unchanged
from ..who import scope_of, user_of

form_of = require_http_methods(["GET", "HEAD", "POST"])
# Faults of a bulk that are told in words; the cards show the others.
TOLD = 5


@form_of
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Its form; what was typed in it, or one suggestion that was taken."""
    row = the_draft(request, pk)
    if request.method != "POST":
        return unchanged(request, row) if "card" in request.GET else ask(request, row, "edit", DraftForm.of(row))
    if "take" in request.POST:
        return _take(request, row, request.POST["take"])
    form = DraftForm.sent(row, request.POST, scope_of(request))
    if form.faults:
        return ask(request, row, "edit", form, status=422)
    return _edited(request, row, form, form.fields, _number(request.POST.get("expected")))


def _take(request: HttpRequest, row: Draft, taken: str) -> HttpResponse:
    """Take a suggestion: `version:lead:key`, `version:support:key` or `version:due:day`."""
    version, what, value = [*taken.split(":", 2), "", ""][:3]
    ways: dict[str, dict[str, Any]] = {
        "lead": {"lead": value},
        "support": {"supports": [*row.supports, value]},
        "due": {"due": value},
    }
    return _edited(request, row, DraftForm.of(row), ways.get(what, {}), _number(version))


def _edited(request: HttpRequest, row: Draft, form: DraftForm, fields: dict[str, Any], expected: int) -> HttpResponse:
    viewer = user_of(request)
    return decide(request, row, "edit", form, lambda: actions.edit(viewer, row.pk, fields, expected, timezone.now()))


@form_of
def draft_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take others into this one: `drafts` are their numbers and versions."""
    row = the_draft(request, pk)
    chosen = request.POST.getlist("drafts")
    asked = Asked({"drafts": chosen})
    if request.method != "POST":
        return ask(request, row, "merge", asked)
    pairs = [(row.pk, _expected(request)), *map(_pair, chosen)]
    viewer = user_of(request)
    return decide(request, row, "merge", asked, lambda: actions.merge(viewer, pairs, row.pk, timezone.now()))


@form_of
def draft_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make several of one: a line a part."""
    row = the_draft(request, pk)
    typed = request.POST.get("words", "\n".join(parts_of(row.words)))
    asked, viewer, words = Asked({"words": typed}), user_of(request), typed.splitlines()
    if request.method != "POST":
        return ask(request, row, "split", asked)
    given = (row.pk, words, _expected(request), timezone.now())
    return decide(request, row, "split", asked, lambda: actions.split(viewer, *given))


@form_of
def draft_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Not to become an item: why, and what else is to be said."""
    row = the_draft(request, pk)
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "").strip()
    asked, viewer = Asked({"reason": reason, "note": note}), user_of(request)
    if request.method != "POST":
        return ask(request, row, "refuse", asked)
    given = (row.pk, reason, note, _expected(request), timezone.now())
    return decide(request, row, "refuse", asked, lambda: actions.refuse(viewer, *given))


@form_of
def draft_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as an item that is there already."""
    row = the_draft(request, pk)
    number = request.POST.get("item", request.GET.get("item", "")).strip()
    asked, viewer = Asked({"item": number}), user_of(request)
    if request.method != "POST":
        return ask(request, row, "link", asked)
    given = (row.pk, number, _expected(request), timezone.now())
    return decide(request, row, "link", asked, lambda: actions.link(viewer, *given))


@require_POST
def draft_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was decided last; of a draft that was split or merged, the others change with it."""
    row, viewer = the_draft(request, pk), user_of(request)
    given = (row.pk, _expected(request), timezone.now())
    return decide(request, row, "edit", DraftForm.of(row), lambda: actions.take_back(viewer, *given))


@require_POST
def draft_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it an item, and hand it to its unit where unit and deadline are there."""
    row, viewer = the_draft(request, pk), user_of(request)
    given = (row.pk, _expected(request), timezone.now())
    return decide(request, row, "edit", DraftForm.of(row), lambda: actions.confirm(viewer, *given))


@require_safe
def draft_earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said before: a part of its card, asked for when somebody comes to it."""
    return earlier(request, the_draft(request, pk))


@require_POST
def drafts_confirm(request: HttpRequest) -> HttpResponse:
    """Make items of all that were chosen, each by itself; what was refused is told."""
    pairs = [_pair(each) for each in request.POST.getlist("drafts")]
    done = actions.confirm_many(user_of(request), pairs, timezone.now())
    refused = [each for each in done if isinstance(each, actions.DraftRefused)]
    made = [each for each in done if not isinstance(each, actions.DraftRefused)]
    told = {"n": len(made), "sent": sum(each.dispatched for each in made)}
    if made:
        messages.success(request, _("已立项 %(n)s 条，其中交办 %(sent)s 条。") % told)
    for fault in refused[:TOLD]:
        messages.warning(request, str(fault))
    if not pairs:
        messages.warning(request, _("没有选中事项。"))
    report = _number(request.POST.get("report"))
    return see_other(reverse("reading_desk", args=(report,)) if report else reverse("reports"))


def _expected(request: HttpRequest) -> int:
    return _number(request.POST.get("expected"))


def _pair(words: str) -> tuple[int, int]:
    number, _, version = words.partition(":")
    return _number(number), _number(version)


def _number(words: str | None) -> int:
    """A number of a form; 0, which nothing has, where it is none."""
    typed = (words or "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


urlpatterns = [
    path("drafts/<int:pk>/", draft, name="draft"),
    path("drafts/<int:pk>/merge/", draft_merge, name="draft_merge"),
    path("drafts/<int:pk>/split/", draft_split, name="draft_split"),
    path("drafts/<int:pk>/refuse/", draft_refuse, name="draft_refuse"),
    path("drafts/<int:pk>/link/", draft_link, name="draft_link"),
    path("drafts/<int:pk>/take-back/", draft_take_back, name="draft_take_back"),
    path("drafts/<int:pk>/confirm/", draft_confirm, name="draft_confirm"),
    path("drafts/<int:pk>/earlier/", draft_earlier, name="draft_earlier"),
    path("drafts/confirm/", drafts_confirm, name="drafts_confirm"),
]
