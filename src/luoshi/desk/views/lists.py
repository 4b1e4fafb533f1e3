"""The address of a list in, its page out: what somebody sees of it, narrowed as they ask; or as a workbook."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.exports.ledger_sheet import write_ledger
from luoshi.ledger.browsing import COUNTED, Found, browse, rows_of
from luoshi.people.scope import Scope

from ..bookmarks import spelled
from ..listing import choices
from ..listing.asked import LONGEST, Asked, read
from ..listing.lines import GROUPS, groups, shown
from ..listing.sheet import sheet_lines
from ..who import now, scope_of, today

NOTHING = Found((), False, False, 0, (), None)


@require_safe
def list_page(request: HttpRequest, name: str) -> HttpResponse:
    """A page of a list."""
    language = get_language() or "zh-hans"
    named, scope, asked = _named(name, language), scope_of(request), read(name, request.GET, now())
    found = browse(scope, asked.wanted, asked.at, back=asked.back) if asked.wanted else NOTHING
    options = _options(asked, scope, language)
    about: dict[str, Any] = {
        "list": named,
        "lists": choices.lists(language),
        "asked": asked,
        "values": asked.values,
        "faults": dict(asked.faults),
        "options": options,
        "quick": choices.quick(asked, now()),
        "chosen": list(choices.chosen(asked, options)),
        "rows": shown(rows_of(at.item for at in found.items), language),
        "found": found,
        "more": found.number is not None and found.number > COUNTED,
        "counted": COUNTED,
        "groups": groups(asked, found.counted, language),
        "grouped": [(by, asked.address(by="" if asked.values.get("by") == by else by)) for by in GROUPS],
        "excel": reverse("list_excel", args=(name,)) + asked.address(by=""),
        **_ways(asked, found),
    }
    return render(request, "desk/list.html", about, status=422 if asked.faults else 200)


def _named(name: str, language: str) -> choices.Choice:
    found = next((each for each in choices.lists(language) if each.key == name), None)
    if found is None:
        raise Http404
    return found


def _options(asked: Asked, scope: Scope, language: str) -> dict[str, list[choices.Choice]]:
    """What the form offers to choose from."""
    return {
        "state": choices.states(asked.list, language),
        "place": choices.places(scope, asked.values.get("place", "")),
        "line": choices.lines(scope),
    }


def _ways(asked: Asked, found: Found) -> dict[str, str]:
    """The addresses of the pages before and behind."""
    here = asked.address()
    ends = {"before": found.items[0] if found.items else None, "after": found.items[-1] if found.items else None}
    ends["before" if asked.back else "after"] = found.looked_to or ends["before" if asked.back else "after"]
    there = {"before": found.before, "after": found.behind}
    sign = "" if here == "?" else "&"
    return {
        name: f"{here}{sign}{urlencode({name: spelled(at)})}" if at and there[name] else "" for name, at in ends.items()
    }


@require_safe
def list_excel(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """The same as a workbook, with what it was narrowed to in its second line."""
    language = get_language() or "zh-hans"
    named, scope, asked = _named(name, language), scope_of(request), read(name, request.GET, now())
    if asked.wanted is None:
        return redirect(reverse("list", args=(name,)) + asked.address())
    # Closed, and so taken away, by the response.
    file = TemporaryFile()  # noqa: SIM115
    words = "；".join(chip.name for chip in choices.chosen(asked, _options(asked, scope, language)))
    source = _("来源：落实；截至 %(day)s；%(words)s") % {"day": today().isoformat(), "words": words or _("不限")}
    write_ledger(sheet_lines(scope, asked.wanted, language), _("%(list)s台账") % {"list": named.name}, source, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{named.name} {today().isoformat()}.xlsx")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was typed into the box on every page, as a filter of all lists."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    return redirect(reverse("list", args=("all",)) + (f"?{urlencode({'q': words, 'show': 'all'})}" if words else ""))


urlpatterns = [
    path("lists/<slug:name>/", list_page, name="list"),
    path("lists/<slug:name>/excel/", list_excel, name="list_excel"),
    path("search/", search, name="search"),
]
