"""`luoshi calendar`: a year shown, a notice brought in, what is wanting told, each with its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.calendar.models import Notice
from luoshi.cli import calendar
from luoshi.cli.app import app
from luoshi.ledger.playbook import BrokenPlaybooks

from .made import CHANGED, table

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["calendar", *words])
    return answer.exit_code, answer.output


def test_it_works() -> None:
    status, said = run("show", "2026")
    assert status == 0 and said.startswith("2026年：248个工作日，日历版本1.11.0+0\n")
    assert "2026-02-15 周日至2026-02-23 周一  放假9天  春节  chinesecalendar 1.11.0\n" in said
    assert "2026-02-14 周六  上班1天  调休上班  chinesecalendar 1.11.0\n" in said


@pytest.mark.parametrize("year", ["1", "2003", "2027", "9999"])
def test_any_year_is_shown(year: str) -> None:
    status, said = run("show", year)
    assert status == 0 and "推定" in said


def test_a_notice_is_brought_in_once(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(table())
    status, said = run("import", str(file), "--title", "放假安排", "--document", "国办发明电〔2026〕1号")
    assert status == 0 and "notice 1: 10 days changed; the calendar is 1.11.0+1" in said
    assert sorted(line.split()[0] for line in said.splitlines() if "→" in line) == [f"2027-{each}" for each in CHANGED]
    assert "2027-01-31 周日  放假 → 上班" in said
    assert run("import", str(file)) == (0, "luoshi: nothing new; the calendar stays 1.11.0+1\n")
    assert Notice.objects.get().document == "国办发明电〔2026〕1号"
    assert "推定" not in run("show", "2027")[1] and "notice 1" in run("show", "2027")[1]


def test_with_playbooks_that_cannot_be_used_nothing_is_brought_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is due is counted anew along with it; without playbooks nobody could."""

    def broken() -> None:
        raise BrokenPlaybooks("task.yaml: states: there are none")

    monkeypatch.setattr("luoshi.ledger.actions.books.playbooks", broken)
    (file := tmp_path / "2027.csv").write_bytes(table())
    assert run("import", str(file)) == (2, "luoshi: task.yaml: states: there are none\n")
    assert not Notice.objects.exists() and run("recount")[0] == 2


def test_what_is_wanting_in_a_notice_is_told(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(table(without="2027-06-09"))
    assert "2027 stays provisional: no notice gives its statutory holidays 2027-06-09" in run("import", str(file))[1]


def test_a_wrong_table_is_told_by_line(tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("日期,班休,节日\n2027-02-30,放假,春节\n2027-03-01,半天,\n", "utf-8")
    status, said = run("import", str(file))
    assert status == 2 and "2 faults, nothing imported" in said and "第2行“日期”" in said and "第3行“班休”" in said
    assert run("import", str(tmp_path / "none.csv"))[0] == 2
    assert run("import", str(file), "--title", "长" * 201)[0] == 2


def test_check_says_what_has_to_be_done() -> None:
    status, said = run("check", "--on", "2026-11-22")
    assert (status, said) == (0, "luoshi: calendar 1.11.0+0: 0 to be done, 0 to be known\n")
    status, said = run("check", "--on", "2026-12-01")
    assert status == 1 and "2027年还没有导入放假通知" in said


def test_words_are_as_long_as_the_table_keeps() -> None:
    fields = {field.name: field for field in Notice._meta.fields}
    assert fields["title"].max_length == calendar.LONGEST_TITLE
    assert fields["document"].max_length == calendar.LONGEST_DOCUMENT
