"""One address of a database in, Django's settings for it out: SQLite and PostgreSQL, both durable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

# What is read again and again stays in memory, 32 MB of it at most: of a million items, a list of one's own touches
# some two megabytes, which is all that SQLite keeps by default (bench/ledger.py).
# Acknowledged means written to the disk (FULL); INSERT OR REPLACE cannot walk through triggers (recursive_triggers).
# What was written is copied from the log into the file after 32 MB of it, no matter how often a page was written in
# between (`wal_autocheckpoint`, in pages of 4 kB; of a million items it was a tenth of an act by SQLite's own 4 MB).
PRAGMAS = (
    *("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON", "foreign_keys=ON"),
    *("cache_size=-32000", "wal_autocheckpoint=8000"),
)
# Seconds a writer waits for another; two offices' clerks pressing at once must not see an error.
PATIENCE = 20
# Seconds a PostgreSQL connection is kept; Django's documentation suggests minutes for a steady stream of requests.
KEPT = 300

# Times a statement is run before PostgreSQL keeps its plan (people.prepared); psycopg's own default.
PREPARED = 5


def database(address: str, home: Path, patience: int = PATIENCE) -> dict[str, Any]:
    """Django's `DATABASES["default"]`; without an address, SQLite in `home`.

    IMMEDIATE: a transaction takes the write lock when it begins, so that two that read and then write wait for each
    other instead of failing.
    """
    settings: dict[str, Any] = dict(dj_database_url.parse(address or f"sqlite:///{home / 'luoshi.sqlite3'}"))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        pragmas = "; ".join(f"PRAGMA {pragma}" for pragma in PRAGMAS)
        settings["OPTIONS"] = {"init_command": pragmas, "transaction_mode": "IMMEDIATE", "timeout": patience}
    else:
        settings |= {"CONN_MAX_AGE": KEPT, "CONN_HEALTH_CHECKS": True}
        waiting = f"-c lock_timeout={patience}s"
        given = {"connect_timeout": patience, **settings.get("OPTIONS", {})}
        given["options"] = f"{waiting} {given.get('options', '')}".strip()
        settings["OPTIONS"] = {**given, "prepare_threshold": PREPARED}
    return settings
