"""Readings in, their lines on standard output: a table to read, JSON Lines, or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from enum import StrEnum

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.reading import Reading, as_dict

from .rows import COLUMNS, Row, rows


class Format(StrEnum):
    """How readings are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    xlsx = "xlsx"
    parquet = "parquet"


# A terminal that tells no width, or output into a file, gets this many columns.
PLAIN_WIDTH = 120
# Quotations in the table are cut to this many columns; the whole stands in jsonl and csv.
EVIDENCE_WIDTH = 36


def jsonl(readings: Iterable[Reading], only_work: bool) -> Iterator[str]:
    """One JSON object a report (READING.md)."""
    for reading in readings:
        yield json.dumps(as_dict(work_only(reading) if only_work else reading), ensure_ascii=False)


def csv_lines(readings: Iterable[Reading], only_work: bool) -> Iterator[str]:
    """A header, then one line an action; cells that a spreadsheet would run as a formula are quoted."""
    yield _csv_line(COLUMNS)
    for reading in readings:
        for row in rows(reading, only_work):
            yield _csv_line(tuple(_harmless(str(value)) for value in astuple(row)))


def work_only(reading: Reading) -> Reading:
    """A reading with its work actions only; directives that keep none are left out."""
    kept = (
        replace(directive, actions=tuple(a for a in directive.actions if a.kind == "work"))
        for directive in reading.directives
    )
    return replace(reading, directives=tuple(directive for directive in kept if directive.actions))


def _csv_line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that begins like a formula with an apostrophe before it (OWASP, CSV injection)."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def table(reading: Reading, only_work: bool, console: Console) -> None:
    """The task list of one report as a clerk reads it."""
    found = list(rows(reading, only_work))
    title = reading.title.text if reading.title else reading.source.name
    console.print(Text(title, style="bold"), Text(f"  {reading.source.name}", style="dim"))
    if not found:
        console.print("  没有读到工作部署 (no directives found)\n")
        return
    sheet = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=console.is_terminal)
    sheet.add_column("序号", justify="right", no_wrap=True)
    sheet.add_column("举措", ratio=5, min_width=24, overflow="fold")
    if not only_work:
        sheet.add_column("性质", no_wrap=True)
    sheet.add_column("谁说的", ratio=1, min_width=6)
    sheet.add_column("力度", no_wrap=True)
    sheet.add_column("依据（行:起–止）", ratio=4, min_width=20, overflow="fold")
    for row in found:
        kind = [] if only_work else [row.kind]
        sheet.add_row(str(row.number), row.action, *kind, row.speaker, row.strength, _evidence(row))
    console.print(sheet)


def _evidence(row: Row) -> Text:
    words = " ".join(row.evidence.split())
    shown = words
    while cell_len(shown) > EVIDENCE_WIDTH:
        shown = shown[:-1]
    place = Text(f"{row.line}:{row.start}–{row.end} ", style="dim")
    return place + Text(shown + ("…" if shown != words else ""))
