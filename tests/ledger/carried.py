"""An empty database (LUOSHI_HOME, LUOSHI_DATABASE) and a folder in; an office at work, backed up and restored, told as JSON.

`python -m tests.ledger.carried FOLDER`: a program of its own, because restoring puts another database in place.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
import django

django.setup()

from bench.soak.ledger_checks import wrong  # noqa: E402
from bench.soak.ledger_writers import Writer, for_ever, warm  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from luoshi.cli.app import app  # noqa: E402
from luoshi.ledger.actions.filing import path_of  # noqa: E402
from luoshi.ledger.models import Event, Evidence  # noqa: E402
from tests.ledger.office import counts, office  # noqa: E402

WRITERS = 4


def luoshi(*words: str) -> tuple[int, str]:
    """A command of the command line; exit status and what it says."""
    done = CliRunner().invoke(app, list(words))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    connection.close()
    return done.exit_code, done.stdout + done.stderr


def flipped(folder: Path, name: str) -> None:
    path = folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def rewritten(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "manifest.json"
    said = json.loads(path.read_text("utf-8"))
    change(said)
    path.write_text(json.dumps(said), "utf-8")


def _part(said: dict[str, Any], name: str) -> None:
    said["parts"][name] = said["parts"].pop(next(each for each in said["parts"] if each.startswith("evidence/")))


def _file(folder: Path) -> str:
    return str(next(folder.glob("evidence/*/*")).relative_to(folder))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a byte of the database": lambda folder: flipped(folder, next(folder.glob("database.*")).name),
    "a byte of a file": lambda folder: flipped(folder, _file(folder)),
    "a file gone": lambda folder: (folder / _file(folder)).unlink(),
    "the manifest cut": lambda folder: (folder / "manifest.json").write_text("{"),
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "a part elsewhere": lambda folder: rewritten(folder, lambda said: _part(said, "../../escaped")),
    "a newer version": lambda folder: rewritten(
        folder, lambda said: said["facts"]["migrations"].append(["ledger", "9999_later"])
    ),
    "another database": lambda folder: rewritten(
        folder, lambda said: said.update(database={"sqlite": "postgresql"}.get(said["database"], "sqlite"))
    ),
}


@contextmanager
def somebody_else() -> Iterator[None]:
    """Another connection that is open, and does nothing."""
    other = connections["default"].copy()
    other.ensure_connection()
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_item")
    yield
    other.close()


def main() -> None:
    """All of it, in the order of a bad day."""
    folder = Path(sys.argv[1])
    made, told = folder / "backup", {}
    call_command("migrate", verbosity=0)
    there = office()
    warm(there)
    writers = [Writer(for_ever(there, n, lambda: None)) for n in range(WRITERS)]
    while min(writer.done for writer in writers) < 2:
        time.sleep(0.05)
    acknowledged = sum(writer.done for writer in writers)
    told["backup"] = luoshi("backup", str(made))
    still = sum(writer.done for writer in writers)
    while sum(writer.done for writer in writers) == still:
        time.sleep(0.05)  # they go on
    for writer in writers:
        writer.kill()
    told["again"] = luoshi("backup", str(made))
    before = counts()
    told["over"] = luoshi("restore", str(made))
    for name, damage in DAMAGE.items():
        spoilt = folder / "spoilt"
        shutil.copytree(made, spoilt)
        damage(spoilt)
        told[name] = luoshi("restore", str(spoilt), "--replace")
        shutil.rmtree(spoilt)
    with somebody_else():
        told["in use"] = luoshi("restore", str(made), "--replace")
    told["untouched"] = (int(counts() != before), "")
    lost = Evidence.unguarded.order_by("pk").values_list("sha256", flat=True)[0]
    path_of(lost).unlink()
    connection.close()
    told["restore"] = luoshi("restore", str(made), "--replace")
    told["file back"] = (int(not path_of(lost).exists()), "")
    # What was acknowledged before the backup is in it; three events and more were written before by `warm`.
    told["acknowledged"] = (int(Event.unguarded.count() < acknowledged), "")
    warm(there)
    told["works on"] = (len(wrong()), "")
    path_of(lost).write_bytes(b"other")
    told["a file changed"] = luoshi("backup", str(folder / "second"))
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
