"""The calendar of somebody by a secret address: what they see now, and nobody else; made, shown once, revoked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from luoshi.desk import feeds
from luoshi.people.models import FeedLink, Post, User
from luoshi.people.models.feed import LETTERS, holder, make_link
from tests.desk.conftest import As
from tests.ledger.office import NOW, Desk, Office, at, in_hand, opened

pytestmark = pytest.mark.django_db
PAGE = "/me/calendar/"


@pytest.fixture(autouse=True)
def _tries_are_not_carried_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def made(client: Client) -> str:
    """The address that the page shows once."""
    found = re.search(
        r'id="address">http://testserver(/calendar/[^<]+\.ics)<', client.post(PAGE, {"make": "1"}).content.decode()
    )
    assert found
    return found[1]


def entries(address: str, client: Client | None = None) -> dict[str, int]:
    """What a calendar holds, without signing in: the titles of its days with their sequences."""
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, answer.status_code
    return {
        str(each["summary"]): int(str(each["sequence"])) for each in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_it_works(desk: Desk, browsing: As) -> None:
    client = browsing("water")
    assert "生成订阅地址" in client.get(PAGE).content.decode()
    address = made(client)
    assert entries(address) == {"修好青溪县三座病险水库": 3}
    again = client.get(PAGE).content.decode()
    assert address not in again and "作废地址" in again
    desk.act("water", "report", progress="开工")
    assert entries(address) == {"修好青溪县三座病险水库": 4}


def test_only_a_hash_is_kept(desk: Desk, browsing: As) -> None:
    secret = made(browsing("water")).split("/")[-1].removesuffix(".ics")
    assert len(secret) == LETTERS and secret not in str(FeedLink.unguarded.values().get())


def test_it_holds_what_one_takes_part_in_and_nothing_else(there: Office, desk: Desk, browsing: As) -> None:
    opened(there, words="没有期限的事")
    assert entries(made(browsing("civil"))) == {}
    assert entries(made(browsing("city"))) == {"修好青溪县三座病险水库": 3}


def test_what_has_ended_is_no_more_in_it(desk: Desk, browsing: As) -> None:
    address = made(browsing("water"))
    desk.act("city", "drop", drop_reason="merged", reason="并入")
    assert entries(address) == {}


def test_who_lost_the_post_sees_nothing(there: Office, desk: Desk, browsing: As) -> None:
    address = made(browsing("water"))
    Post.unguarded.filter(pk=there.posts["water"].pk).update(until="2026-01-01")
    assert entries(address) == {}


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_change_password": True}])
def test_who_may_not_sign_in_has_no_calendar(desk: Desk, browsing: As, change: dict[str, Any]) -> None:
    address = made(browsing("water"))
    User.unguarded.filter(username="water").update(**change)
    assert Client().get(address).status_code == 404


def test_revoked_or_made_anew_the_old_address_is_gone(desk: Desk, browsing: As) -> None:
    client = browsing("water")
    first = made(client)
    second = made(client)
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    assert client.post(PAGE, {"revoke": "1"}).status_code == 302
    assert Client().get(second).status_code == 404 and not FeedLink.unguarded.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/calendar/x.ics",
        "/calendar/.ics",
        f"/calendar/{'A' * LETTERS}.ics",
        f"/calendar/{'A' * 500}.ics",
        "/calendar/水.ics",
        "/calendar/",
    ],
)
def test_a_wrong_one_is_not_there(desk: Desk, browsing: As, address: str) -> None:
    made(browsing("water"))
    assert Client().get(address).status_code in (302, 404)
    assert b"VCALENDAR" not in Client().get(address).content


def test_a_secret_opens_nothing_but_the_calendar(desk: Desk, browsing: As) -> None:
    client = Client()
    entries(made(browsing("water")), client)
    assert not client.cookies and client.get("/inbox/").status_code == 302
    assert client.post(made(browsing("water"))).status_code in (403, 405)


def test_asked_again_nothing_is_sent_twice(desk: Desk, browsing: As) -> None:
    address = made(browsing("water"))
    first = Client().get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8" and "private" in first["Cache-Control"]
    assert first["Referrer-Policy"] == "no-referrer"
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    desk.act("water", "report", progress="开工")
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_as_many_as_it_holds(there: Office, browsing: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "SIZE", 50)
    monkeypatch.setattr(feeds, "MOST", 50)
    for number in range(51):
        one = Desk(there, opened(there, words=f"第{number}件").item)
        one.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert len(entries(made(browsing("water")))) == 50


def test_no_name_of_a_person(there: Office, desk: Desk, browsing: As) -> None:
    User.unguarded.filter(username="water").update(name="何小川")
    desk.act("water", "hand_over", handler=f"post:{there.posts['water'].pk}")
    body = Client().get(made(browsing("water"))).content.decode().replace("\r\n ", "")
    assert "何小川" not in body and "临川市水利局" in body


def test_in_the_language_of_whose_it_is(desk: Desk, browsing: As) -> None:
    User.unguarded.filter(username="water").update(language="en")
    assert "Lead unit" in Client().get(made(browsing("water"))).content.decode().replace("\r\n ", "")


def test_nobody_by_an_empty_or_odd_secret(there: Office) -> None:
    secret = make_link(there["water"], NOW)
    assert holder(secret) == there["water"]
    assert [holder(odd) for odd in ("", secret[:-1], secret + "A", secret.swapcase(), "\ud800")] == [None] * 5


def test_one_link_each(there: Office) -> None:
    assert make_link(there["water"], NOW) != make_link(there["water"], at(1))
    assert FeedLink.unguarded.filter(user=there["water"]).count() == 1


def test_who_guesses_is_stopped_and_others_are_not(desk: Desk, browsing: As) -> None:
    """Past the limit a right address is not looked up either; one that is elsewhere knows nothing of it."""
    address, guesser = made(browsing("water")), Client(REMOTE_ADDR="192.0.2.7")
    said = [guesser.get(f"/calendar/{n:0{LETTERS}}.ics").status_code for n in range(feeds.GUESSES.most + 2)]
    assert said == [404] * feeds.GUESSES.most + [429] * 2
    refused = guesser.get(address)
    assert (refused.status_code, refused["Retry-After"]) == (429, str(feeds.GUESSES.seconds))
    assert refused.content.decode() == "请求过于频繁，请 300 秒后再试。" and refused["Referrer-Policy"] == "no-referrer"
    assert Client(REMOTE_ADDR="192.0.2.8").get(address).status_code == 200


def test_one_address_is_answered_so_often_in_a_minute(
    desk: Desk, browsing: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks with it; those of others in the same office, and what is asked a minute later, are answered."""
    address, other = made(browsing("water")), made(browsing("city"))
    calls = [Client(REMOTE_ADDR=f"192.0.2.{n}").get(address).status_code for n in range(feeds.CALLS.most + 1)]
    assert calls == [200] * feeds.CALLS.most + [429]
    assert Client().get(other).status_code == 200
    wait, real = int(Client().get(address)["Retry-After"]), time.time
    monkeypatch.setattr("time.time", lambda: real() + wait)
    assert Client().get(address).status_code == 200


def test_right_addresses_are_no_guesses(desk: Desk, browsing: As) -> None:
    for _ in range(feeds.GUESSES.most // feeds.CALLS.most + 1):
        address = made(browsing("water"))
        assert {Client().get(address).status_code for _ in range(feeds.CALLS.most)} == {200}


def test_before_an_item_is_signed_for_too(there: Office, browsing: As) -> None:
    assert in_hand(there).row.number
    assert len(entries(made(browsing("water_head")))) == 1
