"""What owners of a database can do to the ledger by SQL, and what verify says of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from luoshi.calendar import current
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.actions.timed import timed
from luoshi.ledger.chain import event_hash
from luoshi.ledger.machine import replay
from luoshi.ledger.machine.tapes import as_json
from luoshi.ledger.models import Event, Item, Root, Series
from luoshi.ledger.proving.sealing import line_of
from luoshi.ledger.proving.words import WORDS

from . import attacks
from .attacks import of, run, update
from .checked import entries
from .office import NOW
from .sealed import DAY, LATER, SQLITE, Ledger, codes, looked, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(settings: Any, tmp_path: Path) -> Ledger:
    settings.MEDIA_ROOT = tmp_path
    return sealed()


def test_it_works(ledger: Ledger) -> None:
    with attacks.undone():
        with attacks.attack():
            run("DELETE FROM ledger_text")
        assert codes(looked()) == {"text_gone"}
    assert looked(ledger.exported).green


def payload(item: UUID, sequence: int, **changes: Any) -> None:
    """Change what an event says, without its hash."""
    whole = said(item, sequence)
    whole["fields"] |= changes
    update("ledger_event", item, sequence, payload=json.dumps(whole, ensure_ascii=False))


def drop_tail(ledger: Ledger) -> None:
    """Delete the last event of an item, which no root holds yet; its row stays."""
    item = ledger.item(2)
    run(
        "DELETE FROM ledger_notice WHERE event_id IN (SELECT id FROM ledger_event WHERE item_id = %s AND sequence = 2)",
        of("id", item),
    )
    run("DELETE FROM ledger_support WHERE item_id = %s", of("id", item))
    run("DELETE FROM ledger_event WHERE item_id = %s AND sequence = 2", of("id", item))


def tail_row_back(ledger: Ledger) -> None:
    """Of an event that a root holds: row, leaf and all."""
    item = ledger.item(0)
    gone = Event.unguarded.get(item=item, sequence=5)
    before = Event.unguarded.get(item=item, sequence=4)
    for table in ("leaf", "text", "notice"):
        run(f"DELETE FROM ledger_{table} WHERE event_id = %s", of("id", gone.pk))
    run("DELETE FROM ledger_evidence WHERE item_id = %s", of("id", item))
    run("DELETE FROM ledger_event WHERE id = %s", of("id", gone.pk))
    row = Item.unguarded.get(pk=item)
    row.counts.pop("ask_closure")
    row.state, row.kind, row.sequence, row.head = "in_hand", "open", 4, before.hash
    row.asked_by = row.asked_unit = ""
    state = replay(entries(item), playbooks())
    row.clocks = as_json(state.clocks)
    for name, value in timed(playbooks().of(state.playbook, state.version), state, current()).items():
        setattr(row, name, value)
    row.save()
    attacks.renumber(1)


def swap(ledger: Ledger) -> None:
    """Two events of an item change places."""
    item = ledger.item(0)
    for was, becomes in ((3, 99), (4, 3), (99, 4)):
        update("ledger_event", item, was, sequence=becomes)


def forget(which: int, *, recount: bool = False, renumber: bool = False) -> Callable[[Ledger], None]:
    """Delete an item with all its rows, and adapt the counter, and the root."""

    def attack(ledger: Ledger) -> None:
        series = Series.unguarded.get(items=ledger.item(which))
        attacks.forget(ledger.item(which))
        if recount:
            attacks.recount(series)
        if renumber:
            attacks.renumber(1)
            attacks.reroot(1)

    return attack


def replace(ledger: Ledger) -> None:
    """Another row in the place of an event."""
    columns = [field.column for field in Event._meta.concrete_fields]
    names, where = ", ".join(columns), "WHERE item_id = %s AND sequence = 3"
    other = ", ".join("'dispatch' AS verb" if name == "verb" else name for name in columns)
    item = of("id", ledger.item(0))
    if SQLITE:
        run(f"INSERT OR REPLACE INTO ledger_event ({names}) SELECT {other} FROM ledger_event {where}", item)
        return
    run(f"CREATE TEMP TABLE other ON COMMIT DROP AS SELECT {other} FROM ledger_event {where}", item)
    run(f"DELETE FROM ledger_event {where}", item)
    run(f"INSERT INTO ledger_event ({names}) SELECT {names} FROM other")


def rewrite(ledger: Ledger) -> None:
    """An item's whole chain computed anew, with its row, and its root."""
    attacks.rewrite(ledger.item(0), 4, actor="999")
    attacks.reroot(1)


def insert(ledger: Ledger, at: datetime.datetime) -> None:
    """An event added at the end, with a hash that is right, and a row that fits."""
    item = ledger.item(3)
    last = attacks.log(item)[-1]
    event = last._replace(
        id=UUID(int=last.id.int + 1), sequence=2, verb="erase", previous=last.hash, occurred_at=at, recorded_at=at
    )
    nothing: dict[str, Any] = {"fields": {}, "texts": []}
    hash = event_hash(event.header(nothing))
    columns = {("item_id" if name == "item" else name): value for name, value in event._asdict().items()}
    Event.unguarded.create(**{**columns, "payload": nothing, "hash": hash})
    Item.unguarded.filter(pk=item).update(sequence=2, head=hash)


def elsewhere(ledger: Ledger) -> None:
    other = Item.unguarded.get(pk=ledger.item(3))
    update("ledger_item", ledger.item(1), place_id=other.place_id)


def wipe(ledger: Ledger) -> None:
    run("UPDATE ledger_text SET words = '', salt = NULL WHERE field = 'result'")


def wipe_and_say(ledger: Ledger) -> None:
    """The words are gone, and the row names an event that did something else."""
    run("UPDATE ledger_text SET words = '', salt = NULL, erased_by_id = event_id WHERE field = 'result'")


def swap_leaves(ledger: Ledger) -> None:
    for was, becomes in ((0, 99), (1, 0), (99, 1)):
        run('UPDATE ledger_leaf SET "index" = %s WHERE "index" = %s', becomes, was)


def move_leaf(ledger: Ledger) -> None:
    """An event moves from the root of one day to that of the next."""
    second = ledger.seal()
    run('UPDATE ledger_leaf SET root_id = %s, "index" = %s WHERE "index" = 10', second.number, second.size)


def forge_root(ledger: Ledger) -> None:
    run("UPDATE ledger_root SET hash = %s", "ab" * 32)


def forge_root_well(ledger: Ledger) -> None:
    root = Root.objects.get()
    root.hash = "ab" * 32
    run("UPDATE ledger_root SET hash = %s, seal = %s", root.hash, line_of(root).seal)


def drop_root(ledger: Ledger) -> None:
    ledger.seal()
    run("DELETE FROM ledger_leaf WHERE root_id = 1")
    run("DELETE FROM ledger_root WHERE number = 1")


def earlier_root(ledger: Ledger) -> None:
    ledger.seal(2)
    run("UPDATE ledger_root SET day = %s WHERE number = 2", DAY - datetime.timedelta(1))


def copy_hash(ledger: Ledger) -> None:
    """An opening that follows another, in a row of numbers that fits."""
    attacks.rewrite(ledger.item(1), 1, payload={**said(ledger.item(1), 1), "words": "别的事"})


def said(item: UUID, sequence: int) -> dict[str, Any]:
    found: dict[str, Any] = Event.unguarded.get(item=item, sequence=sequence).payload
    return found


EARLY = NOW - datetime.timedelta(days=1)
# What is done, and the codes that it must be told by, all of them; "+" where the exported root is needed to tell.
ATTACKS: dict[str, tuple[Callable[[Ledger], Any], set[str]]] = {
    "a byte of the payload": (lambda the: payload(the.item(0), 2, due="2027-12-31"), {"changed", "row"}),
    "a byte of the header": (lambda the: update("ledger_event", the.item(0), 3, actor="999"), {"changed"}),
    "the moment": (lambda the: update("ledger_event", the.item(0), 3, occurred_at=LATER), {"changed", "row"}),
    "the hash": (
        lambda the: update("ledger_event", the.item(0), 3, hash="ab" * 32),
        {"changed", "not_behind", "root_hash"},
    ),
    "the row's state": (lambda the: update("ledger_item", the.item(0), state="closed"), {"row"}),
    "the row's words": (lambda the: update("ledger_item", the.item(1), words="修好一座水库"), {"row"}),
    "the row's place": (elsewhere, {"row"}),
    "the row's head": (lambda the: update("ledger_item", the.item(1), head="ab" * 32), {"head"}),
    "the row's number": (
        lambda the: update("ledger_item", the.item(1), serial=9),
        {"row", "number_gone", "series_behind"},
    ),
    "who supports": (lambda the: run("DELETE FROM ledger_support WHERE rank = 0"), {"row"}),
    "an event in the middle": (
        lambda the: run("DELETE FROM ledger_event WHERE item_id = %s AND sequence = 2", of("id", the.item(0))),
        {"gone", "leaf_gone", "leads_nowhere", "root_hash"},
    ),
    "the tail": (drop_tail, {"head", "row"}),
    "the tail, row and all": (tail_row_back, {"root_size", "root_hash"}),
    "two events swapped": (swap, {"changed", "not_behind", "back_in_time", "no_replay"}),
    "an item, the last of its series": (forget(3), {"number_gone", "leaf_gone", "root_size", "root_hash"}),
    "an item in the middle": (forget(1), {"number_gone", "leaf_gone", "root_size", "root_hash"}),
    "an item, counter adapted": (forget(3, recount=True), {"leaf_gone", "root_size", "root_hash"}),
    "an item, counter and root adapted": (forget(3, recount=True, renumber=True), {"+line_other"}),
    "an event replaced": (replace, {"changed", "no_replay"}),
    "a chain computed anew": (rewrite, {"+line_other"}),
    "an opening computed anew": (copy_hash, {"row", "series_chain", "root_hash"}),
    "an event of an earlier day": (lambda the: insert(the, EARLY), {"unsealed", "back_in_time"}),
    "an event of the sealed day": (lambda the: insert(the, NOW + datetime.timedelta(hours=2)), {"unsealed"}),
    "an event of a day to come": (lambda the: insert(the, LATER + datetime.timedelta(days=1)), {"in_the_future"}),
    "a text changed": (lambda the: run("UPDATE ledger_text SET words = '已完成九成'"), {"text_changed"}),
    "a salt changed": (lambda the: run("UPDATE ledger_text SET salt = %s", b"s" * 32), {"text_changed"}),
    "a text deleted": (lambda the: run("DELETE FROM ledger_text WHERE field = 'result'"), {"text_gone"}),
    "a text wiped": (wipe, {"text_wiped"}),
    "a text wiped, an event named": (wipe_and_say, {"text_wiped"}),
    "a text under another name": (
        lambda the: run("UPDATE ledger_text SET field = 'finding' WHERE field = 'result'"),
        {"text_gone", "text_from_nowhere"},
    ),
    "a file forgotten": (lambda the: run("DELETE FROM ledger_evidence"), {"file_gone"}),
    "a file wiped": (lambda the: run("UPDATE ledger_evidence SET name = '', erased_at = brought_at"), {"file_wiped"}),
    "another file": (
        lambda the: run("UPDATE ledger_evidence SET sha256 = %s", "../" * 9 + "etc/passwd"),
        {"file_gone", "file_from_nowhere"},
    ),
    "two leaves swapped": (swap_leaves, {"root_hash"}),
    "a leaf moved": (move_leaf, {"root_hash", "root_size", "leaf_late"}),
    "a root forged": (forge_root, {"root_seal", "root_hash", "+line_other"}),
    "a root forged, seal and all": (forge_root_well, {"root_hash", "+line_other"}),
    "a root deleted": (drop_root, {"root_gone", "root_chain", "unsealed", "+line_gone"}),
    "a day of a root": (
        lambda the: run("UPDATE ledger_root SET day = %s", DAY - datetime.timedelta(1)),
        {"root_seal", "leaf_early", "+line_other"},
    ),
    "the order of roots": (earlier_root, {"root_order", "root_seal", "leaf_early"}),
    "an opening that is none": (
        lambda the: attacks.rewrite(the.item(3), 1, verb="sign"),
        {"not_opened", "no_replay", "root_hash", "series_head"},
    ),
    "a counter": (lambda the: run("UPDATE ledger_series SET last = 9 WHERE last = 3"), {"number_gone"}),
    "the head of a series": (lambda the: run("UPDATE ledger_series SET head = 'a' WHERE last = 3"), {"series_head"}),
    "an item without events": (
        lambda the: run("DELETE FROM ledger_event WHERE item_id = %s", of("id", the.item(3))),
        {"no_events", "leads_nowhere", "leaf_gone", "root_size", "root_hash", "number_gone"},
    ),
    "events without an item": (
        lambda the: run("DELETE FROM ledger_item WHERE id = %s", of("id", the.item(3))),
        {"no_item", "leads_nowhere", "number_gone", "leaf_gone", "root_hash"},
    ),
}


def test_every_attack_is_told(ledger: Ledger) -> None:
    """By the codes expected and by no others."""
    wrong = {}
    for name, (attack, expected) in ATTACKS.items():
        with attacks.undone():
            with attacks.attack():
                attack(ledger)
            report, with_file = looked(), codes(looked(ledger.exported))
        alone = codes(report)
        assert all(str(fault) for fault in report.faults)
        if alone != {code for code in expected if not code.startswith("+")}:
            wrong[name] = alone
        if with_file != {code.removeprefix("+") for code in expected}:
            wrong[f"{name}, with the exported root"] = with_file
    assert wrong == {}


# Met in test_verify, test_enemies and test_erasing.
ELSEWHERE = {"unlawful", "trigger", "unreadable", "spelling", "unhashable", "line"}
ERASING = {"text_not_wiped", "file_not_wiped", "bytes_gone", "bytes_changed"}


def test_every_fault_is_met() -> None:
    met = {code.removeprefix("+") for _, expected in ATTACKS.values() for code in expected}
    assert met | ELSEWHERE | ERASING == set(WORDS)
