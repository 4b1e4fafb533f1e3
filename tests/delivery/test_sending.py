"""Real servers that fail, hang and lie: every message arrives once for its reader, in order, and nobody waits for others."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from apprise.plugins import dingtalk, feishu, wecombot
from django.db import OperationalError

from luoshi.delivery import claiming, running, transport
from luoshi.delivery.fanning import fan_out
from luoshi.delivery.lanes import ALONE, FAILURES, Circuits
from luoshi.delivery.models import Delivery, Kind
from luoshi.delivery.running import Counts, deliver
from luoshi.delivery.sealing import unseal
from luoshi.delivery.sending import mail
from luoshi.delivery.timing import AGAIN
from tests.ledger.office import Desk, Office, at, opened

from .conftest import AT_ONCE, Wants
from .servers import HANG, gateway, keys, mailbox, silent

pytestmark = pytest.mark.django_db
Reach = Callable[..., None]
State = Delivery.State


# A server that hangs is left sooner than in an office, and later than a busy machine needs for one that answers.
SHORT = 2.0


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests with servers that hang."""
    monkeypatch.setattr(transport.post, "__defaults__", (SHORT,))
    monkeypatch.setattr(mail, "SECONDS", SHORT)


def dispatched(desk: Desk) -> Desk:
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    return desk


def round_at(hours: float, circuits: Circuits | None = None) -> Counts:
    return deliver(lambda: at(hours), circuits)


def rounds(hours: float, most: int = len(AGAIN) + 2) -> None:
    """Rounds at the time of each next try, until nothing waits."""
    moment = at(hours)
    for _ in range(most):
        deliver(lambda moment=moment: moment)  # type: ignore[misc]
        waiting = Delivery.unguarded.filter(state=State.WAITING).order_by("due_at").first()
        if waiting is None:
            return
        moment = max(waiting.due_at, moment)


def states() -> list[str]:
    return list(Delivery.unguarded.order_by("pk").values_list("state", flat=True))


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


def test_a_later_message_of_an_item_waits_and_that_of_another_does_not(
    there: Office, desk: Desk, wants: Wants, reach: Reach
) -> None:
    with gateway(500, 200) as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        dispatched(desk)
        round_at(1.5)
        desk.act("city", "remind", note="请抓紧")
        other = dispatched(opened(there))
        deliver(lambda: at(1.51))
        # The first failed and is not due yet: the second of the same item waits, the other item goes.
        assert [json.loads(got.body)["messages"][0]["verb"] for got in hook.got] == ["dispatch", "dispatch"]
        assert str(other.item) in hook.got[1].body.decode()
        rounds(1.6)
        mine = [got for got in hook.got if str(desk.item).encode() in got.body]
        assert [json.loads(got.body)["messages"][0]["verb"] for got in mine] == ["dispatch", "dispatch", "remind"]
        assert set(states()) == {State.SENT}


def test_channels_that_wait_do_not_keep_others_from_their_turn(
    there: Office, desk: Desk, wants: Wants, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is due of a channel may wait for what was tried and is not due: then it is the turn of the next."""
    monkeypatch.setattr(claiming, "CHANNELS", 1)
    with gateway(500) as down, gateway() as well:
        reach(down, well)
        wants("water", Kind.WEBHOOK, down.url)
        wants("water_head", Kind.WEBHOOK, well.url)
        dispatched(desk)
        round_at(1.5)
        desk.act("city", "remind", note="请抓紧")
        deliver(lambda: at(1.51))
        assert (len(down.got), len(well.got)) == (1, 2)


def test_a_dead_message_does_not_block_the_next(there: Office, desk: Desk, wants: Wants, reach: Reach) -> None:
    with gateway(404, 200) as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        dispatched(desk)
        round_at(2)
        desk.act("city", "remind", note="请抓紧")
        round_at(4)
        assert states() == [State.DEAD, State.SENT]


def test_one_that_hangs_holds_up_nobody(there: Office, wants: Wants, reach: Reach, hasty: None) -> None:
    """Many letters to a server that hangs, and as many to one that does not: these arrive while the first still hangs."""
    hung: list[int] = []
    with gateway(HANG) as stuck, gateway() as well:
        reach(stuck, well)
        wants("water", Kind.WEBHOOK, stuck.url)
        wants("water_head", Kind.WEBHOOK, well.url)
        for _ in range(FAILURES + 2):
            dispatched(opened(there))
        real = well.next

        def noting(got: Any) -> tuple[int, bytes]:
            hung.append(len(stuck.got))
            return real(got)

        well.next = noting  # type: ignore[method-assign]
        done = round_at(2)
        assert done.sent == FAILURES + 2 == len(well.got)
        assert max(hung) < FAILURES
        # Left alone after some failures: the others were not even tried, and are none the worse for it.
        assert len(stuck.got) == FAILURES
        assert sorted(Delivery.unguarded.filter(state=State.WAITING).values_list("attempts", flat=True)) == [
            *[0] * 2,
            *[1] * FAILURES,
        ]


def test_a_server_that_was_left_alone_is_tried_again(there: Office, wants: Wants, reach: Reach) -> None:
    circuits = Circuits()
    with gateway(500, 500, 500, 200) as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        for _ in range(5):
            dispatched(opened(there))
        deliver(lambda: at(2), circuits)
        assert len(hook.got) == FAILURES
        later = at(2) + ALONE + datetime.timedelta(seconds=1)
        assert deliver(lambda: later, circuits).sent == 5
        assert len({got.headers["Idempotency-Key"] for got in hook.got}) == 5


def test_quiet_hours_hold_back_and_a_digest_gathers(there: Office, desk: Desk, wants: Wants, reach: Reach) -> None:
    quiet = AT_ONCE._replace(quiet_from=datetime.time(10), quiet_to=datetime.time(14))
    with gateway() as hook, gateway(500, 200) as daily:
        reach(hook, daily)
        wants("water", Kind.WEBHOOK, hook.url, quiet)
        wants("water_head", Kind.WEBHOOK, daily.url, AT_ONCE._replace(daily=True, digest_at=datetime.time(16)))
        dispatched(desk)
        desk.act("city", "remind", note="请抓紧")
        assert round_at(3).waiting == 4
        assert (hook.got, daily.got) == ([], [])
        round_at(4)
        assert len(hook.got) == 2
        # At four in the afternoon all in one letter; what happens after its first try is not put into it.
        round_at(6)
        desk.hours = 6
        desk.act("city", "remind", note="再请抓紧")
        rounds(7.5)
        first, again, later = (json.loads(got.body) for got in daily.got)
        assert first == again and [each["verb"] for each in first["messages"]] == ["dispatch", "remind"]
        assert len(later["messages"]) == 1 and later["id"] != first["id"]
        assert set(states()) == {State.SENT}


def test_a_digest_is_one_letter_however_much_there_is(
    there: Office, wants: Wants, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At half past eight the digests of all are due at the same moment, their messages in a mix."""
    monkeypatch.setattr(claiming, "CLAIM", 3)
    daily = AT_ONCE._replace(daily=True, digest_at=datetime.time(16))
    with gateway() as first, gateway() as second:
        reach(first, second)
        wants("water", Kind.WEBHOOK, first.url, daily)
        wants("water_head", Kind.WEBHOOK, second.url, daily)
        for _ in range(5):
            dispatched(opened(there))
        round_at(2)
        assert round_at(7).sent == 10
        for hook in (first, second):
            assert [len(json.loads(got.body)["messages"]) for got in hook.got] == [5]


def test_switched_off_people_and_channels_are_sent_nothing(
    there: Office, desk: Desk, wants: Wants, reach: Reach
) -> None:
    with gateway() as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        wants("water_head", Kind.WEBHOOK, hook.url)
        dispatched(desk)
        fan_out(at(1))
        type(there["water"]).unguarded.filter(pk=there["water"].pk).update(is_active=False)
        round_at(2)
        assert sorted(states()) == [State.DROPPED, State.SENT] and len(hook.got) == 1


def test_a_database_that_is_gone_in_the_middle_leaves_no_lane_behind(
    there: Office, wants: Wants, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("the connection is closed")

    with gateway() as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        for _ in range(3):
            dispatched(opened(there))
        with monkeypatch.context() as patch, pytest.raises(OperationalError) as kept:
            patch.setattr(running, "settle", gone)
            round_at(2)
        # While the fault, and with it where it was raised, is still at hand.
        assert kept.value and not [t for t in threading.enumerate() if t.name.startswith("luoshi-lane")]
        assert len(hook.got) == 1 and states() == [State.WAITING] * 3
        deliver(lambda: at(2) + claiming.LEASE)
        assert states() == [State.SENT] * 3 and len(set(keys(hook.got))) == 3 and len(hook.got) == 4


def test_a_gateway_hears_of_two_readers_apart(there: Office, desk: Desk, wants: Wants, reach: Reach) -> None:
    with gateway() as hook:
        reach(hook)
        for name in ("water", "water_head"):
            wants(name, Kind.WEBHOOK, hook.url)
        dispatched(desk)
        round_at(2)
        assert len(set(keys(hook.got))) == 2
