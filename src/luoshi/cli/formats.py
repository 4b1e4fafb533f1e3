"""Readings in, their lines on standard output: a table to read, JSON Lines, or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.reading import Reading, as_dict

from .tasks import GAPS, KINDS, Line, evidence, lines, title


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


# The columns of the CSV and what stands in each; lists are joined by 、 or ；.
COLUMNS: dict[str, Callable[[Reading, int, Line], str]] = {
    "report": lambda reading, number, line: reading.source.name,
    "number": lambda reading, number, line: str(number),
    "action": lambda reading, number, line: line.words,
    "verb": lambda reading, number, line: line.verb,
    "object": lambda reading, number, line: line.object,
    "kind": lambda reading, number, line: KINDS[line.kind],
    "speaker": lambda reading, number, line: line.speaker,
    "strength": lambda reading, number, line: line.strength,
    "lead": lambda reading, number, line: "、".join(line.lead),
    "support": lambda reading, number, line: "、".join(line.support),
    "deadline": lambda reading, number, line: "；".join(words for words, _ in line.deadlines),
    "by": lambda reading, number, line: "；".join(last for _, last in line.deadlines if last),
    "targets": lambda reading, number, line: "；".join(line.targets),
    "gaps": lambda reading, number, line: "、".join(GAPS[gap] for gap in line.gaps),
    "part": lambda reading, number, line: line.part,
    "line": lambda reading, number, line: str(line.line),
    "start": lambda reading, number, line: str(line.start),
    "end": lambda reading, number, line: str(line.end),
    "evidence": lambda reading, number, line: evidence(reading, line.start, line.end),
    "id": lambda reading, number, line: line.id,
}


def csv_lines(readings: Iterable[Reading], only_work: bool) -> Iterator[str]:
    """A header, then one line an action; cells that a spreadsheet would run as a formula are quoted."""
    yield _csv_line(tuple(COLUMNS))
    for reading in readings:
        for number, line in _numbered(reading, only_work):
            yield _csv_line(tuple(_harmless(value(reading, number, line)) for value in COLUMNS.values()))


def work_only(reading: Reading) -> Reading:
    """A reading with its work actions only; directives that keep none are left out."""
    kept = (
        directive._replace(actions=tuple(a for a in directive.actions if a.kind == "work"))
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
    found = list(_numbered(reading, only_work))
    console.print(Text(title(reading), style="bold"), Text(f"  {reading.source.name}", style="dim"))
    if not found:
        console.print("  没有读到工作部署 (no directives found)\n")
        return
    sheet = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=console.is_terminal)
    sheet.add_column("序号", justify="right", no_wrap=True)
    sheet.add_column("举措", ratio=5, min_width=24, overflow="fold")
    if not only_work:
        sheet.add_column("性质", no_wrap=True)
    spoken = any(line.speaker for _, line in found)
    if spoken:
        sheet.add_column("谁说的", ratio=1, min_width=6)
    sheet.add_column("责任、时限、指标", ratio=2, min_width=10, overflow="fold")
    sheet.add_column("力度", no_wrap=True)
    sheet.add_column("依据（位置:起–止）", ratio=4, min_width=20, overflow="fold")
    for number, line in found:
        kind = [] if only_work else [KINDS[line.kind]]
        about = (*kind, *([line.speaker] if spoken else []), _printed(line), line.strength)
        sheet.add_row(str(number), line.words, *about, _evidence(reading, line))
    console.print(sheet)


def _numbered(reading: Reading, only_work: bool) -> Iterator[tuple[int, Line]]:
    return enumerate((line for line in lines(reading) if line.kind == "work" or not only_work), 1)


def _printed(line: Line) -> str:
    """Owner, time and measure that the report prints, without what the words of the action say already."""
    helped = f"（{'、'.join(line.support)}配合）" if line.support else ""
    due = "；".join(words for words, _ in line.deadlines if words not in line.words)
    aims = "；".join(words for words in line.targets if words not in line.words)
    return "\n".join(part for part in ("、".join(line.lead) + helped, due, aims) if part)


def _evidence(reading: Reading, line: Line) -> Text:
    words = " ".join(evidence(reading, line.start, line.end).split())
    shown = words
    while cell_len(shown) > EVIDENCE_WIDTH:
        shown = shown[:-1]
    place = Text(f"{line.part or line.line}:{line.start}–{line.end} ", style="dim")
    return place + Text(shown + ("…" if shown != words else ""))
