"""Who is told: holders and stand-ins of the day, each once for each event, and nobody what they did themselves."""

from __future__ import annotations

import datetime

import pytest

from luoshi.delivery.fanning import PAGE, Told, fan_out
from luoshi.delivery.inbox import messages, unread
from luoshi.delivery.models import Message
from luoshi.ledger.models import Event, Notice
from luoshi.people.models import Role, User
from tests.ledger.office import NOW, Desk, Office, at, closed, counts, in_hand
from tests.people.made import YESTERDAY, post, user

pytestmark = pytest.mark.django_db


def told(office: Office) -> dict[str, list[str]]:
    """The verbs that each of the people of the office was told, in their order."""
    names = {person.pk: name for name, person in office.people.items()}
    found: dict[str, list[str]] = {}
    for message in Message.unguarded.select_related("event").order_by("pk"):
        found.setdefault(names.get(message.user_id, str(message.user_id)), []).append(message.event.verb)
    return found


def test_it_works(there: Office, desk: Desk) -> None:
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert fan_out(at(2)).messages > 0
    # Of the water bureau who handles and who answers; not its verifier, not others' clerks, not who dispatched.
    assert told(there) == {"water": ["dispatch"], "water_head": ["dispatch"]}
    desk.act("water", "sign")
    fan_out(at(3))
    # Who opened it is told by their post; who signed knows, and who works beside them is of the acting unit.
    assert told(there)["city"] == ["sign"]
    assert told(there)["water"] == ["dispatch"]


def test_a_second_time_nothing_is_told(there: Office) -> None:
    closed(there)
    first = fan_out(at(9))
    before = told(there)
    assert first.notices == Notice.unguarded.count() and first.messages == Message.unguarded.count()
    assert fan_out(at(10)) == Told()
    # Even where the outbox forgot that it was delivered.
    Notice.unguarded.update(delivered_at=None)
    assert fan_out(at(11)).messages == 0
    assert told(there) == before


def test_somebody_of_two_units_is_told_once(there: Office, desk: Desk) -> None:
    post(there["water"], Role.CLERK, there.world.units["A1:civil"])
    desk.act("city", "dispatch", lead="A1:water", supports=["A1:civil"], due="2026-12-31")
    fan_out(at(2))
    assert told(there)["water"] == ["dispatch"]
    assert Notice.unguarded.count() == 2


def test_stand_ins_are_told_as_the_holder_is_while_both_posts_hold(there: Office, desk: Desk) -> None:
    beside, gone, late = user("stand-in"), user("gone"), user("late")
    water = there.posts["water"]
    post(beside, Role.CLERK, water.unit, stands_in_for=water)
    post(gone, Role.CLERK, water.unit, stands_in_for=water, until=YESTERDAY)
    post(late, Role.CLERK, water.unit, stands_in_for=water, since=at(48).date())
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    fan_out(at(2))
    assert {m.user.username for m in Message.unguarded.all()} == {"water", "water_head", "stand-in"}


def test_a_post_that_opened_it_is_told_with_who_stands_in(there: Office, desk: Desk) -> None:
    beside = user("stand-in")
    post(beside, Role.SUPERVISOR, there.posts["city"].unit, stands_in_for=there.posts["city"])
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    desk.act("water", "sign")
    fan_out(at(3))
    assert {"city", "stand-in"} == {m.user.username for m in Message.unguarded.filter(event__verb="sign")}


@pytest.mark.parametrize("how", ["ended", "inactive", "not_begun"])
def test_who_is_not_there_is_not_told(how: str, there: Office, desk: Desk) -> None:
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    if how == "inactive":
        User.unguarded.filter(username="water").update(is_active=False)
    else:
        change = {"until": NOW.date()} if how == "ended" else {"since": at(48).date()}
        type(there.posts["water"]).unguarded.filter(pk=there.posts["water"].pk).update(**change)
    fan_out(at(2))
    assert set(told(there)) == {"water_head"}


def test_who_came_since_is_told_and_who_left_is_not(there: Office, desk: Desk) -> None:
    """The outbox may have waited for days: it is told to whom it concerns on the day it is told."""
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    later = at(24 * 5)
    type(there.posts["water"]).unguarded.filter(pk=there.posts["water"].pk).update(until=later.date())
    came = user("came")
    post(came, Role.CLERK, there.posts["water"].unit, since=later.date())
    fan_out(later)
    assert {m.user.username for m in Message.unguarded.all()} == {"came", "water_head"}


def test_notices_that_reach_nobody_are_counted(there: Office, desk: Desk) -> None:
    desk.act("city", "dispatch", lead="A1b:civil", due="2026-12-31")
    assert fan_out(at(2)) == Told(1, 0, 1)


def test_more_than_a_page_is_told_in_order(there: Office) -> None:
    desk = in_hand(there)
    event = Event.unguarded.filter(item=desk.item).latest("sequence")
    unit = there.world.units["A1:civil"]
    Notice.unguarded.all().delete()
    Notice.unguarded.bulk_create(Notice(event=event, unit=unit) for _ in range(PAGE + 1))
    found = fan_out(at(3))
    assert (found.notices, found.messages) == (PAGE + 1, 1)


def test_telling_writes_nothing_to_the_ledger(there: Office, desk: Desk) -> None:
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    before = counts()
    fan_out(at(2))
    assert counts() == before


def test_an_inbox_shows_ones_own_and_only_what_is_still_in_sight(there: Office, desk: Desk) -> None:
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    fan_out(at(2))
    scope = there["water"].scope_today
    page = messages(there["water"], scope)
    assert [m.event.verb for m in page.messages] == ["dispatch"] and page.in_sight == {desk.item}
    assert unread(there["water"]) == 1 and unread(there["city"]) == 0
    assert messages(there["city"], there["city"].scope_today).messages == []
    desk.act("city", "reassign", lead="A1:civil", due="2026-12-31", reason="职责调整")
    day = at(48).date()
    type(there.posts["water"]).unguarded.filter(pk=there.posts["water"].pk).update(until=day)
    gone = User.unguarded.get(username="water")
    assert messages(gone, type(scope)(datetime.date(2026, 12, 1), gone.pk)).in_sight == frozenset()


def test_nobody_sees_the_messages_of_others(there: Office, desk: Desk) -> None:
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    fan_out(at(2))
    for name in ("admin", "city", "province", "mayor"):
        assert not Message.seen.within(there[name].scope_today).exists(), name
    assert Message.seen.within(there["water"].scope_today).count() == 1
