"""Readings in, one format on standard output or in a file that is put in place only when it is whole."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from rich.console import Console

from luoshi.reading import Reading

from . import formats
from .page import page
from .workbook import write_workbook


def write(readings: Iterator[Reading], format: formats.Format, only_work: bool, output: Path | None) -> None:
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
