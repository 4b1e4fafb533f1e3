"""Real servers that fail, hang and lie: every message arrives once for its reader, signed, and says no more than it may."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from apprise.plugins import dingtalk, feishu, wecombot

from luoshi.delivery.models import Delivery, Kind
from luoshi.delivery.sealing import unseal
from luoshi.delivery.sending import robots
from luoshi.delivery.timing import AGAIN
from tests.ledger.office import Desk, Office

from .conftest import Wants
from .rounds import State, dispatched, round_at, rounds, states
from .servers import HANG, gateway, keys, mailbox, silent

pytestmark = pytest.mark.django_db
Reach = Callable[..., None]


def test_it_works(there: Office, desk: Desk, wants: Wants, reach: Reach) -> None:
    with gateway() as hook:
        reach(hook)
        channel = wants("water", Kind.WEBHOOK, hook.url)
        dispatched(desk)
        done = round_at(2)
        assert (done.told.messages, done.sent, done.waiting, done.dead) == (2, 1, 0, 0)
        got = hook.got[0]
        body = json.loads(got.body)
        # Signed over time and body, and nothing in it that says who.
        signed = got.headers["X-Luoshi-Timestamp"].encode() + b"." + got.body
        expected = hmac.new(unseal(channel.sealed).secret.encode(), signed, hashlib.sha256).hexdigest()
        assert got.headers["X-Luoshi-Signature"] == f"sha256={expected}"
        assert got.headers["Idempotency-Key"] == body["id"] == Delivery.unguarded.get().key
        said = body["messages"][0]
        assert set(said) == {"number", "verb", "name", "sequence", "link", "occurred_at", "recorded_at", "due"}
        assert (said["verb"], said["name"], said["due"]) == ("dispatch", "交办", "2026-12-31")
        assert said["link"] == f"https://luoshi.example/items/{desk.item}/"
        assert desk.row.words not in got.body.decode() and "water" not in got.body.decode()


# What a gateway answers in turn, and what is sent how often.
LIES: list[tuple[str, list[Any], str, int]] = [
    ("fails, then takes it", [500, 503, 200], State.SENT, 3),
    ("takes it and says 500", [500, 200], State.SENT, 2),
    ("hangs, then takes it", [HANG, 200], State.SENT, 2),
    ("is busy, then takes it", [429, 200], State.SENT, 2),
    ("says no for good", [404, 200], State.DEAD, 1),
    ("sends elsewhere", [(302, b"http://127.0.0.1:1/")], State.DEAD, 1),
    ("fails for ever", [500], State.DEAD, len(AGAIN) + 1),
]


@pytest.mark.parametrize(("name", "answers", "state", "times"), LIES, ids=[each[0] for each in LIES])
def test_a_gateway_that(
    name: str,
    answers: list[Any],
    state: str,
    times: int,
    there: Office,
    desk: Desk,
    wants: Wants,
    reach: Reach,
    request: pytest.FixtureRequest,
) -> None:
    if HANG in answers:
        request.getfixturevalue("hasty")
    with gateway(*answers) as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        dispatched(desk)
        rounds(2)
        assert states() == [state]
        assert len(hook.got) == times
        # Whoever counts by the key has it once, and the body is the same each time.
        assert len(set(keys(hook.got))) == 1 and len({each.body for each in hook.got}) == 1
        assert (Delivery.unguarded.get().error == "") is (state == State.SENT)


# What an SMTP server says to the message, in turn.
MAILS: list[tuple[list[Any], str, int]] = [
    ([None], State.SENT, 1),
    (["451 greylisted, come again", None], State.SENT, 2),
    (["554 no", None], State.DEAD, 1),
    ([HANG, None], State.SENT, 2),
]


@pytest.mark.parametrize(("says", "state", "times"), MAILS)
def test_mail(
    says: list[Any],
    state: str,
    times: int,
    there: Office,
    desk: Desk,
    wants: Wants,
    reach: Reach,
    request: pytest.FixtureRequest,
) -> None:
    if HANG in says:
        request.getfixturevalue("hasty")
    with mailbox(*says) as box:
        reach(mail=box)
        wants("water", Kind.MAIL, "clerk@example.gov.cn")
        dispatched(desk)
        rounds(2)
        assert states() == [state] and len(box.got) == times
        key = Delivery.unguarded.get().key
        assert {got["Message-ID"] for got in box.got} == {f"<{key}@example.gov.cn>"}
        assert box.got[0]["To"] == "clerk@example.gov.cn"
        text = box.got[0].get_payload(decode=True).decode()  # type: ignore[union-attr]
        assert desk.row.number in text and "交办" in text and f"/items/{desk.item}/" in text
        assert desk.row.words not in text


def test_a_mail_server_that_never_says_a_word(
    there: Office, desk: Desk, wants: Wants, reach: Reach, hasty: None
) -> None:
    with silent() as port:
        reach(mail=port)
        wants("water", Kind.MAIL, "clerk@example.gov.cn")
        dispatched(desk)
        assert round_at(2).waiting == 1
        assert Delivery.unguarded.get().error == "timeout"


PLUGINS = {
    Kind.DINGTALK: (dingtalk.NotifyDingTalk, "access_token={token}", b'{"errcode":0}', b'{"errcode":310000}'),
    Kind.WECOM: (wecombot.NotifyWeComBot, "key={key}", b'{"errcode":0}', b'{"errcode":93000}'),
    Kind.FEISHU: (feishu.NotifyFeishu, "{token}", b'{"code":0}', b'{"code":19001}'),
}


@pytest.mark.parametrize("kind", PLUGINS)
def test_robots(
    kind: Kind, there: Office, desk: Desk, wants: Wants, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They answer 200 to what they do not take; the answer is read."""
    plugin, query, well, unwell = PLUGINS[kind]
    busy = b'{"errcode":-1,"code":11232}'
    with gateway((200, busy), (200, b"<html>sign in</html>"), (200, well), (200, unwell)) as hook:
        reach(hook)
        monkeypatch.setattr(plugin, "notify_url", f"{hook.url}?{query}")
        wants("water", kind, "abcdef0123456789")
        dispatched(desk)
        rounds(2)
        assert states() == [State.SENT] and len(hook.got) == 3
        # A service that knows no key: the same mark at each try, so that who reads it twice knows.
        mark = f"〔{Delivery.unguarded.get().key[: robots.MARK]}〕"
        assert all(mark in json.dumps(json.loads(got.body), ensure_ascii=False) for got in hook.got)
        assert hook.got[0].path == "/hook?" + query.format(token="abcdef0123456789", key="abcdef0123456789")
        assert desk.row.number in json.dumps(json.loads(hook.got[0].body), ensure_ascii=False)
        desk.act("city", "remind", note="请抓紧")
        rounds(9)
        # A robot that says no for good, in an answer of 200.
        assert states() == [State.SENT, State.DEAD] and Delivery.unguarded.latest("pk").error == "said_no"


def test_a_robot_with_a_secret_signs_as_its_service_checks(
    there: Office, desk: Desk, wants: Wants, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gateway((200, b'{"errcode":0}')) as hook:
        reach(hook)
        monkeypatch.setattr(dingtalk.NotifyDingTalk, "notify_url", f"{hook.url}?access_token={{token}}")
        wants("water", Kind.DINGTALK, "abcdef0123456789", secret="SECabcdef")
        dispatched(desk)
        assert round_at(2).sent == 1
        asked = {name: values[0] for name, values in parse_qs(urlsplit(hook.got[0].path).query).items()}
        words = f"{asked['timestamp']}\nSECabcdef".encode()
        assert asked["sign"] == base64.b64encode(hmac.new(b"SECabcdef", words, hashlib.sha256).digest()).decode()


def test_a_robot_is_reached_at_its_service_and_nowhere_else(
    there: Office, desk: Desk, wants: Wants, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gateway((200, b'{"errcode":0}')) as hook:
        reach()
        monkeypatch.setattr(wecombot.NotifyWeComBot, "notify_url", f"{hook.url}?key={{key}}")
        wants("water", Kind.WECOM, "abcdef0123456789")
        dispatched(desk)
        rounds(2)
        assert hook.got == [] and Delivery.unguarded.get().error in ("host", "scheme")


def test_what_was_allowed_and_is_no_more_is_refused_when_it_is_sent(
    there: Office, desk: Desk, wants: Wants, reach: Reach
) -> None:
    with gateway() as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        dispatched(desk)
        reach()
        assert round_at(2).dead == 1
        assert (hook.got, Delivery.unguarded.get().error) == ([], "host")
