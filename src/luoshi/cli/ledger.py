"""`luoshi ledger …`: the ledger of this installation proved, sealed, rebuilt, carried; exit status 1: faults found."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from . import carrying
from .office import ledger, stop
from .printing import one_line, tell

if TYPE_CHECKING:
    from luoshi.ledger.models import Item
    from luoshi.ledger.proving.nouns import Report

FAULTS = 1
app = typer.Typer(help="Prove, seal, rebuild and carry the ledger.", no_args_is_help=True, rich_markup_mode=None)

ROOTS = typer.Option([], "--roots", metavar="FILE", help="Exported roots that somebody kept; may be given again.")
ITEM = typer.Option("", "--item", metavar="NUMBER", help="This item alone.")
FILES = typer.Option(False, "--files", help="Read the bytes of files of evidence too.")
PROOF = typer.Option(None, "--proof", metavar="FILE", help="Check this proof instead; needs no database.")
FIX = typer.Option(False, "--fix", help="Make such rows anew from their events.")
EXPORT = typer.Option(None, "--export", metavar="FILE", help="Append the lines of roots that FILE has not.")
DAY = typer.Option(None, "--day", formats=["%Y-%m-%d"], help="The last day to seal.  [default: yesterday]")
NUMBER = typer.Argument(..., metavar="NUMBER", help="The number of an item, as 杭州市任务清单〔2026〕12号.")
SEQUENCE = typer.Argument(..., metavar="SEQUENCE", min=1, help="Which of its events, from 1.")
KEY = typer.Argument("", metavar="[KEY]", help="One playbook, with its states and moves.")


@app.command("verify")
def verify(roots: list[Path] = ROOTS, item: str = ITEM, files: bool = FILES, proof: Path | None = PROOF) -> None:
    """Check that nothing in the ledger was changed, deleted, added or moved unseen.

    Exit status: 0 all holds, 1 faults (a line each), 2 it could not be checked.
    """
    if proof and (item or files):
        stop("--proof is checked by itself or with --roots")
    if item and roots:
        stop("--roots are of the whole ledger; leave out --item")
    if proof:
        _check_proof(proof, [line for path in roots for line in _lines(path)])
        return
    with _ledger():
        from django.utils import timezone

        from luoshi.ledger.proving.roots import Exported
        from luoshi.ledger.proving.verify import verify as verify_ledger

        exported = [Exported(path.name, _lines(path)) for path in roots]
        row = _item(item) if item else None
        tell_of(verify_ledger(timezone.now(), exported, row, files, progress))


def _check_proof(path: Path, kept: list[str]) -> None:
    """A proof checks against itself; its root against lines that were kept."""
    from luoshi.ledger.chain.proof import disproofs
    from luoshi.ledger.chain.sealing import RootLine, read_lines

    try:
        said = json.loads("\n".join(_lines(path)))
    except (ValueError, RecursionError):
        stop(f"{path}: is no proof: no JSON")
    wrong = disproofs(said)
    for each in wrong:
        print(one_line(f"{path}: {each}"))
    if wrong:
        raise typer.Exit(FAULTS)
    root, event = said["root"], said["event"]
    held = [line for _, line in read_lines(kept) if isinstance(line, RootLine)]
    if kept and root["seal"] not in {line.seal for line in held}:
        print(one_line(f"{path}: its root, of {root['day']}, is none of those that were exported"))
        raise typer.Exit(FAULTS)
    against = "which was exported" if kept else f"if its seal was exported: {root['seal']}"
    what = f"event {event['sequence']} ({event['verb']}) of item {event['item']}"
    print(one_line(f"{what}, recorded {event['recorded_at']}, is in the root of {root['day']}, {against}"))


@app.command("replay")
def replay(fix: bool = FIX) -> None:
    """Compare the row of every item with what its events make of it.

    Exit status: 0 all are the same, or were made so, 1 some are not, 2 it could not be checked.
    """
    with _ledger():
        from django.utils import timezone

        from luoshi.ledger.proving.nouns import Counts
        from luoshi.ledger.proving.replaying import NoRow, differing, rebuild

        now, counts = timezone.now(), Counts(progress)
        differ = []
        for item, faults in differing(now, counts):
            differ.append(item)
            for fault in faults:
                print(one_line(str(fault)))
        left = len(differ)
        for item in differ if fix else ():
            try:
                rebuild(item, now)
                left -= 1
            except NoRow as wrong:
                print(one_line(f"not made anew: {wrong}"))
        done = f"; {len(differ) - left:,} made anew" if fix else ""
        tell(f"{counts.of['items']:,} items, {len(differ):,} differ from their events{done}")
    if left:
        raise typer.Exit(FAULTS)


@app.command("root")
def root(export: Path | None = EXPORT, day: datetime.datetime | None = DAY) -> None:
    """Seal the days that are over: one root of all events since the last, whose line is printed.

    Keep the lines of --export where whoever owns this installation cannot change them. Exit status: 0 done, 1 FILE
    holds another root than the ledger, 2 the day is not over.
    """
    with _ledger():
        from django.utils import timezone

        from luoshi.ledger.proving.sealing import NotOver, line_of, seal

        last = day.date() if day else timezone.localdate() - datetime.timedelta(1)
        try:
            made = seal(last, timezone.now())
        except NotOver as wrong:
            stop(str(wrong))
        if made is None:
            tell(f"sealed up to {last} before")
        else:
            print(line_of(made).spelled())
        if export:
            carrying.append_roots(export)


@app.command("prove")
def prove(number: str = NUMBER, sequence: int = SEQUENCE) -> None:
    """Print the proof that an event is in the root of a day; `verify --proof` checks it, also elsewhere."""
    with _ledger():
        from luoshi.ledger.proving.proofs import NoProof
        from luoshi.ledger.proving.proofs import prove as proof_of

        try:
            print(json.dumps(proof_of(_item(number), sequence), ensure_ascii=False, indent=1))
        except NoProof as wrong:
            stop(str(wrong))


@app.command("playbooks")
def playbooks(key: str = KEY) -> None:
    """List the playbooks, or show the states and moves of one in its newest version."""
    from luoshi.ledger.playbook import BrokenPlaybooks, UnknownPlaybook, load_playbooks
    from luoshi.ledger.playbook.outline import outline

    try:
        found = load_playbooks()
        if key:
            print(outline(found.latest(key), "zh-hans"))
            return
    except (BrokenPlaybooks, UnknownPlaybook) as wrong:
        stop(str(wrong))
    for each in found:
        print(f"{each.key} {each.version}  {each.name.zh}  {len(each.states)} states, {len(each.moves)} moves")


app.command("export")(carrying.export)
app.command("import")(carrying.import_)


def progress(what: str, many: int) -> None:
    """How far it is, in a terminal."""
    if sys.stderr.isatty():
        print(f"\r{many:,} {what} ", end="", file=sys.stderr, flush=True)


@contextmanager
def _ledger() -> Iterator[None]:
    """The ledger opened; rows that no program of ours wrote end in a line."""
    with ledger():
        from luoshi.ledger.proving.streams import Garbled

        try:
            yield
        except Garbled as wrong:
            stop(str(wrong))


def tell_of(report: Report) -> None:
    """Every fault in a line, what was looked at, and exit status 1 where there are faults."""
    for fault in report.faults:
        print(one_line(str(fault)))
    counted = ", ".join(f"{many:,} {what}" for what, many in report.counts.items())
    found = f"{len(report.faults) + report.more:,} faults"
    more = f", of which {len(report.faults):,} are shown" if report.more else ""
    tell(f"{counted or 'nothing there'}: {'all holds' if report.green else found + more}")
    if not report.green:
        raise typer.Exit(FAULTS)


def _item(number: str) -> Item:
    from luoshi.ledger.models import Item

    row = Item.unguarded.filter(number=number).first()
    if row is None:
        stop(f"there is no item {number}")
        raise AssertionError
    return row


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        stop(f"{path}: {getattr(wrong, 'strerror', None) or 'is no text in UTF-8'}")
        raise AssertionError from None
