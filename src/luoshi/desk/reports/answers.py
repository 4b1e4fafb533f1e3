"""A decision about a draft in, the answer to the browser out: the cards that changed, the desk, or the form again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from luoshi.documents.models import Report
from luoshi.intake.actions import DraftRefused
from luoshi.intake.models import Draft

from ..forms.asked import Asked
from ..who import scope_of
from .cards import Card, cards, drafts_of
from .earlier import with_earlier
from .sums import sums

# Does what was asked.
Doing = Callable[[], object]


def the_draft(request: HttpRequest, pk: int) -> Draft:
    """A draft within sight; any other is not there."""
    rows = Draft.seen.within(scope_of(request)).select_related("lead", "report", "directive", "into", "whole", "place")
    found: Draft = get_object_or_404(rows, pk=pk)
    return found


def ask(request: HttpRequest, draft: Draft, form: str, asked: Asked, *, status: int = 200) -> HttpResponse:
    """A form about a draft (`edit`, `merge`, `split`, `refuse`, `link`): in its card, or as a page of its own."""
    every = _cards(request, draft)
    card = with_earlier(scope_of(request), _own(every, draft))[0]
    told = {"card": card, "draft": card.draft, "form": form, "asked": asked, "template": f"desk/reports/{form}.html"}
    told |= {"others": _others(every, card), "reasons": Draft.Refusal.choices}
    fragment = request.htmx  # type: ignore[attr-defined]
    return render(request, f"desk/reports/{'asking' if fragment else 'draft'}.html", told, status=status)


def decide(request: HttpRequest, draft: Draft, form: str, asked: Asked, do: Doing) -> HttpResponse:
    """Do what was asked. Refused, the form is shown again with why, and with everything that was typed."""
    before = _versions(request, draft)
    try:
        do()
    except DraftRefused as wrong:
        asked.wrong((fault.field, fault.message) for fault in wrong.faults)
        return ask(request, draft, form, asked, status=422)
    if request.htmx:  # type: ignore[attr-defined]
        now = _versions(request, draft)
        return _changed(request, draft, {draft.pk, *(pk for pk, version in now.items() if before.get(pk) != version)})
    return see_other(_desk(draft))


def _versions(request: HttpRequest, draft: Draft) -> dict[int, int]:
    """The drafts of the same report with their versions: what others changed with one is told by them."""
    if draft.report_id is None:
        return {}
    rows = Draft.seen.within(scope_of(request)).filter(report=draft.report_id)
    return dict(rows.values_list("pk", "version"))


def unchanged(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The card of a draft, of which nothing was asked any more."""
    if request.htmx:  # type: ignore[attr-defined]
        return _changed(request, draft, {draft.pk})
    return see_other(_desk(draft))


def see_other(address: str) -> HttpResponseRedirect:
    """Redirect so that a reload sends nothing twice."""
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def _desk(draft: Draft) -> str:
    """Where a draft is worked on: at the desk of its report, or on its own page."""
    if draft.report_id:
        return f"{reverse('reading_desk', args=(draft.report_id,))}#t{draft.pk}"
    return reverse("draft", args=(draft.pk,))


def _changed(request: HttpRequest, draft: Draft, changed: Collection[int]) -> HttpResponse:
    """The cards that changed, its own first with its new parts, the sums and the others where they stand."""
    every = _cards(request, draft)
    touched = [card for card in every if card.draft.pk in changed]
    own = [card for card in touched if draft.pk in (card.draft.pk, card.draft.whole_id)]
    told = {"own": own, "others": [card for card in touched if card not in own], "oob": True, "report": draft.report}
    return render(request, "desk/reports/changed.html", {**told, "sums": sums(card.draft for card in every)})


def _cards(request: HttpRequest, draft: Draft) -> Sequence[Card]:
    """All cards of the draft's report as they are now, or its own where it has none."""
    scope = scope_of(request)
    if isinstance(draft.report, Report):
        return cards(scope, drafts_of(scope, draft.report))
    return cards(scope, [the_draft(request, draft.pk)])


def earlier(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What was said before, for the card of a draft that waits: nothing where nothing was."""
    card = with_earlier(scope_of(request), _own(_cards(request, draft), draft))[0]
    return render(request, "desk/reports/earlier.html", {"card": card, "draft": card.draft})


def _own(every: Iterable[Card], draft: Draft) -> list[Card]:
    return [each for each in every if each.draft.pk == draft.pk]


def _others(every: Iterable[Card], card: Card) -> list[Card]:
    """The drafts that may be merged into one: those that wait, of its directive first."""
    waiting = [each for each in every if each.waiting and each.may and each.draft.pk != card.draft.pk]
    return sorted(waiting, key=lambda each: each.draft.directive_id != card.draft.directive_id)
