"""`luoshi load`: places, lines and units of this version, or a table of one's own, into the database."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import typer

from .office import migrate, office, stop
from .table import Table

TABLE = typer.Argument(None, metavar="[TABLE]", help="A CSV table of one's own; without one, all that luoshi brings.")
KIND = typer.Option(None, "--as", help="What the rows of TABLE are.  [default: places]")
ON = typer.Option(None, "--on", formats=["%Y-%m-%d"], help="The day units are generated for. [default: today]")


def command(table: Path | None = TABLE, kind: Table | None = KIND, on: datetime.datetime | None = ON) -> None:
    """Load places, lines and units; a second load writes nothing.

    Rows that a person corrected, made or imported are never overwritten. A table is loaded whole or not at all: every
    fault is told with its line.
    """
    day = on.date() if on else datetime.date.today()
    if kind is not None and table is None:
        stop("--as says what the rows of a TABLE are: name the table")
    with office(ready=False):
        migrate()
        if table is None:
            _load_all(day)
        else:
            _load_table(table, kind or Table.places, day)


def _load_all(day: datetime.date) -> None:
    from luoshi.places.gazetteer import NotBuilt, read_places, read_successions
    from luoshi.places.lines import load_lines
    from luoshi.places.loading import load_handovers, load_line_rows, load_places, load_units, version, zone_aliases
    from luoshi.places.paths import Orphaned

    try:
        _say("places", load_places(read_places(), read_successions(), version(), zone_aliases(), _told))
        lines = load_lines()
        _say("lines", load_line_rows(lines))
        _say("units", load_units(lines, day, _told))
        _say("handovers", load_handovers(lines, day))
    except (NotBuilt, Orphaned) as wrong:
        stop(str(wrong))


def _load_table(table: Path, kind: Table, day: datetime.date) -> None:
    from luoshi.people.importing import import_posts
    from luoshi.places.importing import import_places
    from luoshi.places.tables import BadTable
    from luoshi.places.units import import_units

    imports = {Table.places: lambda data, _: import_places(data), Table.units: import_units, Table.posts: import_posts}
    try:
        data = table.read_bytes()
        done = imports[kind](data, day)
    except OSError as wrong:
        stop(f"{table}: {wrong.strerror}")
    except BadTable as wrong:
        stop(f"{table}: {len(wrong.faults)} faults, nothing loaded", str(wrong))
    else:
        _say(kind, done)


def _say(what: str, done: object) -> None:
    """What was done, as `places: 92,000 inserted, 3 updated …`."""
    counted = done._asdict() if hasattr(done, "_asdict") else {}
    print(f"{what}: " + ", ".join(f"{number:,} {name}" for name, number in counted.items() if number))


def _told(what: str, number: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{what}: {number:,} compared", end="", file=sys.stderr)
