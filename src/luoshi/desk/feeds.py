"""A secret address in, the calendar of whose it is out: what they see now and nothing else, without a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.exports.ical import Dated, calendar_of
from luoshi.ledger.actions.books import playbook_of
from luoshi.ledger.browsing.rows import Row, rows_of
from luoshi.ledger.lists import SIZE, After, Waiting, waiting_for
from luoshi.people.models import User
from luoshi.people.models.feed import LETTERS, holder
from luoshi.people.signing.limits import Limit, within

# Open items with a deadline that a calendar holds, the earliest first: years of work for a unit, and programs on a
# telephone read a few hundred without delay.
MOST = 300
# Seconds that an answer may be shown again without asking: a calendar is not a bell.
FRESH = 900


# Wrong addresses from one place: programs ask every quarter of an hour at the soonest, so that ninety of an office may
# go on asking for what was revoked and the others are still answered; who guesses is stopped at once.
GUESSES = Limit("feed_guess", 30, 300)
# Calls by one address: ten programs that ask every minute, which is more than anybody has.
CALLS = Limit("feed_call", 10, 60, of_key=True)


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of a secret; a wrong one is as if there were nothing, whatever is wrong with it.

    Where there were too many wrong ones no secret is looked up any more, right or wrong, for some minutes.
    """
    if not within(request, GUESSES, counted=False):
        return _too_many(GUESSES)
    user = holder(secret) if len(secret) == LETTERS else None
    if user is None:
        within(request, GUESSES)
        raise Http404
    if not within(request, CALLS, secret):
        return _too_many(CALLS)
    return _calendar(request, user)


def _too_many(limit: Limit) -> HttpResponse:
    """429 in a line, and when to come again: by then there is room, whenever within its time the limit was reached."""
    line = _("请求过于频繁，请 %(seconds)d 秒后再试。") % {"seconds": limit.seconds}
    answer = HttpResponse(line, status=429, content_type="text/plain; charset=utf-8")
    answer.headers["Retry-After"] = str(limit.seconds)
    return _kept_secret(answer)


def _calendar(request: HttpRequest, user: User) -> HttpResponse:
    with translation.override(user.language or "zh-hans"):
        body = calendar_of(dated(user, request.build_absolute_uri), _("落实 · 期限"))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    set_response_etag(answer)
    patch_cache_control(answer, private=True, max_age=FRESH)
    return _kept_secret(get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer)


def _kept_secret(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: no other site is told it."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def dated(user: User, absolute: Callable[[str], str]) -> list[Dated]:
    """The next open items with a deadline that somebody takes part in, as a calendar holds them."""
    found = {row.item: row for row in _next(user)}
    return [_dated(row, found[row.item].sequence, absolute) for row in rows_of(found)]


def _next(user: User) -> Iterator[Waiting]:
    """The first MOST open items of a user with a deadline, as their list has them: what is due earliest comes
    first."""
    after: After | None = None
    for _page in range(MOST // SIZE):
        page = waiting_for(user.scope_today, after=after)
        for row in page.rows:
            if row.due is not None:
                yield row
        if page.next is None:
            return
        after = page.next


def _dated(row: Row, version: int, absolute: Callable[[str], str]) -> Dated:
    assert row.due is not None and row.changed is not None
    language = translation.get_language() or "zh-hans"
    state = playbook_of(row.playbook, row.version).state(row.state).name.of(language)
    lead = (_("牵头单位：%(unit)s") % {"unit": row.lead_name},) if row.lead_name else ()
    about = (f"{row.number} · {row.place_name} · {state}", *lead)
    address = absolute(reverse("item", args=[row.item]))
    return Dated(row.item, row.words, row.due, version, row.changed, row.kind, about, address)


urlpatterns = [path("<slug:secret>.ics", feed, name="feed")]
