"""Readings in, one format on standard output or in a file that is put in place only when it is whole."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from rich.console import Console

from luoshi.reading import Reading
from luoshi.reading.sources import legible
from luoshi.streams.inputs import special

from . import formats
from .page import page
from .workbook import write_workbook


def write(readings: Iterator[Reading], format: formats.Format, only_work: bool, output: Path | None) -> None:
    """All readings in one format; a file is put in place only when it is whole, and not for no reading at all.

    A pipe or device (/dev/stdout, /dev/null) is written into: a file put in its place would be its end.
    """
    if output is None:
        _print(readings, format, only_work, sys.stdout, sys.stdout.buffer)
        sys.stdout.flush()
        return
    first = next(readings, None)
    if first is None:
        return
    readings = chain([first], readings)
    if output.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
    if special(output):
        _write(readings, format, only_work, output)
        return
    beside = output.with_name(f".{output.name}.part")
    try:
        _write(readings, format, only_work, beside)
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
    print(legible(str(output)))


def _write(readings: Iterator[Reading], format: formats.Format, only_work: bool, path: Path) -> None:
    with path.open("wb") as file, io.TextIOWrapper(file, "utf-8", write_through=True) as text:
        _print(readings, format, only_work, text, file)


def _print(
    readings: Iterator[Reading], format: formats.Format, only_work: bool, text: TextIO, binary: BinaryIO
) -> None:
    chosen = (formats.work_only(reading) if only_work else reading for reading in readings)
    if format is formats.Format.xlsx:
        # Made elsewhere first: the library cannot be stopped cleanly in a disk that is full.
        with tempfile.TemporaryFile() as whole:
            write_workbook(chosen, whole)
            whole.seek(0)
            shutil.copyfileobj(whole, binary)
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


def tell(words: str) -> None:
    """One line on standard error, whatever names of files hold: line ends, marks that steer a terminal, no text."""
    print(f"luoshi: {one_line(words)}", file=sys.stderr, flush=True)


def one_line(words: str) -> str:
    """Words with what would end a line or steer a terminal written out."""
    return "".join(c if _is_shown(c) else c.encode("unicode_escape").decode() for c in words)


def _is_shown(character: str) -> bool:
    return unicodedata.category(character)[0] != "C" and character not in "\u2028\u2029"
