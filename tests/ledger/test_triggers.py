"""The database itself refuses to change or delete what the ledger recorded, whoever asks and by whichever way."""

from __future__ import annotations

import sqlite3

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from luoshi.ledger import triggers
from luoshi.ledger.models import Event, Evidence, Text

from .office import NOW, Desk, office, opened

pytestmark = pytest.mark.django_db
SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def desk() -> Desk:
    desk = opened(office())
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31", note="请抓紧办理")
    Evidence.unguarded.create(
        item=desk.row,
        sha256="ab" * 32,
        media_type="application/pdf",
        size=9,
        name="验收单.pdf",
        subject="post:1",
        brought_at=NOW,
    )
    return desk


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_it_works(desk: Desk) -> None:
    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError, match="ledger_event: the ledger only grows, update is refused"):
        Event.unguarded.update(verb="close")


SEALS = (
    "INSERT INTO ledger_root (number, day, sealed_at, size, items, algorithm, hash, previous, seal)"
    " VALUES (1, '2026-11-20', '2026-11-21 00:00:00+00:00', 1, 1, 'sha256', 'a', '', 'b')",
    'INSERT INTO ledger_leaf (id, root_id, "index", event_id) SELECT 1, 1, 0, id FROM ledger_event LIMIT 1',
)
REFUSED = [
    "UPDATE ledger_event SET payload = '{}'",
    "UPDATE ledger_event SET request = 'again'",
    "DELETE FROM ledger_event",
    "DELETE FROM ledger_event WHERE sequence = 2",
    "UPDATE ledger_root SET size = 2",
    "DELETE FROM ledger_root",
    'UPDATE ledger_leaf SET "index" = 1',
    "DELETE FROM ledger_leaf",
    "DELETE FROM ledger_item",
    "DELETE FROM ledger_series",
    "DELETE FROM ledger_text",
    "UPDATE ledger_text SET words = '不必办理'",
    "UPDATE ledger_text SET words = ''",
    "UPDATE ledger_text SET words = '', salt = NULL",
    "UPDATE ledger_text SET words = '', erased_by_id = event_id",
    "UPDATE ledger_text SET words = 'x', salt = NULL, erased_by_id = event_id",
    "UPDATE ledger_text SET words = '', salt = NULL, erased_by_id = event_id, field = 'x'",
    "UPDATE ledger_text SET words = '', salt = NULL, erased_by_id = event_id, subject = 'post:9'",
    "DELETE FROM ledger_evidence",
    "UPDATE ledger_evidence SET name = ''",
    "UPDATE ledger_evidence SET sha256 = 'cd'",
    "UPDATE ledger_evidence SET name = '', erased_at = brought_at, size = 1",
]


def test_the_database_refuses(desk: Desk) -> None:
    for seal in SEALS:
        run(seal)
    for statement in REFUSED:
        with pytest.raises(IntegrityError, match="the ledger only grows"):
            run(statement)
            pytest.fail(statement)


@pytest.mark.skipif(SQLITE, reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", triggers.TABLES)
def test_tables_with_rows_are_not_truncated(desk: Desk, table: str) -> None:
    for seal in SEALS:
        run(seal)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="truncate is refused"):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif(SQLITE, reason="SQLite does not replicate")
def test_replicating_does_not_help(desk: Desk) -> None:
    run("SET session_replication_role = replica")
    with pytest.raises(IntegrityError, match="update is refused"):
        run("UPDATE ledger_event SET verb = 'close'")


COPY = "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL has no OR REPLACE")
@pytest.mark.parametrize("table", triggers.KEYS)
def test_rows_are_not_replaced(desk: Desk, table: str) -> None:
    """Not even on a connection that has not set recursive_triggers, as another program opens one."""
    for seal in SEALS:
        run(seal)
    run("PRAGMA recursive_triggers = OFF")
    try:
        with pytest.raises(IntegrityError, match="insert is refused"):
            run(COPY.format(table))
    finally:
        run("PRAGMA recursive_triggers = ON")


def test_erasing_is_let_through_once(desk: Desk) -> None:
    erase = "UPDATE ledger_text SET words = '', salt = NULL, erased_by_id = event_id"
    run(erase)
    run("UPDATE ledger_evidence SET name = '', erased_at = brought_at")
    assert Text.unguarded.get().salt is None
    for again in (erase, "UPDATE ledger_evidence SET name = '', erased_at = brought_at"):
        with pytest.raises(IntegrityError, match="update is refused"):
            run(again)
    with pytest.raises(IntegrityError, match="update is refused"):
        run("UPDATE ledger_text SET words = '请抓紧办理', erased_by_id = NULL")


def test_work_goes_on(desk: Desk) -> None:
    desk.act("water", "sign")
    run("UPDATE ledger_item SET state = 'in_hand'")
    assert Event.unguarded.count() == 3


BROKEN = {
    "sqlite": [
        ("DROP TRIGGER ledger_event_update", ["ledger_event_update"]),
        (
            "DROP TRIGGER ledger_text_update; CREATE TRIGGER ledger_text_update BEFORE UPDATE ON ledger_text"
            " BEGIN SELECT 1; END",
            ["ledger_text_update"],
        ),
    ],
    "postgresql": [
        ("DROP TRIGGER ledger_event_update ON ledger_event", ["ledger_event_update"]),
        ("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_delete", ["ledger_event_delete"]),
        ("ALTER TABLE ledger_root ENABLE TRIGGER ledger_root_delete", ["ledger_root_delete"]),
        (
            "CREATE OR REPLACE FUNCTION ledger_text_update() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RETURN NEW; END'",
            ["ledger_text_update"],
        ),
        (
            "DROP TRIGGER ledger_leaf_update ON ledger_leaf; CREATE TRIGGER ledger_leaf_update BEFORE UPDATE ON"
            " ledger_leaf FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger_leaf_update()",
            ["ledger_leaf_update"],
        ),
    ],
}


@pytest.mark.parametrize(("statements", "names"), BROKEN[connection.vendor])
def test_a_trigger_that_is_gone_or_changed_is_named_and_put_back(statements: str, names: list[str]) -> None:
    for statement in _each(statements):
        run(statement)
    assert triggers.missing(connection) == names
    call_command("migrate", "ledger", verbosity=0)
    assert triggers.missing(connection) == []


def _each(statements: str) -> list[str]:
    """Statements apart; `;` also stands inside a trigger."""
    found, begun = [], ""
    for part in statements.split(";"):
        begun = f"{begun};{part}" if begun else part
        if sqlite3.complete_statement(f"{begun};") and begun.strip():
            found.append(begun)
            begun = ""
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ("once", "again"))
def test_a_committed_ledger_is_emptied_after_a_test(time: str) -> None:
    """What is committed must be gone in the next test, or other rooms' tests see it."""
    assert Event.unguarded.count() == 0
    assert triggers.missing(connection) == []
    opened(office())
    assert Event.unguarded.count() == 1
