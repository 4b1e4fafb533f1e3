"""The settings as Django runs with them: durable databases, a clean deployment check, a start that refuses."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.folders import PROJECT

PRODUCTION = {
    "LUOSHI_MODE": "production",
    "LUOSHI_HOSTS": "luoshi.example",
    "LUOSHI_SECRET_KEY": secrets.token_urlsafe(60),
}


def manage(home: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, str(PROJECT / "manage.py"), *command],
        env={**kept, "LUOSHI_HOME": str(home), **environment},
        cwd=home,
        capture_output=True,
        text=True,
    )


def test_it_works(tmp_path: Path) -> None:
    checked = manage(tmp_path, "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr


def test_a_wrong_start_tells_everything_wrong_in_plain_lines(tmp_path: Path) -> None:
    refused = manage(tmp_path, "check", LUOSHI_MODE="production", LUOSHI_DATABASE="mysql://h/n")
    assert refused.returncode != 0
    for name in ("LUOSHI_SECRET_KEY", "LUOSHI_HOSTS", "LUOSHI_DATABASE"):
        assert name in refused.stderr


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    assert manage(tmp_path, "makemigrations", "--check", "--dry-run").returncode == 0


def test_a_laptop_keeps_its_key_to_itself(tmp_path: Path) -> None:
    assert manage(tmp_path, "check").returncode == 0
    key = tmp_path / "secret.key"
    before = key.read_text("ascii")
    assert key.stat().st_mode & 0o077 == 0
    assert manage(tmp_path, "check").returncode == 0
    assert key.read_text("ascii") == before


# A pragma and what SQLite says of it: 2 is FULL.
PRAGMAS = [("synchronous", 2), ("recursive_triggers", 1), ("foreign_keys", 1)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
@pytest.mark.parametrize(("pragma", "value"), PRAGMAS)
def test_sqlite_is_durable(pragma: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_sqlite_writes_ahead_and_locks_at_once(tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate").returncode == 0
    asked = manage(
        tmp_path,
        "shell",
        "-v0",
        "-c",
        "from django.db import connection as c; k = c.cursor(); k.execute('PRAGMA journal_mode');"
        "print(k.fetchone()[0], c.transaction_mode)",
    )
    assert asked.stdout.split() == ["wal", "IMMEDIATE"]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own settings")
def test_postgresql_is_durable_and_sees_chinese_letters() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync'), '督' ~ '\\w'")
        assert cursor.fetchone() == ("on", "on", True)
