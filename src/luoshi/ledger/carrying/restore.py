"""A backup's folder in, this installation as it was then out; what was here before is kept aside."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from luoshi.documents.synced import synced

from ..actions.filing import path_of
from . import manifest
from .backup import DATABASES
from .manifest import BadBackup, Manifest, Part

# A database that holds rows of these is somebody's; places and lines anybody can load again.
SOMEBODYS = ("ledger_item", "ledger_event", "ledger_series", "people_user")


class Restored(NamedTuple):
    """What was brought back, where what was here lies now ("": there was nothing), and what is otherwise than the
    manifest says: nothing, if all is well."""

    manifest: Manifest
    aside: str
    other: tuple[str, ...]


def restore(folder: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Check the backup, put its files and its database in place, bring the tables to this version, compare.

    Raises:
        BadBackup: it is damaged, of another database or of a newer version, or there is a ledger here already and
            nobody said `replace`; nothing was touched.
    """
    found = manifest.read(folder)
    _expect_fit(found)
    if not replace and (held := _held()):
        raise BadBackup(f"there is something here already ({held}); --replace keeps it aside and restores")
    manifest.check(folder, found)
    for name, part in found.parts.items():
        if name.startswith("evidence/"):
            _keep(folder / name, part)
    database = DATABASES[found.database]
    aside = database.put_back(folder / database.FILE, now)
    call_command("migrate", interactive=False, verbosity=0)
    return Restored(found, aside, tuple(_other(found)))


def _expect_fit(found: Manifest) -> None:
    if found.database != connection.vendor:
        raise BadBackup(
            f"this is a backup of {found.database}, and LUOSHI_DATABASE says {connection.vendor};"
            " `luoshi ledger export` and `import` carry a ledger from one to the other"
        )
    known = set(MigrationLoader(None).disk_migrations)
    unknown = [f"{app} {name}" for app, name in found.facts.migrations if (app, name) not in known]
    if unknown:
        raise BadBackup(f"it was made by a newer luoshi ({found.luoshi}: {unknown[0]}); restore with that version")


def _held() -> str:
    """What is here that is not to be lost, in words; nothing of a database that is new."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in SOMEBODYS:
            if table in there:
                cursor.execute(f"SELECT count(*) FROM {table}")
                if many := cursor.fetchone()[0]:
                    return f"{many:,} rows of {table}"
    return ""


def _keep(source: Path, part: Part) -> None:
    """Put a file of evidence in its place; one that is there and sound stays."""
    place = path_of(part.sha256)
    if place.exists() and manifest.digest(place) == part:
        return
    beside = place.with_name(f".{place.name}.restoring")
    manifest.copy(source, beside)
    beside.replace(place)
    synced(place.parent)


def _other(found: Manifest) -> list[str]:
    """What the database that was brought back holds otherwise than the manifest says."""
    now: Any = manifest.facts(manifest.here)
    said = found.facts
    counts = {name: (said.counts.get(name), many) for name, many in now.counts.items()}
    other = [f"{name}: {then} then, {many} now" for name, (then, many) in counts.items() if then != many]
    if now.events_root != said.events_root:
        other.append("the events are not those of the backup")
    if now.root != said.root:
        other.append("the last root is not that of the backup")
    return other
