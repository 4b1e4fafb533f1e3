"""`luoshi load` with tables of one's own: loaded whole and counted, or refused with every fault and its line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli.app import app
from luoshi.people.models import Post
from luoshi.places.lines import load_lines
from luoshi.places.loading import load_line_rows, load_units
from luoshi.places.models import Place, Unit
from tests.places.made import TODAY, plant

pytestmark = pytest.mark.django_db
PLACES = "名称,层级,代码,上级地区,自\n高沙社区,村级,330114001001,330114001,2021-04-09\n"
UNITS = "地区,全称,条线\n330114,钱塘区发展改革局,发展改革\n330114,钱塘区数据中心,\n"
POSTS = "用户,姓名,角色,单位,自\nzhou,周雨,督查员,钱塘区人民政府,2026-01-01\n"


@pytest.fixture(autouse=True)
def _tree() -> None:
    plant()
    lines = load_lines()
    load_line_rows(lines)
    load_units(lines, TODAY)


def load(path: Path, table: str, kind: str) -> tuple[int, str]:
    path.write_text(table, "utf-8")
    answer = CliRunner().invoke(app, ["load", str(path), "--as", kind])
    return answer.exit_code, answer.output


def test_it_works(tmp_path: Path) -> None:
    assert load(tmp_path / "a.csv", PLACES, "places") == (0, "places: 1 added\n")
    assert Place.objects.filter(key="330114001001").exists()
    assert load(tmp_path / "b.csv", UNITS, "units") == (0, "units: 1 confirmed, 1 added\n")
    assert Unit.objects.filter(status="confirmed").count() == 2
    assert load(tmp_path / "c.csv", POSTS, "posts") == (0, "posts: 1 inserted, 1 users\n")
    assert Post.unguarded.get().unit.key == "330114/government"


# A table, what its rows are, and what must be said.
WRONG = {
    "every fault with its line": (
        PLACES + "甲,乡,1,2,去年\n乙,村级,x,330114001,2021-04-09\n",
        "places",
        ["第3行", "第4行"],
    ),
    "no such unit": (POSTS.replace("钱塘区人民政府", "没有的局"), "posts", ["第2行“单位”", "没有的局"]),
    "no such place": (UNITS.replace("330114", "999999"), "units", ["第2行", "第3行", "999999"]),
    "another table": (POSTS, "places", ["用户", "没有这一列"]),
    "nothing in it": ("", "places", ["第1行", "缺少"]),
}


@pytest.mark.parametrize(("table", "kind", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_table_is_refused_whole(tmp_path: Path, table: str, kind: str, said: list[str]) -> None:
    before = (Place.objects.count(), Unit.objects.count(), Post.unguarded.count())
    code, output = load(tmp_path / "a.csv", table, kind)
    assert code == 2 and "nothing loaded" in output
    assert [word for word in said if word not in output] == []
    assert (Place.objects.count(), Unit.objects.count(), Post.unguarded.count()) == before


@pytest.mark.parametrize("kind", ["units", "posts"])
def test_what_goes_out_comes_in_again(tmp_path: Path, kind: str) -> None:
    load(tmp_path / "a.csv", POSTS, "posts")
    words = ["table", kind, *(["--within", "钱塘区", "--on", "2025-12-31"] if kind == "units" else [])]
    table = CliRunner().invoke(app, words)
    assert table.exit_code == 0
    code, output = load(tmp_path / "b.csv", table.stdout.removeprefix("\ufeff"), kind)
    assert (code, "added" in output, "inserted" in output) == (0, False, False)


def test_places_go_out_with_their_parents() -> None:
    table = CliRunner().invoke(app, ["table", "places", "--within", "钱塘区", "--on", "2025-12-31"])
    assert [line.split(",")[1:5] for line in table.stdout.splitlines()[1:]] == [
        ["钱塘区", "县级", "330114", "330100"],
        ["白杨街道", "乡级", "330114001", "330114"],
    ]


def test_posts_are_not_cut_by_place() -> None:
    assert CliRunner().invoke(app, ["table", "posts", "--within", "钱塘区"]).exit_code == 2


def test_a_table_that_is_not_there_is_said(tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["load", str(tmp_path / "no.csv")])
    assert answer.exit_code == 2 and "No such file" in answer.output


def test_a_database_of_another_version_is_said(tmp_path: Path) -> None:
    """None at all is one too; nothing is made by looking."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    asked = subprocess.run(
        [Path(sys.executable).with_name("luoshi"), "places", "杭州"],
        env={**kept, "LUOSHI_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 2 and asked.stderr.startswith("luoshi: there is no database of this version yet")


def test_what_is_no_text_is_said() -> None:
    answer = CliRunner().invoke(app, ["places", "\udcff"])
    assert answer.exit_code == 2 and "UTF-8" in answer.output


def test_a_name_is_needed() -> None:
    answer = CliRunner().invoke(app, ["places"])
    assert answer.exit_code == 2 and "name a place" in answer.output
