"""`luoshi ledger export | import`, and lines of roots appended to a file: the ledger out to files and back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import typer

from .office import office, stop
from .printing import one_line, tell

FAULTS = 1
OUT = typer.Argument(..., metavar="FILE", help="A new file, or - for standard output.")
IN = typer.Argument(..., metavar="FILE", help="What `export` wrote.")


def export(file: Path = OUT) -> None:
    """Write the whole ledger as JSON Lines: events, words, names of files, roots.

    It holds the words of people: the file is for its owner alone. The bytes of files are in `luoshi backup`.
    """
    with office():
        from luoshi.ledger.carrying.exporting import export as lines

        if str(file) == "-":
            for line in lines():
                sys.stdout.buffer.write(line.encode("utf-8"))
            sys.stdout.flush()
            return
        if file.exists():
            stop(f"{file} is there already; name a new file")
        try:
            _write(file, lines())
        except OSError as wrong:
            stop(f"{file} cannot be written: {wrong.strerror}")
    print(one_line(str(file)))


def import_(file: Path = IN) -> None:
    """Bring in what an exported ledger has and this one has not; a second time nothing.

    All of it is verified before it is kept, together with what is here. Exit status: 0 done, 1 it does not hold
    together (a line each), 2 not an exported ledger, or another than the one here; nothing was imported.
    """
    with office():
        from django.utils import timezone

        from luoshi.ledger.carrying.importing import NotProved, import_ledger
        from luoshi.ledger.carrying.lines import BadFile
        from luoshi.ledger.carrying.parcels import Conflict

        try:
            done = import_ledger(lambda: _read(file), timezone.now())
        except (BadFile, Conflict) as wrong:
            stop(f"{file}: {wrong}; nothing imported")
        except OSError as wrong:
            stop(f"{file}: {wrong.strerror}")
        except UnicodeDecodeError:
            stop(f"{file}: is no text in UTF-8; nothing imported")
        except NotProved as wrong:
            for fault in wrong.report.faults:
                print(one_line(str(fault)))
            tell(f"{file}: {wrong}")
            raise typer.Exit(FAULTS) from None
        print("ledger: " + (", ".join(f"{many:,} {what}" for what, many in done.items() if many) or "nothing new"))


def append_roots(file: Path) -> None:
    """Append the lines of all roots that a file has not, on the disk when this returns; what stands in it is compared
    first, and nothing is appended to a file that says otherwise."""
    from luoshi.ledger.models import Root
    from luoshi.ledger.proving.roots import Exported, against
    from luoshi.ledger.proving.sealing import line_of

    try:
        text = file.read_text("utf-8") if file.exists() else ""
        wrong = [*against(Exported(file.name, text.splitlines()))]
        if wrong or (text and not text.endswith("\n")):
            for fault in wrong:
                print(one_line(str(fault)))
            tell(f"{file}: nothing appended: it holds other roots than the ledger, or was cut off")
            raise typer.Exit(FAULTS)
        there = set(text.splitlines())
        new = [line for root in Root.objects.order_by("number") if (line := line_of(root).spelled()) not in there]
        with file.open("a", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in new)
            out.flush()
            os.fsync(out.fileno())
    except OSError as wrong_file:
        stop(f"{file} cannot be written: {wrong_file.strerror}")
    except UnicodeDecodeError:
        stop(f"{file}: is no text in UTF-8")
    tell(f"{len(new):,} lines appended to {file}")


def _read(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        yield from lines


def _write(file: Path, lines: Iterable[str]) -> None:
    """Put in place only when it is whole and on the disk; readable for its owner alone."""
    beside = file.with_name(f".{file.name}.part")
    try:
        handle = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.writelines(lines)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
