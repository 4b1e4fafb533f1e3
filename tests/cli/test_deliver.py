"""`luoshi deliver`: what it says, its exit status, and that it goes on until it is stopped."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import OperationalError
from typer.testing import CliRunner

from luoshi.cli import deliver
from luoshi.cli.app import app
from luoshi.delivery.actions import Choice, choose
from luoshi.delivery.models import Message
from luoshi.delivery.timing import Wishes
from tests.delivery.servers import gateway
from tests.ledger.office import NOW, Desk, Office, office, opened

pytestmark = pytest.mark.django_db
LATER = "2026-11-22T12:00+08:00"


@pytest.fixture
def there(settings: Any) -> Office:
    settings.LUOSHI_CHANNELS, settings.LUOSHI_WEBHOOK_SCHEMES = ("webhook",), ("http",)
    return office()


@pytest.fixture
def desk(there: Office) -> Desk:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", supports=["A1b:civil"], due="2026-12-31")
    return desk


def run(*arguments: str) -> tuple[int, str]:
    """Exit status, and what is told."""
    answer = CliRunner().invoke(app, ["deliver", *arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    assert answer.stdout == ""
    return answer.exit_code, answer.stderr.strip()


def test_it_works(desk: Desk) -> None:
    told = "luoshi: 2 notices, 2 messages, 1 notices that nobody holds a post for, 0 waiting"
    assert run("--now", LATER) == (0, told)
    assert run("--now", LATER) == (0, "")
    assert Message.unguarded.count() == 2


def test_what_is_given_up_is_told(desk: Desk, settings: Any) -> None:
    with gateway(404) as hook:
        settings.LUOSHI_WEBHOOK_HOSTS = (hook.host,)
        wishes = Wishes(False, datetime.time(8), None, None)
        choose(desk.office["water"], "webhook", Choice(True, hook.url, "", wishes), NOW)
        status, told = run("--now", LATER)
        assert status == 1 and told.endswith("1 given up, 0 waiting")
        assert "127.0.0.1" not in told


def test_what_waits_is_told_once_and_not_every_round(desk: Desk, settings: Any) -> None:
    settings.LUOSHI_WEBHOOK_HOSTS = ("127.0.0.1:9000",)
    quiet = Wishes(False, datetime.time(8), datetime.time(10), datetime.time(14))
    choose(desk.office["water"], "webhook", Choice(True, "http://127.0.0.1:9000/", "", quiet), NOW)
    assert run("--now", LATER)[1].endswith("1 waiting")
    assert run("--now", LATER) == (0, "")


@pytest.mark.parametrize(("said", "told"), [("noon", "is no moment"), ("2026-13-01", "is no moment")])
def test_a_moment_that_is_none(said: str, told: str, there: Office) -> None:
    status, line = run("--now", said)
    assert status == 2 and told in line and "\n" not in line


def test_a_moment_and_a_loop_do_not_go_together(there: Office) -> None:
    assert run("--now", LATER, "--loop")[0] == 2


def test_it_goes_on_past_a_database_that_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rounds: one finds work, in one the database is busy, in one somebody stops it."""
    real, rounds = deliver._round, []

    def one(*arguments: Any) -> int:
        rounds.append(1)
        if len(rounds) == 2:
            raise OperationalError("database is locked")
        if len(rounds) == 3:
            raise SystemExit(0)
        return real(*arguments)

    monkeypatch.setattr(deliver, "_round", one)
    monkeypatch.setattr(deliver, "ROUND", 0.0)
    # A test's own connection is not to be closed.
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    status, told = run("--loop")
    assert status == 0 and len(rounds) == 3
    assert "messages" in told and "the database does not answer: database is locked" in told
