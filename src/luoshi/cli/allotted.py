"""A reading or a row of a split document in, each item with its printed owners out, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.reading import Directive, Reading
from luoshi.reading.clean import clean
from luoshi.reading.owner_blocks import blocks, read_blocks
from luoshi.reading.owner_names import is_scope, is_unit_name
from luoshi.reading.owners import Role, read_owners
from luoshi.reading.rules import rule

from .formats import PLAIN_WIDTH
from .meaning import Meanings


@dataclass(frozen=True, slots=True)
class Name:
    """An owner as printed; `scope`: the name stands for all of a kind (各市人民政府), which no one unit is.

    `meaning` and `told`: what it means, where that was asked for.
    """

    name: str
    role: Role
    scope: bool
    meaning: dict[str, Any] | None = None
    told: str = ""

    @property
    def shown(self) -> str:
        """As the table prints it."""
        return f"{self.name}（{self.told}）" if self.told and self.told != self.name else self.name


@dataclass(frozen=True, slots=True)
class Allotted:
    """An item and who it is for. `due`: its deadlines as printed; `problem`: why a row could not be read."""

    names: tuple[Name, ...] = ()
    words: str = ""
    source: str = ""
    number: str = ""
    due: tuple[str, ...] = ()
    of_document: bool = False
    problem: str = ""


def of_reading(reading: Reading) -> Iterator[Allotted]:
    """The items of a document: what has owners, and what stands numbered beside it without."""
    for directive in reading.directives:
        if directive.lead or directive.support or (directive.number and directive.statement is None):
            yield _of_directive(reading, directive)


def _of_directive(reading: Reading, directive: Directive) -> Allotted:
    printed = ((unit.text, role) for role in _ROLES for unit in getattr(directive, role))
    due = dict.fromkeys(d.span.text for d in (directive.deadline, *directive.deadlines) if d)
    return Allotted(
        tuple(_name(name, role) for name, role in printed),
        directive.span.text.replace("\n", ""),
        reading.source.name,
        directive.number.text if directive.number else "",
        tuple(due),
        of_document=True,
    )


_ROLES: tuple[Role, ...] = ("lead", "support")


def _name(name: str, role: Role) -> Name:
    return Name("".join(name.split()), role, is_scope(name))


def with_meaning(item: Allotted, meanings: Meanings | None) -> Allotted:
    """An item whose names say what they mean; as it is where nothing was asked."""
    if meanings is None:
        return item
    names = (replace(n, meaning=meanings.as_dict(n.name), told=meanings.line(n.name)) for n in item.names)
    return replace(item, names=tuple(names))


def of_row(row: dict[str, Any], first_leads: bool) -> Allotted:
    """A row {"text", "owners_as_printed"}: the owners of its bracket, without one those that its text prints.

    Args:
        row: a row with at least one of the two.
        first_leads: its document says that of several owners the first leads.
    """
    bracket, words = row.get("owners_as_printed"), row.get("text")
    text = clean(bracket if isinstance(bracket, str) else str(words)).text
    if isinstance(bracket, str):
        owners = read_owners(text, first_leads)
        if "。" in text.rstrip(" 。"):
            # A bracket that lost its end holds the sentences behind it.
            owners = tuple(owner for owner in owners if is_unit_name(owner.name))
    else:
        owners = read_blocks(text, [b for b in blocks(text, 0, len(text)) if b.owned], first_leads)
    said = words if isinstance(words, str) else ""
    return Allotted(tuple(_name(o.name, o.role) for o in owners), said, str(row.get("source") or ""))


def remarked(row: dict[str, Any]) -> bool:
    """Whether a row says that of several owners the first leads."""
    words = " ".join(str(row.get(key) or "") for key in ("text", "owners_as_printed"))
    return bool(rule("owners", "first-leads").find(clean(words).text))


def show(items: Iterable[Allotted], out: TextIO) -> None:
    """A table for each document: who leads, who supports, all those named together, and until when."""
    console = Console(file=out)
    if not console.is_terminal:
        console = Console(file=out, width=PLAIN_WIDTH)
    for source, found in groupby(items, key=lambda item: item.source):
        _show(source, found, console)


def _show(source: str, items: Iterable[Allotted], console: Console) -> None:
    sheet = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=console.is_terminal)
    sheet.add_column("序号", no_wrap=True)
    for heading, ratio in (("事项", 5), ("牵头", 3), ("配合", 3), ("范围", 3), ("时限", 2)):
        sheet.add_column(heading, ratio=ratio, overflow="fold")
    for item in items:
        if not item.problem:
            sheet.add_row(item.number, _short(item.words), *_columns(item), "；".join(item.due))
    if sheet.row_count:
        console.print(Text(source, style="dim"), sheet)


# An item in the table is cut to this many characters; the whole stands in jsonl.
SHOWN = 60


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


def _columns(item: Allotted) -> tuple[str, str, str]:
    lead = [n.shown for n in item.names if n.role == "lead" and not n.scope]
    support = [n.shown for n in item.names if n.role == "support" and not n.scope]
    return "、".join(lead), "、".join(support), "、".join(n.shown for n in item.names if n.scope)
