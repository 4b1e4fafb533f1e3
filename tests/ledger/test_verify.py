"""verify: green over what the door wrote, a named fault and no crash over garbage, roots and exported files compared."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luoshi.ledger.carrying.exporting import export
from luoshi.ledger.chain.sealing import RootLine
from luoshi.ledger.models import Leaf, Root, Text
from luoshi.ledger.proving.nouns import Counts
from luoshi.ledger.proving.replaying import differing
from luoshi.ledger.proving.sealing import NotOver, line_of, seal
from luoshi.ledger.proving.verify import faults

from . import attacks
from .attacks import day_after, run, update
from .sealed import DAY, LATER, SQLITE, Ledger, codes, looked, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(settings: Any, tmp_path: Path) -> Ledger:
    settings.MEDIA_ROOT = tmp_path
    return sealed()


def test_it_works(ledger: Ledger) -> None:
    report = looked(ledger.exported)
    assert report.green and report.more == 0, [str(fault) for fault in report.faults]
    assert report.counts == {"items": 4, "events": 12, "texts": 5, "files": 1, "series": 2, "roots": 1, "leaves": 11}


def test_a_trigger_that_is_gone_is_a_fault(ledger: Ledger) -> None:
    name = "ledger_event_update"
    run(f"DROP TRIGGER {name}" + ("" if SQLITE else " ON ledger_event"))
    report = looked()
    assert codes(report) == {"trigger"} and name in str(report.faults[0])


GARBAGE = [
    ("""UPDATE ledger_event SET payload = replace(payload, '"fields": {', '"fields": {"lead": "x", ')""", "spelling"),
    ("UPDATE ledger_event SET payload = ' ' || payload WHERE sequence = 3", "spelling"),
    ("UPDATE ledger_event SET payload = '{' WHERE sequence = 3", "spelling"),
    ("UPDATE ledger_event SET payload = '[]' WHERE sequence = 3", "spelling"),
    ("UPDATE ledger_event SET payload = '{}' WHERE sequence = 3", "changed"),
    ("""UPDATE ledger_event SET payload = '{"fields": {"due": 1.5}}' WHERE sequence = 2""", "unhashable"),
    ("UPDATE ledger_event SET payload = x'00ff' WHERE sequence = 3", "unreadable"),
    ("UPDATE ledger_event SET recorded_at = 'yesterday' WHERE sequence = 3", "unreadable"),
    ("UPDATE ledger_event SET algorithm = 'md5' WHERE sequence = 3", "unhashable"),
    ("UPDATE ledger_event SET playbook = 'nobody' WHERE sequence = 2", "no_replay"),
    ("UPDATE ledger_event SET id = 'x' WHERE sequence = 5", "unreadable"),
    ("UPDATE ledger_event SET hash = 'x' WHERE sequence = 1", "root_hash"),
    ("UPDATE ledger_item SET facts = 'x'", "row"),
    ("UPDATE ledger_item SET quotation = '[1]'", "unreadable"),
    ("UPDATE ledger_text SET salt = 'x'", "unreadable"),
    ("UPDATE ledger_root SET algorithm = 'md5'", "root_seal"),
    ("UPDATE ledger_root SET day = 'x'", "unreadable"),
    ("UPDATE ledger_series SET last = 'x'", "unreadable"),
]


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL keeps no spelling, and no garbage")
def test_garbage_is_a_fault_and_no_crash(ledger: Ledger) -> None:
    missed = {}
    for statement, expected in GARBAGE:
        with attacks.undone():
            with attacks.attack():
                run(statement)
            report = looked(ledger.exported)
        if expected not in codes(report):
            missed[statement] = codes(report)
        assert all("\n" not in str(fault) for fault in report.faults)
    assert missed == {}


def changed(line: str, **fields: Any) -> str:
    """A line with other fields and the old seal."""
    return json.dumps({**json.loads(line), **fields})


def forged(line: str, **fields: Any) -> str:
    """A line with other fields, sealed anew."""
    said = {name: value for name, value in json.loads(line).items() if name != "seal"}
    return RootLine(**{**said, **fields}).spelled()


LINES: list[tuple[Callable[[str], str], str]] = [
    (lambda line: changed(line, size=12), "line 1 of roots.jsonl was changed"),
    (lambda line: changed(line, size="12"), "line 1 of roots.jsonl is no root: size should be otherwise"),
    (lambda line: changed(line, size=True), "line 1 of roots.jsonl is no root: size should be otherwise"),
    (lambda line: changed(line, more=1), "line 1 of roots.jsonl is no root; it should hold number"),
    (lambda line: changed(line, algorithm="md5"), "none of the algorithms"),
    (lambda line: line[:-2], "line 1 of roots.jsonl is no line of JSON"),
    (lambda line: "[" * 100_000, "line 1 of roots.jsonl is no line of JSON"),
    (lambda line: forged(line, hash="ab" * 32), "(line 1 of roots.jsonl): hash"),
    (lambda line: forged(line, number=7), "2026-11-22 (line 1 of roots.jsonl) is not there"),
    (lambda line: f"{line}\n{forged(line, number=2)}", "line 2 of roots.jsonl does not hold"),
]


def test_a_forged_file_is_told(ledger: Ledger) -> None:
    for change, words in LINES:
        report = looked(change(ledger.exported[0]).split("\n"))
        assert words in " ".join(str(fault) for fault in report.faults)
    assert looked(["", *ledger.exported, ""]).green


def test_one_item_is_verified_by_itself(ledger: Ledger) -> None:
    row = ledger.desks[0].row
    assert looked(item=row).counts == {"items": 1, "events": 5, "texts": 3, "files": 1}
    with attacks.undone():
        with attacks.attack():
            update("ledger_event", ledger.item(0), 3, actor="999")
        assert looked(item=ledger.desks[1].row).green
        assert [str(fault) for fault in looked(item=row).faults] == [
            f"{row.number} 3: the event was changed: its content is not what its hash is of"
        ]


def test_a_day_is_sealed_once_and_when_it_is_over(ledger: Ledger) -> None:
    assert seal(DAY, LATER) is None
    with pytest.raises(NotOver, match="from 2026-11-24 00:10 on"):
        seal(DAY + datetime.timedelta(1), day_after(DAY + datetime.timedelta(1), 0.1))
    second, third = ledger.seal(1), ledger.seal(2)
    assert (second.size, third.size) == (0, 1)
    assert (second.previous, third.previous) == (Root.objects.get(number=1).seal, second.seal)
    report = looked([line_of(root).spelled() for root in Root.objects.all()])
    assert report.green and report.counts["leaves"] == 12 == Leaf.objects.count()


def test_more_faults_than_a_report_holds_are_counted(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.ledger.proving.verify.KEPT", 2)
    with attacks.undone():
        with attacks.attack():
            run("UPDATE ledger_text SET words = 'x'")
        report = looked()
    assert (len(report.faults), report.more, Text.unguarded.count()) == (2, 3, 5)


def test_progress_is_told(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.ledger.proving.nouns.STEP", 5)
    told: list[tuple[str, int]] = []
    looked(progress=lambda what, many: told.append((what, many)))
    assert ("events", 5) in told and ("events", 10) in told


@pytest.mark.django_db(transaction=True)
def test_outside_of_transactions_all_is_read_in_one_view(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ledger = sealed()
    found = faults(LATER, Counts())
    assert next(found, None) is None and looked(ledger.exported, bytes_too=True).green
    lines = export()
    assert '"kind":"ledger"' in next(lines)
    lines.close()  # stopped half-way, the view is left
    assert list(differing(LATER, Counts())) == []
    assert not connection.in_atomic_block
    ledger.desks[1].hours = 50
    ledger.desks[1].act("water", "report", progress="已完成六成")
    ledger.seal(2)
    assert looked(ledger.exported).counts["leaves"] == 13
