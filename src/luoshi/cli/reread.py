"""`luoshi reread`: reports of the database read again, what changed on standard output; corrections stay."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from luoshi.reading import Unreadable

from .gauge import Gauge
from .office import FAILED, office, stop
from .printing import tell

if TYPE_CHECKING:
    from luoshi.documents.changes import Changes
    from luoshi.documents.models import Report

REPORT = typer.Argument(None, metavar="[ID]", help="The number of one report; without it, all of an older reader.")
ALL = typer.Option(False, "--all", help="All reports, whichever reader read them.")

# Of a value that changed, so many characters are shown: a line of a terminal holds two.
SHOWN = 40
INTERRUPTED = 130


def command(number: int | None = REPORT, everything: bool = ALL) -> None:
    """Read reports of the database again with the reader of today, and tell what changed.

    Drafts that nobody touched follow; what a person corrected stays. Exit status: 0 all were read, 2 some could not be.
    """
    if number is not None and everything:
        stop("--all reads all reports: leave out the number")
    try:
        with office():
            status = _reread(_numbers(number, everything))
    except KeyboardInterrupt:
        tell("stopped; what was read again so far is there")
        status = INTERRUPTED
    raise typer.Exit(status)


def _numbers(number: int | None, everything: bool) -> list[int]:
    from luoshi.documents.actions import outdated
    from luoshi.documents.models import Report

    if number is None:
        found = Report.unguarded.all() if everything else outdated()
        return list(found.order_by("pk").values_list("pk", flat=True))
    if not Report.unguarded.filter(pk=number).exists():
        stop(f"{number}: there is no such report")
    return [number]


def _reread(numbers: list[int]) -> int:
    from django.utils import timezone

    from luoshi.documents.filing import Lost
    from luoshi.documents.models import Report
    from luoshi.intake.actions import read_again

    failed = differing = 0
    errors = Console(stderr=True)
    with Gauge(errors, len(numbers), not sys.stdout.isatty()) as gauge:
        for number in numbers:
            report = Report.unguarded.select_related("original").get(pk=number)
            try:
                changes = read_again(report, now=timezone.now())
            except (Unreadable, Lost) as wrong:
                failed += 1
                tell(f"report {number}: {wrong}")
                continue
            if changes:
                differing += 1
                _print(report, changes)
            gauge.advance(1, 1, 0)
    print(f"{len(numbers) - failed:,} read again, {differing:,} with changes")
    return FAILED if failed else 0


def _print(report: Report, changes: Changes) -> None:
    print(f"report {report.pk}: {report.title or report.name}")
    for line in _lines(changes):
        print(f"    {line}")


def _lines(changes: Changes) -> list[str]:
    """A line a change: + came, - went, ~ is read otherwise, = stays as a person corrected it."""
    lines = [f"+ {row.what}: {row.words}" for row in changes.added]
    lines += [f"- {row.what}: {row.words}" for row in changes.gone]
    for each in changes.changed:
        lines.append(f"~ {each.row.what}: {each.row.words}: {each.field}: {_value(each.before)} → {_value(each.now)}")
    for kept in changes.kept:
        if kept.field:
            read = f"{kept.field}: {_value(kept.kept)} stays (read: {_value(kept.before)} → {_value(kept.now)})"
            lines.append(f"= {kept.row.what}: {kept.row.words}: {read}")
        else:
            lines.append(f"= {kept.row.what}: {kept.row.words}: no longer read; stays for its corrections")
    return lines


def _value(value: Any) -> str:
    """A value in short: names of a list, JSON of what has parts."""
    if isinstance(value, list) and all(isinstance(each, dict) and "text" in each for each in value):
        value = "、".join(each["text"] for each in value)
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (words if len(words) <= SHOWN else f"{words[:SHOWN]}…") or "—"
