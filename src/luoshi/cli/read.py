"""`luoshi read`: reports in, their task lists on standard output, problems one a line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from luoshi.reading import Reading
from luoshi.streams.corpus import Order
from luoshi.streams.days import is_day
from luoshi.streams.inputs import count, inputs
from luoshi.streams.work import Outcome, outcomes

from . import formats
from .corpus import read_tables
from .gauge import Gauge
from .printing import tell, write

# Fewer reports than this are read before a progress bar could be looked at.
LONG_WORK = 20
SOME_FAILED = 2


class Only(StrEnum):
    """Which actions are shown."""

    work = "work"


class Engine(StrEnum):
    """Where a corpus is read."""

    local = "local"
    dask = "dask"


def day(value: str | None) -> str | None:
    """A day as an option gives it. Raises BadParameter."""
    if value is not None and not is_day(value):
        raise typer.BadParameter(f"{value!r} is no date; write it like 2023-06-07")
    return value


def command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Reports, folders of them, archives (.zip, .tar, .tar.gz), JSON Lines (.jsonl), crawls (.warc.gz), "
            "or - for standard input.",
            metavar="PATH...",
        ),
    ],
    format: Annotated[
        formats.Format,
        typer.Option(
            "--format",
            help="table or html to read, xlsx to hand on, jsonl or csv to work with, parquet for a whole corpus.",
        ),
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
            callback=day,
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes that read at the same time.")] = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            help="Write to this file instead of standard output (parquet: into this folder); its path is printed.",
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="parquet: read on this machine, or on a dask cluster.")
    ] = Engine.local,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Address of the scheduler of the cluster: tcp://HOST:8786.")
    ] = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="parquet: read again what failed before, though it has not changed.")
    ] = False,
) -> None:
    """Read reports and print what they tell whom to do, every line with its evidence.

    Exit status: 0 all were read, 2 some could not be (each is named on standard error).
    """
    _check(format, only, output, engine, scheduler, retry)
    if format is formats.Format.parquet:
        assert output
        order = Order(paths, output, published, engine.value, jobs, scheduler, retry)
        raise typer.Exit(read_tables(order))
    if output and any(_same(Path(path), output) for path in paths):
        raise typer.BadParameter(f"{output} is to be read; to write into it would lose it, give --output another name")
    raise typer.Exit(_read(paths, format, only is not None, published, jobs, output))


def _same(path: Path, output: Path) -> bool:
    """Whether a file that is read is the one to be written."""
    try:
        return path.is_file() and path.samefile(output)
    except OSError:
        return False


def _check(
    format: formats.Format,
    only: Only | None,
    output: Path | None,
    engine: Engine,
    scheduler: str | None,
    retry: bool,
) -> None:
    """Combinations that say nothing sensible, each with what to do. Raises BadParameter."""
    tables = format is formats.Format.parquet
    wrong = (
        (
            format is formats.Format.xlsx and output is None and sys.stdout.isatty(),
            "a workbook cannot be shown in a terminal; add --output NAME.xlsx",
        ),
        (tables and output is None, "tables are many files; add --output FOLDER"),
        (tables and only is not None, "tables hold all actions, --only does not apply; their column kind tells"),
        (not tables and engine is Engine.dask, "--engine dask writes tables; add --format parquet"),
        (not tables and retry, "--retry is for tables; add --format parquet"),
        (engine is Engine.dask and scheduler is None, "--engine dask needs --scheduler tcp://HOST:8786"),
        (engine is Engine.local and scheduler is not None, "--scheduler is of a cluster; add --engine dask"),
    )
    for is_so, advice in wrong:
        if is_so:
            raise typer.BadParameter(advice)


def _read(
    paths: list[str], format: formats.Format, only_work: bool, published: str | None, jobs: int, output: Path | None
) -> int:
    """Read and print; the exit status."""
    failed = 0

    def readings() -> Iterator[Reading]:
        nonlocal failed
        for outcome in _with_progress(paths, published, jobs):
            if outcome.reading is None:
                failed += 1
                tell(f"{outcome.name}: {outcome.problem}")
            else:
                yield outcome.reading

    try:
        write(readings(), format, only_work, output)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as wrong:
        tell(f"{output or 'standard output'} cannot be written: {wrong.strerror or wrong}")
        return SOME_FAILED
    except BrokenProcessPool:
        tell("a process that read died; is there enough memory? try fewer --jobs")
        return SOME_FAILED
    except KeyboardInterrupt:
        tell("stopped; what was printed so far is complete")
        return 130
    return SOME_FAILED if failed else 0


def _with_progress(paths: list[str], published: str | None, jobs: int) -> Iterator[Outcome]:
    """Outcomes, with how far it is on standard error while long work goes on and the output goes elsewhere."""
    errors = Console(stderr=True)
    seen = errors.is_terminal and not sys.stdout.isatty()
    total = count(paths) if seen else None
    with Gauge(errors, total, seen and (total is None or total >= LONG_WORK)) as gauge:
        for outcome in outcomes(inputs(paths), published, jobs):
            yield outcome
            gauge.advance(1, 1, len(outcome.reading.source.text) if outcome.reading else 0)
