"""`luoshi take` and `luoshi reread`: a line a report, a line for what is wrong, nothing written for it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings
from typer.testing import CliRunner

from luoshi.cli.app import app
from luoshi.documents.actions import correct
from luoshi.documents.models import Directive, Report
from luoshi.intake.models import Draft
from tests.documents.made import FLOOD, FLOOD_AGAIN, NOW, SCHOOL, directive, missing, version, weak_lexicon
from tests.people.made import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.chdir(tmp_path)
    settings.MEDIA_ROOT = tmp_path / "home" / "files"
    world()


def run(*arguments: str, given: bytes | None = None) -> tuple[int, list[str], list[str]]:
    """Exit status, lines of standard output, lines of standard error."""
    answer = CliRunner().invoke(app, list(arguments), input=given)
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer.exit_code, answer.stdout.splitlines(), answer.stderr.splitlines()


def numbers() -> list[int]:
    return list(Report.unguarded.order_by("pk").values_list("pk", flat=True))


def test_it_works() -> None:
    Path("a.txt").write_text(FLOOD, "utf-8")
    Path("b.txt").write_text(FLOOD_AGAIN, "utf-8")
    Path("c.txt").write_text(FLOOD, "utf-8")
    code, told, wrong = run("take", "a.txt", "b.txt", "c.txt", "--place", "青溪县")
    one, two = numbers()
    assert (code, wrong) == (0, [])
    assert told == [
        f"report {one}, new: a.txt: 青溪县召开防汛备汛工作会议 鲍闻舟主持并讲话: meetings 1, directives 7, actions 9",
        f"report {two}, reprint of {one} (92% shared): b.txt: 筑牢青溪防汛安全线: meetings 1, directives 6, actions 8",
        f"report {one}, same bytes as a.txt: c.txt",
    ]
    assert {report.place and report.place.key for report in Report.unguarded.all()} == {"A1a"}


def test_everything_that_can_be_read_can_be_taken_in() -> None:
    record = {"id": "r1", "title": "望海市教育局开学会", "content": SCHOOL.split("\n", 1)[1], "date": "2026-08-20"}
    Path("records.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n{}\n", "utf-8")
    with zipfile.ZipFile("many.zip", "w") as archive:
        archive.writestr("inner/flood.txt", FLOOD)
    Path("dated.txt").write_text("会议强调，要在今年年底前建成3座水厂，完善供水台账。", "utf-8")
    Path("dated.meta.json").write_text('{"published": "2026-03-01"}', "utf-8")
    code, told, wrong = run("take", "records.jsonl", "many.zip", "dated.txt", "-", given=SCHOOL.encode())
    assert code == 2 and [line.split(": ")[1] for line in wrong[:-1]] == ["records.jsonl!line 2"]
    assert wrong[-1].startswith("luoshi: without a place: 4;")
    assert [line.split(": ")[1] for line in told] == [
        "records.jsonl!r1",
        "many.zip!inner/flood.txt",
        "dated.txt",
        "standard input",
    ]
    first = Report.unguarded.order_by("pk").first()
    assert first and (first.title, first.name) == ("望海市教育局开学会", "records.jsonl!r1.txt")
    assert Directive.unguarded.get(words__contains="水厂").deadline["by"] == "2026-12-31"


def test_a_day_may_be_given() -> None:
    Path("a.txt").write_text("会议强调，要在今年年底前建成3座水厂，完善供水台账。", "utf-8")
    run("take", "a.txt")
    code, told, _ = run("take", "a.txt", "--published", "2026-03-01")
    assert (code, told) == (
        0,
        [f"report {numbers()[0]}, same bytes as a.txt: a.txt; read again for its day of publication"],
    )
    assert run("take", "a.txt", "--published", "soon")[0] == 2


WRONG = {
    "empty.txt": (b"", "empty"),
    "program.txt": (bytes(range(256)), "binary"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save"),
    "half.docx": (b"PK\x03\x04" + b"\0" * 30, "damaged"),
    "page.html": (b"<html><script>alert('x')</script></html>", "no text"),
    "long.txt": (b"a" * (10 * 1024 * 1024 + 1), "10 MB"),
    "\x1b[31mred\n.txt": (b"", "empty"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_one_line_and_the_others_go_in(name: str) -> None:
    data, why = WRONG[name]
    Path(name).write_bytes(data)
    Path("z.txt").write_text(FLOOD, "utf-8")
    code, told, wrong = run("take", name, "z.txt", "--place", "青溪县")
    assert (code, len(told), len(wrong)) == (2, 1, 1)
    assert wrong[0].isprintable() and why in wrong[0] and Report.unguarded.count() == 1


@pytest.mark.parametrize("place", ["没有的县", "省"])
def test_a_place_that_is_none_or_several_is_told_and_nothing_taken_in(place: str) -> None:
    Path("a.txt").write_text(FLOOD, "utf-8")
    code, told, wrong = run("take", "a.txt", "--place", place)
    assert (code, told, len(wrong)) == (2, [], 1) and wrong[0].startswith(f"luoshi: --place {place}: ")
    assert not Report.unguarded.exists()


def test_what_is_not_there_is_told() -> None:
    assert run("take", "none.txt")[0] == 2
    assert run("reread", "999")[2] == ["luoshi: 999: there is no such report"]
    assert run("reread", "999", "--all")[2] == ["luoshi: --all reads all reports: leave out the number"]


# --- drafts ---


def drafted() -> int:
    return Draft.unguarded.filter(state="waiting").count()


def test_what_has_a_place_is_drafted() -> None:
    Path("a.txt").write_text(FLOOD, "utf-8")
    Path("b.txt").write_text(FLOOD_AGAIN, "utf-8")
    assert run("take", "a.txt")[0] == 0 and drafted() == 0
    assert run("take", "a.txt", "--place", "青溪县", "--no-draft")[0] == 0 and drafted() == 0
    for _ in range(2):
        assert run("take", "a.txt", "b.txt", "--place", "青溪县")[0] == 0 and drafted() == 9
    assert {row.place and row.place.key for row in Draft.unguarded.all()} == {"A1a"}


def test_drafts_follow_what_is_read_again() -> None:
    Path("a.txt").write_text(FLOOD, "utf-8")
    with weak_lexicon(), missing("值班值守"), version("0.0.1"):
        run("take", "a.txt", "--place", "青溪县")
    assert drafted() == 8
    run("reread")
    assert drafted() == 9 and Draft.unguarded.filter(strength="ensure").exists()


# --- reread ---


def test_what_changed_is_told_and_what_was_corrected_stays() -> None:
    Path("a.txt").write_text(FLOOD, "utf-8")
    with weak_lexicon(), missing("值班值守"), version("0.0.1"):
        run("take", "a.txt", "--place", "青溪县")
    (number,) = numbers()
    with transaction.atomic():
        correct(directive(Report.unguarded.get(), "水库"), "strength", "must", post=None, now=NOW)
    code, told, wrong = run("reread")
    assert (code, wrong) == (0, [])
    assert told == [
        f"report {number}: 青溪县召开防汛备汛工作会议 鲍闻舟主持并讲话",
        "    + directive: 必须落实值班值守",
        "    + action: 落实值班值守",
        "    ~ directive: 要开展转移演练，力争山洪灾害易发村覆盖率达到95%以上: strength: push → strive",
        "    = directive: 要确保6月底前完成12座小型水库除险加固: strength: must stays (read: push → ensure)",
        "1 read again, 1 with changes",
    ]
    assert run("reread")[1] == ["0 read again, 0 with changes"]
    assert run("reread", "--all")[1] == run("reread", str(number))[1] == ["1 read again, 0 with changes"]


def test_a_report_whose_original_is_gone_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    for name, text in (("a.txt", FLOOD), ("b.txt", SCHOOL)):
        Path(name).write_text(text, "utf-8")
    run("take", "a.txt", "b.txt", "--place", "青溪县")
    sha256 = Report.unguarded.order_by("pk")[0].original.sha256
    (tmp_path / "home" / "files" / "originals" / sha256[:2] / sha256).unlink()
    code, told, wrong = run("reread", "--all")
    assert (code, told, len(wrong)) == (2, ["1 read again, 0 with changes"], 1) and sha256[:12] in wrong[0]
