"""`luoshi read`: reports in, their task lists on standard output, problems one a line on standard error."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, BinaryIO, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from luoshi.reading import Reading
from luoshi.streams.days import is_day
from luoshi.streams.inputs import count, inputs
from luoshi.streams.work import Outcome, outcomes

from . import formats
from .page import page
from .workbook import write_workbook

# Fewer reports than this are read before a progress bar could be looked at.
LONG_WORK = 20
SOME_FAILED = 2


class Only(StrEnum):
    """Which actions are shown."""

    work = "work"


def _day(value: str | None) -> str | None:
    if value is not None and not is_day(value):
        raise typer.BadParameter(f"{value!r} is no date; write it like 2023-06-07")
    return value


def command(
    paths: Annotated[
        list[str],
        typer.Argument(help="Reports (.txt, .md), folders of them, or - for standard input.", metavar="PATH..."),
    ],
    format: Annotated[
        formats.Format,
        typer.Option("--format", help="table or html to read, xlsx to hand on, jsonl or csv to work with."),
    ] = formats.Format.table,
    only: Annotated[
        Only | None, typer.Option("--only", help="work: leave out learning, attitude and general manner.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published",
            help="Day of publication (2023-06-07) where the reports do not print it; "
            "NAME.meta.json beside NAME.txt does the same for one.",
            callback=_day,
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes that read at the same time.")] = 1,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Write to this file instead of standard output; its path is printed."),
    ] = None,
) -> None:
    """Read reports and print what they tell whom to do, every line with its evidence.

    Exit status: 0 all were read, 2 some could not be (each is named on standard error).
    """
    if format is formats.Format.xlsx and output is None and sys.stdout.isatty():
        raise typer.BadParameter("a workbook cannot be shown in a terminal; add --output NAME.xlsx")
    failed = 0
    errors = Console(stderr=True)

    def readings() -> Iterator[Reading]:
        nonlocal failed
        for outcome in _with_progress(paths, published, jobs, errors):
            if outcome.reading is None:
                failed += 1
                print(f"luoshi: {outcome.name}: {outcome.problem}", file=sys.stderr)
            else:
                yield outcome.reading

    try:
        _write(readings(), format, only is not None, output)
    except OSError as wrong:
        if not isinstance(wrong, BrokenPipeError):
            print(f"luoshi: {output} cannot be written: {wrong.strerror or wrong}", file=sys.stderr)
            raise typer.Exit(SOME_FAILED) from None
        sys.stderr.close()
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        print("luoshi: stopped; what was printed so far is complete", file=sys.stderr)
        raise typer.Exit(130) from None
    if failed:
        raise typer.Exit(SOME_FAILED)


def _write(readings: Iterator[Reading], format: formats.Format, only_work: bool, output: Path | None) -> None:
    """All readings in one format; a file is put in place only when it is whole, and not for no reading at all."""
    if output is None:
        _print(readings, format, only_work, sys.stdout, sys.stdout.buffer)
        sys.stdout.flush()
        return
    first = next(readings, None)
    if first is None:
        return
    readings = chain([first], readings)
    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("wb") as file, io.TextIOWrapper(file, "utf-8", write_through=True) as text:
            _print(readings, format, only_work, text, file)
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
    print(output)


def _print(
    readings: Iterator[Reading], format: formats.Format, only_work: bool, text: TextIO, binary: BinaryIO
) -> None:
    chosen = (formats.work_only(reading) if only_work else reading for reading in readings)
    if format is formats.Format.xlsx:
        write_workbook(chosen, binary)
    elif format is formats.Format.html:
        text.write(page(list(chosen)))
    elif format is formats.Format.table:
        console = Console(file=text)
        if not console.is_terminal:
            console = Console(file=text, width=formats.PLAIN_WIDTH)
        for reading in readings:
            formats.table(reading, only_work, console)
    else:
        lines = formats.jsonl if format is formats.Format.jsonl else formats.csv_lines
        for line in lines(readings, only_work):
            text.write(line + "\n")


def _with_progress(paths: list[str], published: str | None, jobs: int, errors: Console) -> Iterator[Outcome]:
    """Outcomes, with a bar on standard error while long work goes on and the output goes elsewhere."""
    found = outcomes(inputs(paths), published, jobs)
    total = count(paths) if errors.is_terminal and not sys.stdout.isatty() else 0
    if total is not None and total < LONG_WORK:
        yield from found
        return
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("reading", total=total)
        for outcome in found:
            yield outcome
            progress.advance(task)
