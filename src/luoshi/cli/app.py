"""The commands in, the program `luoshi` out: one file a command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from luoshi import __version__

from . import backup, calendar, deliver, demo, ledger, load, owners, places, read, reread, sweep, table, take

app = typer.Typer(
    name="luoshi",
    help="落实: from what was said to what got done, with the evidence for both ends.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"luoshi {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """落实: from what was said to what got done, with the evidence for both ends."""


app.command("read")(read.command)
app.command("owners")(owners.command)
app.command("load")(load.command)
app.command("places")(places.command)
app.command("table")(table.command)
app.add_typer(ledger.app, name="ledger")
app.add_typer(calendar.app, name="calendar")
app.command("deliver")(deliver.command)
app.command("sweep")(sweep.command)
app.command("demo")(demo.command)
app.command("take")(take.command)
app.command("reread")(reread.command)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)


def open_streams() -> None:
    """A standard stream that was closed (`>&-`) is opened on nothing, so that no report opened later takes its
    place; without standard output there is nobody to print for. Raises SystemExit."""
    closed = sys.stdout is None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    if closed:
        sys.exit("luoshi: standard output is closed; there is nowhere to print to")
