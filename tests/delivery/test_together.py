"""Several `luoshi deliver` at once, and such as are killed: each letter once, none lost, the order of an item kept."""

from __future__ import annotations

import datetime
import json
import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luoshi.delivery.claiming import LEASE, Outcome, claim, settle
from luoshi.delivery.fanning import fan_out
from luoshi.delivery.models import Delivery, Kind, Message
from luoshi.delivery.running import deliver
from tests.documents.test_together import database
from tests.ledger.office import Office, at, opened

from .conftest import Wants
from .servers import Gateway, Got, gateway

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 3
ITEMS = 8
# Each item is dispatched and reminded of: two letters for each of two readers.
LETTERS = ITEMS * 2 * 2
State = Delivery.State


def work(name: str, moment: datetime.datetime) -> None:
    """A process of its own: the connection of the parent is left as it is."""
    kept, connection.connection = connection.connection, None
    connection.settings_dict["NAME"] = name
    connection.in_atomic_block = False
    deliver(lambda: moment)
    assert kept is not None
    os._exit(0)


def yard(office: Office, wants: Wants, hook: Gateway) -> None:
    """Work that nobody was told of yet."""
    for name in ("water", "water_head"):
        wants(name, Kind.WEBHOOK, hook.url)
    for _ in range(ITEMS):
        desk = opened(office)
        desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
        desk.act("city", "remind", note="请抓紧")


def started(name: str, hours: float) -> Any:
    process = multiprocessing.get_context("fork").Process(target=work, args=(name, at(hours)))
    process.start()
    return process


def in_order(got: list[Got]) -> bool:
    """Whether each reader heard of each item in its order, the first time each."""
    heard: dict[tuple[str, str], list[int]] = {}
    seen = set()
    for each in got:
        body = json.loads(each.body)
        message, key = body["messages"][0], body["id"]
        if key not in seen:
            seen.add(key)
            heard.setdefault((each.path, message["number"]), []).append(message["sequence"])
    return all(sequences == sorted(sequences) for sequences in heard.values())


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway takes as long as one does, so that processes meet."""
    real = Gateway.next

    def slowly(self: Gateway, got: Got) -> tuple[int, bytes]:
        time.sleep(0.02)
        return real(self, got)

    monkeypatch.setattr(Gateway, "next", slowly)


def test_it_works(there: Office, wants: Wants, reach: Any, slow: None, tmp_path: Path) -> None:
    with gateway() as hook:
        reach(hook)
        yard(there, wants, hook)
        name = database(tmp_path)
        running = [started(name, 3) for _ in range(AT_ONCE)]
        for process in running:
            process.join(60)
        assert [process.exitcode for process in running] == [0] * AT_ONCE
        keys = [json.loads(got.body)["id"] for got in hook.got]
        assert len(keys) == LETTERS == len(set(keys))
        assert in_order(hook.got)


def test_killed_and_run_again_nothing_is_lost(
    there: Office, wants: Wants, reach: Any, slow: None, tmp_path: Path
) -> None:
    with gateway() as hook:
        reach(hook)
        yard(there, wants, hook)
        name, hours = database(tmp_path), 3.0
        for turn in range(6):
            process = started(name, hours)
            time.sleep(0.15 + 0.07 * turn)
            if process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
            process.join(60)
            # What was leased to the dead is free after its time.
            hours += LEASE.total_seconds() / 3600 + 0.01
        last = started(name, hours)
        last.join(60)
        assert last.exitcode == 0
        keys = [json.loads(got.body)["id"] for got in hook.got]
        assert len(set(keys)) == LETTERS
        # Of each killed process one letter at most was on its way to the server, or not yet written down.
        assert len(keys) - LETTERS <= 6
        assert in_order(hook.got)


def test_a_process_that_lost_its_lease_changes_nothing_but_that_it_was_sent(
    there: Office, wants: Wants, reach: Any
) -> None:
    with gateway() as hook:
        reach(hook)
        wants("water", Kind.WEBHOOK, hook.url)
        desk = opened(there)
        desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
        fan_out(at(2))
        first, letters = claim(at(2))
        assert claim(at(2))[1] == []
        second, again = claim(at(2) + LEASE)
        assert (len(letters), len(again)) == (1, 1) and letters[0].key == again[0].key
        settle(first, letters[0], Outcome("server"), at(2))
        assert Delivery.unguarded.get().lease == second
        settle(first, letters[0], Outcome(), at(2))
        assert Delivery.unguarded.get().state == State.SENT
        settle(second, again[0], Outcome("server", lasting=True), at(2))
        assert Delivery.unguarded.get().state == State.SENT and Message.unguarded.count() == 2
