"""Many letters to real servers: their order, whom they hold up, digests, what is left alone, what is left behind."""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from luoshi.delivery import claiming, running
from luoshi.delivery.fanning import fan_out
from luoshi.delivery.lanes import ALONE, FAILURES, Circuits
from luoshi.delivery.models import Delivery, Kind
from luoshi.delivery.running import deliver
from tests.ledger.office import Desk, Office, at, opened

from .conftest import AT_ONCE, Wants
from .rounds import State, dispatched, round_at, rounds, states
from .servers import HANG, gateway, keys

pytestmark = pytest.mark.django_db
Reach = Callable[..., None]


def test_it_works(there: Office, desk: Desk, wants: Wants, reach: Reach) -> None:
    """A later message of an item waits, and that of another does not."""
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


def test_what_becomes_due_while_one_hangs_goes_out_meanwhile(
    there: Office, wants: Wants, reach: Reach, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than one claim takes, and what happens while the round is under way: none of it waits for a server of others."""
    monkeypatch.setattr(claiming, "CLAIM", 2)
    monkeypatch.setattr(running, "MEANWHILE", 0.1)
    with gateway(HANG) as stuck, gateway() as well:
        reach(stuck, well)
        wants("water", Kind.WEBHOOK, stuck.url)
        desks = [dispatched(opened(there)) for _ in range(FAILURES)]
        fan_out(at(1))
        # Due before those of the other, they are claimed first.
        wants("water_head", Kind.WEBHOOK, well.url)
        hung = []

        def now() -> datetime.datetime:
            if stuck.got and desks:
                hung.append(len(stuck.got))
                desks.pop().act("city", "remind", note="请抓紧")
            return at(2)

        done = deliver(now)
        assert max(hung) < FAILURES and (len(well.got), done.sent) == (FAILURES, FAILURES)
        assert len(stuck.got) == FAILURES and done.waiting == 2 * FAILURES


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
