"""The way in: bytes become one report with all its rows, or nothing at all."""

from __future__ import annotations

import io
import zipfile
from itertools import chain
from pathlib import Path

import pytest

from luoshi.documents.actions import How
from luoshi.documents.filing import Lost, fetch, path_of
from luoshi.documents.models import Action, Bringing, Directive, Meeting, Report, Work
from luoshi.documents.reader import text_of
from luoshi.people.models import Role
from luoshi.reading import Unreadable, as_dict, read
from tests.folders import PROJECT
from tests.people.made import DAY, post, user, world

from .made import FLOOD, FLOOD_AGAIN, LATER, NOW, SCHOOL, counts, taken

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    made = world()
    clerk = post(user("zhou"), Role.CLERK, made.units["A1a:gov"])
    done = taken(post=clerk, place=made.places["A1a"])
    report = done.report
    assert (done.how, done.first, report.reprint) == (How.NEW, None, False)
    assert (report.title, report.publisher, str(report.published_on)) == (
        "青溪县召开防汛备汛工作会议 鲍闻舟主持并讲话",
        "青溪日报",
        "2026-05-12",
    )
    meeting = Meeting.seen.by(clerk.user, DAY).get()
    assert (meeting.name, meeting.date, meeting.chairs, meeting.place) == (
        "防汛备汛工作会议",
        "2026-05-11",
        ["鲍闻舟"],
        made.places["A1a"],
    )
    seen = [(d.strength, d.words) for d in Directive.seen.by(clerk.user, DAY).order_by("rank")]
    assert ("forbid", "严禁迟报瞒报汛情") in seen
    assert Action.seen.by(clerk.user, DAY).filter(kind="work").count() >= 6


def test_rows_are_the_reading_and_quote_the_text() -> None:
    report = taken().report
    reading = read(FLOOD.encode())
    assert [d.key for d in Directive.unguarded.filter(report=report)] == [d.id for d in reading.directives]
    deeds = [deed.id for told in reading.directives for deed in told.actions]
    assert [a.key for a in Action.unguarded.filter(report=report)] == deeds
    assert report.reading
    assert report.reading.whole() == {**as_dict(reading), "source": {**as_dict(reading)["source"], "name": report.name}}
    text = text_of(report)
    assert text == FLOOD
    rows = [model.unguarded.values_list("quotation", flat=True) for model in (Directive, Action, Meeting)]
    for quoted in chain(*rows):
        assert quoted
        assert text[quoted["start"] : quoted["end"]] == quoted["exact"]
        assert (quoted["prefix"] + quoted["exact"] + quoted["suffix"]) in text
        assert quoted["source"] == report.original.sha256


@pytest.mark.parametrize("path", sorted((PROJECT / "gold").glob("*.txt")), ids=lambda p: p.stem)
def test_every_report_of_ours_goes_in(path: Path) -> None:
    report = taken(path.read_bytes(), path.name).report
    assert report.reading
    whole, text = report.reading.whole(), text_of(report)
    assert Directive.unguarded.filter(report=report).count() == len(whole["directives"]) > 0
    assert fetch(report.original.sha256) == path.read_bytes()
    quoted = Action.unguarded.values_list("quotation", flat=True)
    assert all(text[each["start"] : each["end"]] == each["exact"] for each in quoted)


def test_a_document_gives_its_text_and_offsets_count_in_it() -> None:
    data = (PROJECT / "examples" / "plan.html").read_bytes()
    report = taken(data, "plan.html").report
    text = text_of(report)
    assert report.original.media_type == "text/html" and "老年食堂" in text
    told = Directive.unguarded.filter(report=report).order_by("rank")
    assert [text[d.quotation["start"] : d.quotation["end"]] for d in told] == [d.quotation["exact"] for d in told]
    assert [owner["text"] for owner in told[0].lead] == ["县民政局"]
    assert told[0].deadline["by"] == "2025-10-31"


# --- the same bytes ---


def test_the_same_bytes_are_the_same_report_and_who_brings_them_sees_it() -> None:
    made = world()
    here = post(user("zhou"), Role.CLERK, made.units["A1a:gov"])
    there = post(user("wu"), Role.CLERK, made.units["B1:gov"])
    colleague = post(user("qian"), Role.OBSERVER, made.units["B1:gov"])
    first = taken(post=here, place=made.places["A1a"])
    assert not Report.seen.by(there.user, DAY).exists()
    before = counts()
    again = taken(name="copy.txt", post=there, place=made.places["B1"], now=LATER)
    assert (again.how, again.report) == (How.SAME, first.report)
    assert (again.report.name, again.report.brought_at, again.report.place) == ("fangxun.txt", NOW, made.places["A1a"])
    assert counts() == {**before, "Bringing": before["Bringing"] + 1}
    for viewer in (there.user, colleague.user):
        assert Report.seen.by(viewer, DAY).get() == first.report
        assert Action.seen.by(viewer, DAY).count() == before["Action"]
    assert [b.name for b in Bringing.seen.by(there.user, DAY)] == ["copy.txt"]
    taken(post=there, place=made.places["B1"])
    taken()
    taken()
    assert Bringing.unguarded.count() == 3


def test_the_same_bytes_bring_the_place_that_was_missing() -> None:
    made = world()
    clerk = post(user("zhou"), Role.CLERK, made.units["A1a:gov"])
    taken()
    assert not Report.seen.by(clerk.user, DAY).exists()
    taken(place=made.places["A1a"], line=made.lines["water"])
    assert Report.seen.by(clerk.user, DAY).get().line == made.lines["water"]
    assert Meeting.seen.by(clerk.user, DAY).get().line == made.lines["water"]
    taken(place=made.places["B1"])
    assert Report.unguarded.get().place == made.places["A1a"]


def test_a_day_of_publication_that_comes_later_is_read_with() -> None:
    words = "会议强调，要在今年年底前建成3座水厂，压实各方责任。会议要求，各乡镇要完善供水台账。"
    report = taken(words).report
    told = Directive.unguarded.get(words__contains="水厂")
    assert told.deadline["by"] == "--12-31"
    later = taken(words, published="2026-03-01", now=LATER)
    assert later.how is How.SAME and later.changes
    told.refresh_from_db()
    assert told.deadline["by"] == "2026-12-31"
    assert later.report == report and str(later.report.published_on) == "2026-03-01"
    assert taken(words, published="2027-03-01").changes is None


# --- reprints ---


def test_a_reprint_is_another_report_of_the_same_work() -> None:
    first = taken()
    again = taken(FLOOD_AGAIN, "zhuanzai.txt")
    other = taken(SCHOOL, "kaixue.txt")
    assert (again.how, again.first) == (How.REPRINT, first.report)
    assert again.report.work == first.report.work and again.report.reprint and 0.6 <= again.report.shared < 1
    assert other.how is How.NEW and other.report.work != first.report.work
    assert Work.unguarded.count() == 2
    # What it tells is told again with its own evidence.
    told = {
        r: set(Directive.unguarded.filter(report=r).values_list("words", "key")) for r in (first.report, again.report)
    }
    (own, keys), (others, other_keys) = (zip(*rows, strict=True) for rows in told.values())
    assert set(others) < set(own) and not set(keys) & set(other_keys)


# --- nothing written ---


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (80 << 20))
    return packed.getvalue()


HOSTILE = {
    "nothing": (b"", "a.txt"),
    "blanks": (b" \n\t\r\n", "a.txt"),
    "a mark and nothing": ("\ufeff".encode(), "a.txt"),
    "binary": (bytes(range(256)) * 40, "a.txt"),
    "a program": (b"\x7fELF" + b"\0" * 400, "a.txt"),
    "half of an archive": (b"PK\x03\x04" + b"\0" * 26, "a.docx"),
    "a bomb": (_bomb(), "a.docx"),
    "a broken PDF": (b"%PDF-1.7\n1 0 obj<</Type/Catalog>>", "a.pdf"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc"),
    "UTF-16 cut in the middle": ("会议".encode("utf-16") + b"\0", "a.txt"),
    "a page of nothing": (b"<html><body><script>alert(1)</script></body></html>", "a.html"),
    "too much": (b"a" * (10 * 1024 * 1024 + 1), "a.txt"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_in_one_line_and_leaves_nothing(name: str, originals: Path) -> None:
    data, called = HOSTILE[name]
    with pytest.raises(Unreadable) as told:
        taken(data, called)
    assert str(told.value) and "\n" not in str(told.value)
    assert set(counts().values()) == {0}
    assert not list(originals.rglob("*"))


def test_a_fault_of_the_reader_is_a_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("luoshi.documents.reader.read", fails)
    with pytest.raises(Unreadable, match="the reader failed on it"):
        taken()
    assert set(counts().values()) == {0}


# What no column of a database takes as it is, and still is a report.
ODD = {
    "U+0000 in UTF-16": FLOOD.replace("防汛责任", "防汛\0责任").encode("utf-16"),
    "a number without end": FLOOD.replace("95%", "9" * 400 + "%").encode(),
    "a byte that is no text in a page": f"<html><body><p>{FLOOD}</p></body></html>".encode().replace(
        b"\xe5\xb8\x82", b"\xe5", 3
    ),
    "a name that is none": FLOOD.encode(),
    "one line of words without end": ("会议强调，" + "要压实防汛责任，" * 300 + "。").encode(),
    "a title of a hundred thousand characters": ("防汛" * 50_000 + "\n\n" + FLOOD).encode(),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_reports_go_in(name: str) -> None:
    report = taken(ODD[name], "a\0\ud800.txt" if "name" in name else "a.txt").report
    text = text_of(report)
    for row in Directive.unguarded.filter(report=report):
        quoted = row.quotation
        assert len(quoted["exact"]) == quoted["end"] - quoted["start"]
        assert text[quoted["start"] : quoted["end"]].replace("\0", "\ufffd") == quoted["exact"]
    assert taken(ODD[name], "again.txt").how is How.SAME


def test_without_a_disk_nothing_is_in_the_database(originals: Path) -> None:
    originals.parent.mkdir()
    originals.write_text("a file where a folder should be")
    with pytest.raises(OSError):
        taken()
    assert set(counts().values()) == {0}


def test_what_goes_wrong_in_between_leaves_nothing_in_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("luoshi.documents.settling.Settling._meetings", fails)
    with pytest.raises(RuntimeError):
        taken()
    assert set(counts().values()) == {0}
    monkeypatch.undo()
    assert taken().how is How.NEW


def test_an_original_that_was_lost_or_changed_is_told(originals: Path) -> None:
    sha256 = taken().report.original.sha256
    path_of(sha256).write_bytes(b"other")
    with pytest.raises(Lost, match=sha256[:12]):
        fetch(sha256)
    assert taken().how is How.SAME
    assert fetch(sha256) == FLOOD.encode()
    path_of(sha256).unlink()
    with pytest.raises(Lost, match=sha256[:12]):
        fetch(sha256)
    assert [p.name for p in originals.rglob("*") if p.is_file()] == []
