"""The command `luoshi`: one file a command."""

from __future__ import annotations

import typer

from luoshi import __version__

from . import read

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


def main() -> None:
    """Entry of the console script."""
    app()


__all__ = ["app", "main"]
