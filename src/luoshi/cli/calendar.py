"""`luoshi calendar …`: the working days of a year out, a notice of the State Council in, what is wanting told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .office import ledger, office, stop
from .printing import one_line, tell
from .recounting import recount

if TYPE_CHECKING:
    from luoshi.calendar import Calendar, Day
    from luoshi.calendar.actions import Brought

WANTING = 1
# As many characters as the table keeps; a test compares.
LONGEST_TITLE, LONGEST_DOCUMENT = 200, 80
WEEKDAYS = "一二三四五六日"
app = typer.Typer(help="Show, import and check the working days.", no_args_is_help=True, rich_markup_mode=None)

YEAR = typer.Argument(..., metavar="YEAR", min=1, max=9999, help="The year, as 2026.")
FILE = typer.Argument(..., metavar="FILE", help="A CSV table: 日期, 班休, 节日.")
TITLE = typer.Option("", "--title", help="What the notice is called.")
DOCUMENT = typer.Option("", "--document", help="Its document number (发文字号).")
ON = typer.Option(None, "--on", formats=["%Y-%m-%d"], help="The day asked about.  [default: today]")


@app.command("show")
def show(year: int = YEAR) -> None:
    """Print the working days of a year: how many, holidays, days worked in exchange, and who says so."""
    with office():
        from luoshi.calendar import current

        for line in _year(current(), year):
            print(line)


def _year(calendar: Calendar, year: int) -> Iterator[str]:
    from luoshi.calendar.noticed import days_of, worked

    days = [calendar.day(on) for on in days_of(year)]
    provisional = "（推定：未见放假通知）" if days[0].provisional else ""
    yield f"{year}年：{worked(calendar, year)}个工作日{provisional}，日历版本{calendar.version}"
    for (reason, *_), group in groupby(days, key=lambda day: (day.reason, day.working, day.source)):
        if reason not in ("ordinary", "weekend"):
            yield _line(list(group))


def _line(days: list[Day]) -> str:
    from luoshi.calendar.words import name_of

    first, last = days[0], days[-1]
    span = _spelled(first) if first == last else f"{_spelled(first)}至{_spelled(last)}"
    return one_line(f"{span}  {_kind(first)}{len(days)}天  {name_of(first.reason)}  {first.source}")


def _spelled(day: Day) -> str:
    return f"{day.date} 周{WEEKDAYS[day.date.weekday()]}"


def _kind(day: Day) -> str:
    return "上班" if day.working else "放假"


@app.command("import")
def import_(file: Path = FILE, title: str = TITLE, document: str = DOCUMENT) -> None:
    """Bring in a notice of the State Council; the days whose kind it changes are printed, then the items that are due
    at another time for it.

    The table is taken whole or not at all: every fault is told with its line. What the notices there say already is
    not written again.
    """
    for option, said, most in (("--title", title, LONGEST_TITLE), ("--document", document, LONGEST_DOCUMENT)):
        if len(said) > most:
            stop(f"{option}: at most {most} characters")
    with ledger():
        from django.utils import timezone

        from luoshi.calendar.actions import bring
        from luoshi.places.tables import BadTable

        try:
            brought = bring(_read(file), timezone.now(), title, document)
        except BadTable as wrong:
            stop(f"{file}: {len(wrong.faults)} faults, nothing imported", str(wrong))
        _tell(brought)
        recount()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        stop(f"{file}: {wrong.strerror}")


def _tell(brought: Brought) -> None:
    if brought.number is None:
        tell(f"nothing new; the calendar stays {brought.calendar.version}")
        return
    for before, after in brought.changed:
        print(one_line(f"{_spelled(after)}  {_kind(before)} → {_kind(after)}"))
    tell(f"notice {brought.number}: {len(brought.changed)} days changed; the calendar is {brought.calendar.version}")
    for year, days in brought.lacking.items():
        missing = ", ".join(str(day) for day in days)
        tell(f"{year} stays provisional: no notice gives its statutory holidays {missing}")
    for year, (found, law) in brought.sums.items():
        tell(f"{year} has {found} working days by its notice, {law} by law; see whether a day is missing")


@app.command("recount")
def recount_() -> None:
    """Count anew when items are due, where the calendar was another when they were counted, as after an update.

    The items that are due at another time are printed. An import does this by itself; it can be stopped and run again.
    Exit status: 0 done, 1 some could not be counted (a line each), 2 it could not be done.
    """
    with ledger():
        recount()


@app.command("check")
def check(on: datetime.datetime | None = ON) -> None:
    """Say what is wanting: a year without its notice, days that were altered, notices and packages that differ.

    Exit status: 0 nothing has to be done, 1 something has, 2 it could not be checked.
    """
    with office():
        from django.utils import timezone

        from luoshi.calendar import current
        from luoshi.calendar.checking import findings

        # Today in China, wherever the machine stands.
        found = list(findings(on.date() if on else timezone.localdate()))
        version = current().version
    for each in found:
        print(one_line(str(each)))
    grave = sum(each.grave for each in found)
    tell(f"calendar {version}: {grave} to be done, {len(found) - grave} to be known")
    if grave:
        raise typer.Exit(WANTING)
