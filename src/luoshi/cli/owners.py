"""`luoshi owners`: a split document, or rows of directives with their owner brackets, in; who leads, who helps, for
whom it holds and until when out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from luoshi.reading import Reading
from luoshi.reading.sources import legible
from luoshi.streams.inputs import inputs
from luoshi.streams.work import outcomes

from .allotted import Allotted, Name, of_reading, of_row, remarked, show
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
) -> None:
    """Print the items of a split document with who leads, who supports, the scope (all that are named together) and
    the time as printed.

    Exit status: 0 all was read, 2 some could not be (each is named on standard error).
    """
    found = _Found(path)
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
    """One printed name. Whoever knows units gives it its unit here: nothing else makes a name of an owner."""
    return {"name": name.name, "role": name.role, **({"scope": True} if name.scope else {})}


class _Found:
    """Goes through what was given; counts what could not be read and tells it."""

    def __init__(self, path: str) -> None:
        self.path, self.failed = path, 0

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
        yield from items

    def rows(self) -> Iterator[Allotted]:
        """A row for each line that holds one, in their order; what is no row keeps its place with its problem."""
        first_leads: set[str] = set()
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
            yield of_row(row, source in first_leads)

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
