"""`luoshi backup` and `luoshi restore`: the whole installation into a folder, and back, proved by verify."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from .ledger import FAULTS, progress, tell_of
from .office import office, stop
from .printing import one_line, tell

TO = typer.Argument(None, metavar="[FOLDER]", help="A new folder.  [default: luoshi-backup-DATE-TIME]")
FROM = typer.Argument(..., metavar="FOLDER", help="What `backup` made.")
REPLACE = typer.Option(False, "--replace", help="Even where there is a ledger already; it is kept aside.")


def backup(folder: Path | None = TO) -> None:
    """Copy database and files of evidence into a new folder, while everybody goes on working.

    Exit status: 0 made, 1 made, but files of evidence are gone or changed (a line each), 2 not made.
    """
    with office():
        from django.utils import timezone

        from luoshi.ledger.carrying.backup import backup as make
        from luoshi.ledger.carrying.manifest import BadBackup

        now = timezone.localtime()
        target = folder or Path(f"luoshi-backup-{now:%Y%m%d-%H%M%S}")
        try:
            made = make(target, now)
        except BadBackup as wrong:
            stop(str(wrong))
            return
        counted = ", ".join(f"{many:,} {table}" for table, many in made.facts.counts.items())
        tell(f"{counted}, {len(made.parts) - 1:,} files of evidence")
        print(one_line(str(target)))
        for sha256 in made.missing:
            print(f"the file {sha256} is gone or changed, and not in the backup", file=sys.stderr)
        if made.missing:
            raise typer.Exit(FAULTS)


def restore(folder: Path = FROM, replace: bool = REPLACE) -> None:
    """Bring back what `backup` copied: the folder is checked first, what comes back is verified at the end.

    Stop luoshi before. Exit status: 0 restored, and all holds, 1 restored, but something does not hold (a line each),
    2 not restored; nothing was touched.
    """
    with office(ready=False):
        from django.utils import timezone

        from luoshi.ledger.carrying.manifest import BadBackup
        from luoshi.ledger.carrying.restore import restore as bring_back
        from luoshi.ledger.proving.verify import verify

        try:
            done = bring_back(folder, timezone.localtime(), replace=replace)
        except BadBackup as wrong:
            stop(str(wrong))
            return
        if done.aside:
            tell(f"what was here is kept: {done.aside}")
        for line in done.other:
            print(line)
        tell_of(verify(timezone.now(), bytes_too=True, progress=progress))
        if done.other:
            raise typer.Exit(FAULTS)
