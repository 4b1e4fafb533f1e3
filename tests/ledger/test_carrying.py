"""Export and import: the same ledger comes out where it was brought in; what does not hold leaves nothing behind."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from luoshi.ledger.actions import erase
from luoshi.ledger.carrying.exporting import export
from luoshi.ledger.carrying.importing import NotProved, import_ledger
from luoshi.ledger.carrying.lines import BadFile
from luoshi.ledger.carrying.lines import sealed as sealed_lines
from luoshi.ledger.carrying.parcels import Conflict
from luoshi.ledger.models import Event, Item, Text
from luoshi.people.models import Post
from luoshi.places.models import Place, Unit

from . import attacks
from .attacks import run
from .office import at, counts, proof
from .sealed import LATER, Ledger, looked, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(settings: Any, tmp_path: Path) -> Ledger:
    settings.MEDIA_ROOT = tmp_path
    return sealed()


def lost() -> None:
    """The ledger is gone; places and people are there."""
    with attacks.attack():
        for table in ("leaf", "root", "text", "evidence", "notice", "support", "searchtext", "event", "item", "series"):
            run(f"DELETE FROM ledger_{table}")
    assert set(counts().values()) == {0}


def brought(lines: list[str], now: datetime.datetime = LATER) -> dict[str, int]:
    return dict(import_ledger(lambda: iter(lines), now))


def rows() -> list[dict[str, Any]]:
    """Rows of items; series are numbered as they come."""
    return [{**row, "series_id": None} for row in Item.unguarded.order_by("pk").values()]


def test_it_works(ledger: Ledger) -> None:
    lines = list(export())
    before = counts()
    lost()
    assert brought(lines) == {"events": 12, "items": 4, "texts": 5, "files": 1, "roots": 1, "leaves": 11}
    assert {**counts(), "Notice": before["Notice"]} == before
    assert list(export()) == lines
    assert looked(ledger.exported, bytes_too=True).green


def test_the_second_time_nothing_is_written(ledger: Ledger) -> None:
    lines, before = list(export()), counts()
    assert sum(brought(lines).values()) == 0
    assert counts() == before


def test_what_came_later_is_added(ledger: Ledger) -> None:
    early = list(export())
    ledger.desks[1].hours = 60
    ledger.desks[1].act("water", "report", progress="已完成六成")
    subject = f"post:{ledger.office.posts['water'].pk}"
    erase(ledger.office["city"], ledger.item(0), basis="withdrawn", subject=subject, now=at(70))
    ledger.seal(2)
    late, items = list(export()), rows()
    lost()
    brought(early)
    assert Text.unguarded.filter(words="").count() == 0
    assert brought(late) == {"events": 2, "texts": 1, "roots": 1, "leaves": 2}
    assert list(export()) == late and rows() == items
    assert Text.unguarded.filter(words="").count() == 2
    # An older file brings nothing back that was erased since.
    assert sum(brought(early).values()) == 0 and list(export()) == late


def test_work_goes_on_where_it_was_brought(ledger: Ledger) -> None:
    lines = list(export())
    lost()
    brought(lines)
    ledger.desks[1].hours = 60
    ledger.desks[1].act("water", "ask_closure", proof("已修好。"), result="已完成")
    assert looked(ledger.exported).green


def changed(lines: list[str], kind: str, change: Callable[[dict[str, Any]], Any], which: int = 0) -> list[str]:
    """The lines with one of a kind changed, and the end made to fit."""
    numbers = [n for n, line in enumerate(lines) if json.loads(line)["kind"] == kind]
    said = json.loads(lines[numbers[which]])
    change(said)
    body = [*lines[:-1]]
    body[numbers[which]] = json.dumps(said, ensure_ascii=False) + "\n"
    return list(sealed_lines(body))


def without(lines: list[str], words: str) -> list[str]:
    """The lines without the first that holds these words, and the end made to fit."""
    gone = next(line for line in lines if words in line)
    return list(sealed_lines(line for line in lines[:-1] if line != gone))


BAD: list[tuple[Callable[[list[str]], list[str]], type[Exception], str]] = [
    (lambda lines: [], BadFile, "cut off"),
    (lambda lines: lines[:-1], BadFile, "cut off"),
    (lambda lines: [*lines, lines[1]], BadFile, "more behind the end"),
    (lambda lines: lines[:2] + lines[3:], BadFile, "changed after it was exported"),
    (lambda lines: lines[1:], BadFile, "line 1: an exported ledger of format 1 begins"),
    (lambda lines: ['{"kind":"ledger","format":2}\n', *lines[1:]], BadFile, "of format 1 begins"),
    (lambda lines: ["task,unit\n"], BadFile, "line 1: is no line of JSON"),
    (lambda lines: [lines[0], '{"kind":"secret"}\n'], BadFile, "line 2: no kind of line that is known"),
    (
        lambda lines: [lines[0], '{"kind":"leaf","root":"1","index":true}\n'],
        BadFile,
        "line 2: leaf: event, index, root",
    ),
    (lambda lines: changed(lines, "event", lambda said: said["event"].pop("actor")), BadFile, "event: "),
    (lambda lines: changed(lines, "event", lambda said: said["event"].update(id="x")), BadFile, "event: badly formed"),
    (lambda lines: changed(lines, "event", lambda said: said["event"].update(verb="x")), BadFile, "the first entry"),
    (
        lambda lines: changed(lines, "event", lambda said: said["event"].update(actor="9")),
        NotProved,
        "nothing imported",
    ),
    (lambda lines: changed(lines, "text", lambda said: said.update(words="改了")), NotProved, "nothing imported"),
    (lambda lines: changed(lines, "root", lambda said: said["root"].update(size=9)), BadFile, "root: was changed"),
    (lambda lines: changed(lines, "leaf", lambda said: said.update(index=99), 10), NotProved, "nothing imported"),
    (
        lambda lines: changed(lines, "event", lambda said: said["event"]["payload"]["series"].update(year=10**30)),
        BadFile,
        "larger than",
    ),
    (
        lambda lines: changed(
            lines, "event", lambda said: said["event"].update(occurred_at="9999-12-31T23:59:59+00:00")
        ),
        BadFile,
        "larger than",
    ),
    (lambda lines: changed(lines, "leaf", lambda said: said.update(index=10**30), -1), BadFile, "the last lines: "),
    (lambda lines: changed(lines, "post", lambda said: said.update(id=10**30)), Conflict, "should be of"),
    (lambda lines: changed(lines, "file", lambda said: said.update(size=10**30)), BadFile, "of this size"),
    (lambda lines: changed(lines, "root", lambda said: said["root"].update(size=10**30)), BadFile, "root: "),
    (lambda lines: without(lines, '"verb":"sign"'), BadFile, "4 report: 3 follows"),
    (lambda lines: without(lines, '"kind":"text"'), NotProved, "nothing imported"),
    (lambda lines: without(lines, '"kind":"leaf"'), NotProved, "nothing imported"),
    (lambda lines: without(lines, '"kind":"root"'), NotProved, "nothing imported"),
]


def test_a_file_that_does_not_hold_leaves_nothing(ledger: Ledger) -> None:
    lines = list(export())
    lost()
    for change, error, words in BAD:
        with pytest.raises(error, match=words), attacks.undone():
            brought(change(lines))
            pytest.fail(words)
        assert set(counts().values()) == {0}


def test_another_history_is_a_conflict(ledger: Ledger) -> None:
    """Events that were added here and there after the file was written."""
    lines = list(export())
    lost()
    brought(lines)
    ledger.desks[1].hours = 60
    with attacks.undone():
        ledger.desks[1].act("water", "report", progress="已完成六成")
        other = list(export())
    ledger.desks[1].sequence -= 1
    ledger.desks[1].act("water", "report", progress="已完成五成")
    before = counts()
    with pytest.raises(Conflict, match=r"line \d+: event 5 of item [-0-9a-f]+ is another here"):
        brought(other)
    assert counts() == before


MISSING: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: Post.unguarded.filter(role="clerk").update(role="leader"),
        "should be of A1:water, clerk; here it is of A1:",
    ),
    (lambda: Place.objects.filter(key="A1a").update(key="A1x"), "there is no place A1a here"),
    (lambda: Unit.objects.filter(key="A1:civil").update(key="x"), "names a place, line or unit that is not here"),
]


@pytest.mark.parametrize(("change", "words"), MISSING)
def test_what_the_ledger_names_must_be_here(ledger: Ledger, change: Callable[[], Any], words: str) -> None:
    lines = list(export())
    lost()
    change()
    with pytest.raises(Conflict, match=words):
        brought(lines)
    assert Event.unguarded.count() == 0


def test_every_table_is_carried_or_made_anew() -> None:
    """A table that is added later must be thought of here."""
    carried = {"Event", "Text", "Evidence", "Root", "Leaf"}
    made_from_events = {"Item", "Support", "Series", "SearchText"}
    # What was told to whom is of the installation.
    left = {"Notice"}
    tables = {model.__name__ for model in apps.get_app_config("ledger").get_models()}
    assert tables == carried | made_from_events | left
