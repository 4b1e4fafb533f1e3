"""`luoshi take`: reports in, their rows in the database, a line a report on standard output."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from luoshi.reading import Unreadable
from luoshi.reading.sources import LARGEST
from luoshi.streams.days import published_beside
from luoshi.streams.given import STDIN, Input, too_large
from luoshi.streams.inputs import count, inputs
from luoshi.streams.work import titled

from .gauge import Gauge
from .office import FAILED, office
from .places import the_place
from .printing import tell
from .read import day

if TYPE_CHECKING:
    from luoshi.documents.actions import Taken
    from luoshi.places.models import Place

INTERRUPTED = 130

PATHS = typer.Argument(..., metavar="PATH...", help="As of luoshi read: files, folders, archives, JSON Lines, -.")
PLACE = typer.Option("", "--place", metavar="NAME", help="Whose reports they are; without it no post sees them.")
PUBLISHED = typer.Option(
    None, "--published", callback=day, help="Day of publication (2023-06-07) where the reports do not print it."
)
DRAFT = typer.Option(True, "--draft/--no-draft", help="Draft what reports with a place tell somebody to do.")


def command(
    paths: list[str] = PATHS, place: str = PLACE, published: str | None = PUBLISHED, draft: bool = DRAFT
) -> None:
    """Take reports into the database: each with its reading, meetings, directives, actions and drafts.

    The same bytes are one report; a reprint is told. Exit status: 0 all were taken in, 2 some could not be.
    """
    with office():
        whose = the_place(place, datetime.date.today(), "--place") if place else None
        raise typer.Exit(_take(paths, whose, published, draft))


def _take(paths: list[str], place: Place | None, published: str | None, draft: bool) -> int:
    failed = nobodys = 0
    errors = Console(stderr=True)
    with Gauge(errors, count(paths) if errors.is_terminal else None, not sys.stdout.isatty()) as gauge:
        try:
            for given in inputs(paths):
                taken = _one(given, place, published, draft)
                failed += taken is None
                nobodys += taken is not None and taken.report.place_id is None
                gauge.advance(1, 1, 0)
        except KeyboardInterrupt:
            tell("stopped; what was taken in so far is there")
            return INTERRUPTED
    if nobodys:
        tell(f"without a place: {nobodys:,}; no post sees them until they are taken in again with --place NAME")
    return FAILED if failed else 0


def _one(given: Input, place: Place | None, published: str | None, draft: bool) -> Taken | None:
    """Take in one; what is wrong with it is told in one line."""
    from django.utils import timezone

    from luoshi.documents.actions import take_in
    from luoshi.intake.actions import draw

    name = "standard input" if given.name == STDIN else given.name
    try:
        data, day = _bytes(given), published or given.published
        if given.path is not None:
            day = day or published_beside(given.path)
        called = "stdin" if given.name == STDIN else given.label + given.suffix
        taken = take_in(data, called, post=None, place=place, now=timezone.now(), published=day)
        if draft and taken.report.place_id is not None:
            draw(taken.report, post=None, now=timezone.now())
    except Unreadable as wrong:
        tell(f"{name}: {wrong}")
        return None
    except OSError as wrong:
        tell(f"{name}: cannot be opened or kept: {wrong.strerror or wrong}")
        return None
    print(_summary(taken, name))
    return taken


def _bytes(given: Input) -> bytes:
    """The bytes of an input; of a record those of its text, its title before it. Raises Unreadable and OSError."""
    if given.problem:
        raise Unreadable(given.problem)
    if given.path is not None:
        if given.path.stat().st_size > LARGEST:
            raise Unreadable(too_large())
        with given.path.open("rb") as file:
            return file.read(LARGEST + 1)
    if given.data is None:
        return sys.stdin.buffer.read(LARGEST + 1)
    return titled(given.data.decode("utf-8"), given.title).encode("utf-8") if given.title else given.data


def _summary(taken: Taken, name: str) -> str:
    """One line: the report's number, what it turned out to be, what was read in it."""
    from luoshi.documents.models import Action, Directive, Meeting

    report = taken.report
    if taken.how == "same":
        changed = "; read again for its day of publication" if taken.changes is not None else ""
        return f"report {report.pk}, same bytes as {report.name}: {name}{changed}"
    what = f"reprint of {taken.first.pk} ({report.shared:.0%} shared)" if taken.first else "new"
    rows = (("meetings", Meeting), ("directives", Directive), ("actions", Action))
    counted = ", ".join(f"{words} {model.unguarded.filter(report=report).count():,}" for words, model in rows)
    return f"report {report.pk}, {what}: {name}: {report.title or 'no title'}: {counted}"
