"""A database in, its own refusal to change or delete what the ledger recorded put there, looked for, or lifted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# What each table refuses besides being emptied. `erasing`: a change is let through that takes somebody's words or the
# name of their file away, once, and nothing else.
NEVER_CHANGED = ("ledger_event", "ledger_leaf", "ledger_root")
ERASING = {
    "ledger_text": (
        "NEW.id = OLD.id AND NEW.event_id = OLD.event_id AND NEW.field = OLD.field AND NEW.subject = OLD.subject"
        " AND NEW.words = '' AND NEW.salt IS NULL AND NEW.erased_by_id IS NOT NULL AND OLD.erased_by_id IS NULL"
    ),
    "ledger_evidence": (
        "NEW.id = OLD.id AND NEW.item_id = OLD.item_id AND NEW.sha256 = OLD.sha256"
        " AND NEW.media_type = OLD.media_type AND NEW.size = OLD.size AND NEW.subject = OLD.subject"
        " AND NEW.brought_at = OLD.brought_at AND NEW.name = '' AND NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL"
    ),
}
# Rows of these change as work goes on; they are never deleted.
KEPT = ("ledger_item", "ledger_series")
TABLES = (*NEVER_CHANGED, *ERASING, *KEPT)
# By what a row would be replaced (SQLite). Evidence and series are brought with INSERT OR IGNORE, which refusing would
# stop; the names of files and the counts are no evidence, and what is, verify compares.
KEYS = {
    "ledger_event": (("id",), ("item_id", "sequence"), ("request",)),
    "ledger_leaf": (("id",), ("event_id",), ("root_id", '"index"')),
    "ledger_root": (("number",), ("day",)),
    "ledger_text": (("id",), ("event_id", "field")),
    "ledger_item": (("id",), ("number",), ("series_id", "serial")),
}


class Trigger(NamedTuple):
    """A trigger: its name, its table, before what it runs, and when it refuses (None: always)."""

    name: str
    table: str
    before: str
    when: str | None


def put(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse; what is there already is made anew."""
    take_away(connection)
    with connection.cursor() as cursor:
        for statement in (s for trigger in _triggers(connection) for s in _makes(connection, trigger)):
            cursor.execute(statement)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Let the database do anything again; for `lifted`, and for going back before these triggers."""
    with connection.cursor() as cursor:
        for trigger in _triggers(connection):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {trigger.name}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The triggers taken away for what is done inside, all in one transaction: for tests that empty their database,
    and for bringing back a backup. Nothing else of luoshi uses it."""
    with transaction.atomic(using=connection.alias):
        take_away(connection)
        yield
        put(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that are not there, are switched off, or do something else."""
    found = _there(connection)
    return [t.name for t in _triggers(connection) if found.get(t.name) != _expected(connection, t)]


def _triggers(connection: BaseDatabaseWrapper) -> list[Trigger]:
    changes: list[tuple[str, str, str | None]] = [(table, "update", None) for table in NEVER_CHANGED]
    changes += [(table, "update", f"NOT ({harmless})") for table, harmless in ERASING.items()]
    deletes: list[tuple[str, str, str | None]] = [(table, "delete", None) for table in TABLES]
    if connection.vendor == "postgresql":
        # An empty table may be truncated, as test runners do to all tables of a database.
        more: list[tuple[str, str, str | None]] = [
            (table, "truncate", f"EXISTS (SELECT 1 FROM {table})") for table in TABLES
        ]
    else:
        # INSERT OR REPLACE deletes without running delete triggers unless a connection sets recursive_triggers.
        more = [(table, "insert", _stands_already(table)) for table in KEYS]
    return [Trigger(f"{table}_{before}", table, before, when) for table, before, when in (*changes, *deletes, *more)]


def _stands_already(table: str) -> str:
    same = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in KEYS[table])
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {columns})" for columns in same)


def _says(trigger: Trigger) -> str:
    return f"{trigger.table}: the ledger only grows, {trigger.before} is refused"


def _makes(connection: BaseDatabaseWrapper, trigger: Trigger) -> tuple[str, ...]:
    if connection.vendor != "postgresql":
        return (_sqlite(trigger),)
    each = "STATEMENT" if trigger.before == "truncate" else "ROW"
    return (
        f"CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $body${_body(trigger)}$body$",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.before} ON {trigger.table} FOR EACH {each}"
        f" EXECUTE FUNCTION {trigger.name}()",
        # Also where a session says that it replicates.
        f"ALTER TABLE {trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}",
    )


def _sqlite(trigger: Trigger) -> str:
    when = f" WHEN {trigger.when}" if trigger.when else ""
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.before.upper()} ON {trigger.table} FOR EACH ROW{when}"
        f" BEGIN SELECT RAISE(ABORT, '{_says(trigger)}'); END"
    )


def _body(trigger: Trigger) -> str:
    """The condition stands in the function, whose text can be compared, not in the trigger, whose text is rewritten."""
    refuse = f"RAISE EXCEPTION '{_says(trigger)}' USING ERRCODE = 'integrity_constraint_violation';"
    passed = "RETURN NEW;" if trigger.before == "update" else "RETURN NULL;"
    return f" BEGIN IF {trigger.when or 'true'} THEN {refuse} END IF; {passed} END "


# tgtype of PostgreSQL (pg_trigger.h): 1 each row, 2 before, then what.
ROW, BEFORE = 1, 2
WHAT = {"delete": 8, "update": 16, "truncate": 32}
IN_POSTGRESQL = """
SELECT t.tgname, c.relname, t.tgenabled, t.tgtype, t.tgqual IS NULL AND t.tgnargs = 0 AND t.tgattr::text = '', p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
"""


def _there(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        cursor.execute(IN_POSTGRESQL)
        return {name: facts for name, *facts in cursor.fetchall()}


def _expected(connection: BaseDatabaseWrapper, trigger: Trigger) -> Any:
    if connection.vendor != "postgresql":
        return _sqlite(trigger)
    kind = WHAT[trigger.before] | BEFORE | (0 if trigger.before == "truncate" else ROW)
    return [trigger.table, "A", kind, True, _body(trigger)]
