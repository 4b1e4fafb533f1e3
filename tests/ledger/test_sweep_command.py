"""`luoshi sweep`: what it prints and by which status it ends."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from luoshi.cli import sweep as command
from luoshi.cli.app import app
from luoshi.ledger.models import Event, Item
from luoshi.ledger.sweep import Swept

from .office import Office, counts, in_hand

pytestmark = pytest.mark.django_db
# After the due date of the items made here: New Year's Day is a Friday, so that it is the day of the first step.
LATER = datetime.datetime.fromisoformat("2027-01-04T10:00+08:00")


@pytest.fixture
def clock(there: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def said(*words: str) -> Result:
    return CliRunner().invoke(app, ["sweep", *words])


def test_it_works(there: Office, clock: None) -> None:
    in_hand(there), in_hand(there)
    answer = said()
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert answer.stderr == "luoshi: 2 items due: 2 steps made (2 remind), 4 notices\n"
    again = said()
    assert (again.exit_code, again.stderr) == (0, "luoshi: nothing is due: no step made\n")


def test_a_dry_run_prints_the_steps(there: Office, clock: None) -> None:
    number, before = in_hand(there).row.number, counts()
    answer = said("--dry-run")
    assert answer.stdout == f"{number}: due over: remind, 2 told\n"
    assert answer.stderr == "luoshi: 1 items due: 1 steps to be made (1 remind), 2 notices\n"
    ahead = said("--dry-run", "--now", "2027-02-01T09:00+08:00")
    assert ahead.exit_code == 0 and "due above: escalate" in ahead.stdout
    assert counts() == before


def test_a_moment_without_a_zone_is_china_s(there: Office, clock: None) -> None:
    in_hand(there)
    assert "nothing is due" in said("--now", "2026-12-28T08:59").stderr
    assert "1 steps made" in said("--now", "2026-12-28T09:00").stderr
    assert Event.unguarded.get(verb="remind").recorded_at.isoformat() == "2026-12-28T01:00:00+00:00"


REFUSED = {
    "ahead": (("--now", "2027-01-04T10:01"), "has not come yet"),
    "no moment": (("--now", "soon"), "soon"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_asked_wrongly_is_refused(there: Office, clock: None, case: str) -> None:
    words, says = REFUSED[case]
    in_hand(there)
    before, answer = counts(), said(*words)
    assert answer.exit_code == 2 and says in answer.stderr and counts() == before


def test_the_night(there: Office, clock: None) -> None:
    in_hand(there)
    before, answer = counts(), said("--now", "2027-01-03T23:00")
    assert (answer.exit_code, answer.stderr) == (0, "luoshi: nobody is reminded at night; 1 items are due\n")
    assert counts() == before


def test_the_night_that_falls_meanwhile(there: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the real clock a run leaves off at ten; one of a moment that was asked for comes to its end."""
    for _ in range(3):
        in_hand(there)
    evening = datetime.datetime.fromisoformat("2027-01-04T21:59+08:00")

    def clock() -> datetime.datetime:
        night = Event.unguarded.filter(verb="remind").exists()
        return evening + datetime.timedelta(minutes=night)

    monkeypatch.setattr("django.utils.timezone.now", clock)
    answer = said()
    assert answer.exit_code == 0
    assert answer.stderr == (
        "luoshi: nobody is reminded at night: left off after 1 of 3 items; the next run goes on\n"
        "luoshi: 1 items due: 1 steps made (1 remind), 2 notices\n"
    )
    assert "2 items are due" in said().stderr
    assert said("--now", "2027-01-04T21:59").stderr == "luoshi: 2 items due: 2 steps made (2 remind), 4 notices\n"


def test_what_is_refused_is_a_line_and_a_status(there: Office, clock: None) -> None:
    broken = in_hand(there).row
    in_hand(there)
    Item.unguarded.filter(pk=broken.pk).update(state="closed")
    answer = said()
    assert answer.exit_code == 1 and answer.stdout.startswith(f"{broken.number}: ") and answer.stdout.count("\n") == 1
    assert "2 items due: 1 steps made" in answer.stderr and "1 items were refused" in answer.stderr


def test_whom_there_is_nobody_for(there: Office, clock: None) -> None:
    from luoshi.places.models import Unit

    number = in_hand(there).row.number
    Unit.objects.filter(key="A1:water").update(until=LATER.date())
    assert f"no lead to tell of 1 steps, the first of {number}\n" in said().stderr


def test_stopped_it_says_how_far_it_came(there: Office, clock: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two items; what was done stays, the next run does the rest."""
    for _ in range(3):
        in_hand(there)
    monkeypatch.setattr(command, "Pace", stopping_after(2))
    answer = said()
    assert answer.exit_code == 130
    assert "stopped at 2 of 3 items" in answer.stderr and "2 steps made" in answer.stderr
    monkeypatch.undo()
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    assert "1 items due: 1 steps made" in said().stderr


def test_a_ledger_that_does_not_answer(there: Office, clock: None) -> None:
    """The table of events is not there: a line, how far it came, and status 2."""
    for _ in range(2):
        in_hand(there)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_notice RENAME TO ledger_notice_away")
    answer = said()
    assert answer.exit_code == 2 and "Traceback" not in answer.stderr, answer.stderr
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_notice_away RENAME TO ledger_notice")


def stopping_after(many: int) -> Any:
    """How far it is, with somebody who stops it after so many."""

    class Stopping(command.Pace):
        def one(self) -> None:
            super().one()
            if self.done == many:
                raise KeyboardInterrupt

    return Stopping


def test_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Elsewhere than in a terminal a line a minute."""
    pace = command.Pace(260)
    pace.terminal, pace.done = False, 58
    pace.one()
    pace.began, pace.said = pace.began - 60, pace.said - 60
    pace.one()
    pace.one()
    assert capsys.readouterr().err == "luoshi: 60 of 260 items, 1 a second, 200 s left\n"


def test_counts_do_not_grow_with_the_ledger() -> None:
    tally = command.Tally(dry=False)
    for n in range(1000):
        tally.add(Swept(f"{n}号"))
    assert tally.missed["early"] == 1000 and len(tally.first) == 0
