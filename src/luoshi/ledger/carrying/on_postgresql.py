"""The PostgreSQL database of this installation in, a dump of it out while writers go on; and back in its place."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from ..proving.snapshot import snapshot
from . import manifest
from .manifest import BadBackup, Facts

FILE = "database.pgdump"
# What was there before a restore lies in a schema of this name, with the time behind it.
ASIDE = "luoshi_before_"
PLACES = ("usr/lib/postgresql/*/bin", "usr/local/pgsql/bin")
# Of Django's settings, and what PostgreSQL's programs call them.
NAMES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}


def copy_out(path: Path) -> tuple[Facts, list[str]]:
    """Dump the database to `path` (custom format); what it held at that moment, and the files of evidence it names.

    Raises:
        BadBackup: PostgreSQL's programs are not there, or say no.
    """
    program = _program("pg_dump")
    with snapshot(connection):
        # The dump is of the very moment that is counted here.
        moment = next(manifest.here("SELECT pg_export_snapshot()"))[0]
        found = manifest.facts(manifest.here), manifest.evidence(manifest.here)
        kept = (f"--exclude-schema={ASIDE}*", "--no-owner", "--no-privileges")
        _run(program, "--format=custom", f"--snapshot={moment}", f"--file={path}", *kept)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return found


def put_back(path: Path, now: datetime) -> str:
    """Put a dump in the place of the tables there are; those are kept in a schema of their own: its name, if any.

    Raises:
        BadBackup: others are connected, or PostgreSQL's programs are not there or say no; all is as it was.
    """
    program = _program("pg_restore")
    _expect_alone()
    held = bool(connection.introspection.table_names())
    aside = f"{ASIDE}{now:%Y%m%d_%H%M%S}"
    with transaction.atomic():
        _do(f"ALTER SCHEMA public RENAME TO {aside}", "CREATE SCHEMA public")
    connection.close()
    whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    try:
        _run(program, *whole, f"--dbname={connection.settings_dict['NAME']}", str(path))
    except BadBackup:
        with transaction.atomic():
            _do("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {aside} RENAME TO public")
        raise
    if not held:
        _do(f"DROP SCHEMA {aside} CASCADE")
    return f"schema {aside}" if held else ""


def _program(name: str) -> str:
    found = [path for pattern in PLACES for path in Path("/").glob(f"{pattern}/{name}")]
    found.sort(key=lambda path: [int(part) for part in path.parts if part.isdigit()])
    # The newest: an older one refuses a newer server.
    there = str(found[-1]) if found else shutil.which(name)
    if there is None:
        raise BadBackup(f"{name} is not on this machine: install PostgreSQL's client programs (docs/running.md)")
    return there


def _run(program: str, *arguments: str) -> None:
    settings = connection.settings_dict
    given = {variable: str(settings[name]) for name, variable in NAMES.items() if settings.get(name)}
    options = settings["OPTIONS"]
    given |= {variable: str(options[name]) for name, variable in OPTIONS.items() if name in options}
    done = subprocess.run([program, *arguments], env={**os.environ, **given}, capture_output=True, text=True)
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if line.strip()), "no reason given")
        raise BadBackup(f"{Path(program).name}: {said}")


def _do(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _expect_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        others = cursor.fetchone()[0]
    if others:
        raise BadBackup(f"{others} other connections to the database are open: stop luoshi, then restore")
