"""Several processes take in the same files at the same moment: one report each, one work for reprints."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.documents.actions import How
from luoshi.documents.works import one_at_a_time

from .made import FLOOD, FLOOD_AGAIN, SCHOOL, taken

AT_ONCE = 3
# Each process begins a round with another of them: the same bytes, and reprints, at the same moment.
TEXTS = tuple(text + f"\n附件{number}\n" for number in range(3) for text in (FLOOD, FLOOD_AGAIN, SCHOOL))

Told = tuple[int, str, int, int]


def database(folder: Path) -> str:
    """What other processes call the test's database; one that lies in memory is copied into a file."""
    if connection.vendor == "postgresql":
        return str(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "copy.sqlite3")])
    return str(folder / "copy.sqlite3")


def process(number: int, name: str, begin: Any, told: Any) -> None:
    """Take in every text, each together with the others; the connection of the parent is left as it is."""
    kept, connection.connection = connection.connection, None
    connection.settings_dict["NAME"] = name
    connection.in_atomic_block = False
    done: list[Told] = []
    for turn in range(len(TEXTS)):
        text = (turn + 3 * number) % len(TEXTS) if turn % 2 else turn
        begin.wait(60)
        done.append(_told(text))
    told.put(done)
    assert kept is not None


def _told(text: int) -> Told:
    done = taken(TEXTS[text], f"{text}.txt")
    return text, done.how, done.report.pk, done.report.work_id


@pytest.mark.django_db(transaction=True)
def test_it_works(tmp_path: Path) -> None:
    taken("会议强调，要压实责任。")  # the lexicon is loaded before the processes part
    fork = multiprocessing.get_context("fork")
    begin, told, name = fork.Barrier(AT_ONCE), fork.Queue(), database(tmp_path)
    running = [fork.Process(target=process, args=(number, name, begin, told)) for number in range(AT_ONCE)]
    for each in running:
        each.start()
    all_told: list[Told] = [line for _ in running for line in told.get(timeout=60)]
    for each in running:
        each.join(60)
    assert {each.exitcode for each in running} == {0}
    # A text has the same number in every process, and one of them brought it.
    met = {text for text, *_ in all_told}
    assert len({(text, report) for text, _, report, _ in all_told}) == len({r for _, _, r, _ in all_told}) == len(met)
    hows = Counter(how for _, how, _, _ in all_told)
    assert hows[How.NEW] + hows[How.REPRINT] == len(met)
    assert hows[How.NEW] == len({work for *_, work in all_told}) == 2


@pytest.mark.django_db
def test_on_postgresql_a_lock_makes_them_wait() -> None:
    with CaptureQueriesContext(connection) as asked:
        one_at_a_time()
    assert len(asked) == (connection.vendor == "postgresql")
