"""`luoshi owners`: a split document, or rows of directives with their owner brackets, in; who leads, who helps, for
whom it holds and until when out."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from luoshi.intake.speaking import speaker
from luoshi.places.names import Context, default_directory
from luoshi.reading import Reading
from luoshi.reading.sources import legible
from luoshi.streams.inputs import inputs
from luoshi.streams.work import outcomes

from .allotted import Allotted, Name, of_reading, of_row, remarked, show, with_meaning
from .meaning import Meanings, place_called
from .office import FAILED
from .printing import tell

# A row of a longer line is no directive with its bracket: the longest item met has 2,000 characters.
LONGEST_ROW = 1_000_000


class Format(StrEnum):
    """How owners are printed."""

    table = "table"
    jsonl = "jsonl"


def command(
    path: Annotated[
        str,
        typer.Argument(
            help="A split document of any kind that `read` takes, or rows (.jsonl, .ndjson, - for standard input): "
            '{"source", "text", "owners_as_printed"}.',
            metavar="FILE",
        ),
    ],
    format: Annotated[
        Format, typer.Option("--format", help="table to read; jsonl: a line a row, or an item of the document.")
    ] = Format.table,
    units: Annotated[bool, typer.Option("--units", help="Say which unit each name means, too.")] = False,
    place: Annotated[
        str, typer.Option("--place", metavar="NAME", help="Who issues it (name or code), where it does not say so.")
    ] = "",
    on: Annotated[
        datetime.datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The day of its words, where it has none. [default: today]"),
    ] = None,
) -> None:
    """Print the items of a split document with who leads, who supports, the scope (all that are named together) and
    the time as printed; with --units, --place or --on which units that is.

    A name that may mean several units stays open: nothing is assigned by guess. Exit status: 0 all was read, 2 some
    could not be (each is named on standard error).
    """
    meant = _Meant(place, on.date() if on else datetime.date.today()) if units or place or on else None
    found = _Found(path, meant)
    try:
        items = found.rows() if path == "-" or path.lower().endswith((".jsonl", ".ndjson")) else found.documents()
        if format is Format.jsonl:
            for item in items:
                print(json.dumps(_as_dict(item), ensure_ascii=False))
        else:
            show(items, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        return
    except KeyboardInterrupt:
        tell("stopped; what was printed so far is complete")
        raise typer.Exit(130) from None
    if found.failed:
        raise typer.Exit(FAILED)


def _as_dict(item: Allotted) -> dict[str, Any]:
    """A row as it is printed; what an item of a document has besides stands before its owners."""
    about = {"source": item.source, "number": item.number, "text": item.words, "due": list(item.due)}
    known = {key: value for key, value in about.items() if value} if item.of_document else {}
    told = {"problem": item.problem} if item.problem else {}
    return {**known, **told, "printed": [_named(name) for name in item.names], "suggested": []}


def _named(name: Name) -> dict[str, Any]:
    meaning = {"meaning": name.meaning} if name.meaning else {}
    return {"name": name.name, "role": name.role, **({"scope": True} if name.scope else {}), **meaning}


class _Meant:
    """Gives names their meaning, in the context of a document or of what was typed."""

    def __init__(self, place: str, day: datetime.date) -> None:
        self.directory, self.day = default_directory(), day
        self.place = place_called(place, day, self.directory) if place else None
        if place and self.place is None:
            tell(f"--place {legible(place)}: no place, or several, are called so; give its code or the places above")
            raise typer.Exit(FAILED)

    def of(self, reading: Reading | None) -> Meanings:
        """The meanings in a document; None: in a row, which says nothing of where it comes from."""
        context = Context(self.place, self.day)
        if reading is not None:
            context = speaker(reading, self.directory, self.day, self.place).context
        return Meanings(context, self.directory)


class _Found:
    """Goes through what was given; counts what could not be read and tells it."""

    def __init__(self, path: str, meant: _Meant | None) -> None:
        self.path, self.failed, self.meant = path, 0, meant

    def _fail(self, words: str) -> None:
        self.failed += 1
        tell(words)

    def documents(self) -> Iterator[Allotted]:
        """The items of all documents."""
        for outcome in outcomes(inputs([self.path]), None, 1):
            if outcome.reading is None:
                self._fail(f"{outcome.name}: {outcome.problem}")
                continue
            yield from self._items(outcome.name, outcome.reading)

    def _items(self, name: str, reading: Reading) -> Iterator[Allotted]:
        items = list(of_reading(reading))
        if not any(item.names for item in items):
            tell(f"{name}: no owner is printed in it")
            return
        meanings = self.meant.of(reading) if self.meant else None
        yield from (with_meaning(item, meanings) for item in items)

    def rows(self) -> Iterator[Allotted]:
        """A row for each line that holds one, in their order; what is no row keeps its place with its problem."""
        first_leads: set[str] = set()
        meanings = self.meant.of(None) if self.meant else None
        for number, line in self._lines():
            if not line.strip():
                continue
            row = _row(line)
            if isinstance(row, str):
                self._fail(f"{legible(self.path)}, line {number}: {row}")
                yield Allotted(problem=row)
                continue
            source = str(row.get("source") or "")
            if remarked(row):
                first_leads.add(source)
            yield with_meaning(of_row(row, source in first_leads), meanings)

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """The lines of the file, numbered; what stands in the way of it is told."""
        try:
            with sys.stdin.buffer if self.path == "-" else Path(self.path).open("rb") as file:
                for number in count(1):
                    line = file.readline(LONGEST_ROW + 1)
                    if not line:
                        return
                    yield number, line
                    while len(line) > LONGEST_ROW and not line.endswith(b"\n"):
                        line = file.readline(LONGEST_ROW + 1)
        except OSError as wrong:
            self._fail(f"{legible(self.path)}: cannot be opened: {wrong.strerror or wrong}")


def _row(line: bytes) -> dict[str, Any] | str:
    """A row, or what is wrong with it."""
    if len(line) > LONGEST_ROW:
        return "the line is too long for one directive; give the document itself instead"
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "it is not UTF-8; save the file as UTF-8"
    except (ValueError, RecursionError):
        return "it is no JSON; a row looks like " + '{"source": "", "text": "", "owners_as_printed": ""}'
    if not isinstance(row, dict) or not any(isinstance(row.get(key), str) for key in ("text", "owners_as_printed")):
        return 'it has neither "text" nor "owners_as_printed" with words in it'
    return row
