"""`luoshi owners`: documents and rows, both formats, wrong input."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from luoshi.cli.app import app
from luoshi.cli.meaning import Meanings
from luoshi.places.names import Context

PLAN = """桐溪县春季植树工作方案
一、补植河岸林带。年内补植12公里。（牵头单位：县林业局；配合单位：县水利局、沿河各乡镇；2025年4月底前）
二、抚育公益林。（县林业局、县财政局）
"""


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["owners", *arguments], input=stdin)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def row(**fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_it_works(plan: Path) -> None:
    result = run(str(plan))
    assert result.exit_code == 0 and result.stderr == ""
    for words in ("牵头", "配合", "范围", "补植河岸林带", "县林业局", "县水利局", "沿河各乡镇", "2025年4月底前"):
        assert words in result.stdout


def test_an_item_of_a_document_is_a_line(plan: Path) -> None:
    first, second = rows(run(str(plan), "--format", "jsonl"))
    assert first["source"] == "plan.txt" and first["number"] == "一" and first["due"][0] == "2025年4月底前"
    assert first["printed"] == [
        {"name": "县林业局", "role": "lead"},
        {"name": "县水利局", "role": "support"},
        {"name": "沿河各乡镇", "role": "support", "scope": True},
    ]
    assert [name["name"] for name in second["printed"]] == ["县林业局", "县财政局"]
    assert first["suggested"] == second["suggested"] == []


def test_rows_come_out_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    told = [
        row(source="a", text="疏浚河道。", owners_as_printed="县水利局、县财政局〔列第一位的为牵头单位，下同〕"),
        row(source="a", text="修闸。", owners_as_printed="县水利局、⻓河镇"),
        row(source="b", text="修路。", owners_as_printed="县交通运输局、县财政局"),
        row(source="b", text="建校。（县教育局牵头，各乡镇配合）"),
        row(source="b", text="没有写谁。"),
    ]
    path.write_text("".join(told) + "\n", "utf-8")
    found = [[(n["name"], n["role"]) for n in each["printed"]] for each in rows(run(str(path), "--format", "jsonl"))]
    assert found == [
        [("县水利局", "lead"), ("县财政局", "support")],
        [("县水利局", "lead"), ("长河镇", "support")],
        [("县交通运输局", "lead"), ("县财政局", "lead")],
        [("县教育局", "lead"), ("各乡镇", "support")],
        [],
    ]


def test_the_table_of_rows() -> None:
    result = run("-", stdin=row(text="疏浚河道。", owners_as_printed="县水利局牵头，各乡镇配合"))
    assert result.exit_code == 0 and "疏浚河道" in result.stdout and "各乡镇" in result.stdout


def test_a_row_that_is_none_keeps_its_place_and_is_told() -> None:
    wrong = ["[1]\n", "{\n", '{"a": 1}\n', '{"text": 5}\n', "[" * 100_000 + "\n"]
    result = run("-", "--format", "jsonl", stdin="".join(wrong) + row(owners_as_printed="县水利局"))
    found = rows(result)
    assert result.exit_code == 2 and len(found) == 6 and all(each["printed"] == [] for each in found[:5])
    assert [n["name"] for n in found[5]["printed"]] == ["县水利局"]
    assert result.stderr.count("\n") == 5 and "line 2: it is no JSON" in result.stderr


def test_bytes_that_are_no_text_are_told() -> None:
    result = run("-", "--format", "jsonl", stdin=row(owners_as_printed="县水利局").encode("gb18030"))
    assert result.exit_code == 2 and "it is not UTF-8" in result.stderr and "Traceback" not in result.stderr


def test_a_row_beyond_all_measure_is_told_and_passed_over() -> None:
    result = run("-", "--format", "jsonl", stdin=row(text="长" * 400_000) + row(owners_as_printed="县水利局"))
    first, second = rows(result)
    assert result.exit_code == 2 and "too long" in first["problem"]
    assert [n["name"] for n in second["printed"]] == ["县水利局"]


@pytest.mark.parametrize("name", ["nothing.txt", "nothing.jsonl"])
def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, name: str) -> None:
    result = run(str(tmp_path / name))
    assert result.exit_code == 2 and result.stdout == "" and result.stderr.count("\n") == 1
    assert name in result.stderr


def test_a_document_without_owners_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("3月1日，县政府召开会议。会议强调，要压实责任。\n", "utf-8")
    result = run(str(path))
    assert result.exit_code == 0 and "no owner is printed in it" in result.stderr


CITY = """杭州市2024年消防安全整治方案
1.开展燃气安全排查。（牵头单位：市应急管理局；配合单位：市城投集团、市外经贸局，各区、县（市）人民政府）
"""


def meanings(*arguments: str, plan: Path) -> dict[str, dict[str, Any]]:
    found = rows(run("--format", "jsonl", *arguments, str(plan)))
    return {name["name"]: name["meaning"] for item in found for name in item["printed"]}


def test_units_are_said_where_that_is_asked(plan: Path) -> None:
    plan.write_text(CITY, "utf-8")
    said = meanings("--on", "2024-03-01", plan=plan)
    assert said["市应急管理局"]["unit"] == "330100/emergency_management"
    assert "杭州市" in said["市应急管理局"]["candidates"][0]["reason"]
    assert said["市城投集团"] == {"kind": "unknown"}
    assert said["市外经贸局"]["unit"] == "330100/foreign_trade"
    assert len(said["各区、县（市）人民政府"]["units"]) == 13
    assert "杭州市应急" in run("--units", str(plan)).stdout


# A name said in Hangzhou, and what the table says of it.
LINES = (
    ("市应急管理局", "杭州市应急管理局"),
    ("市外经贸局", "原杭州市对外贸易经济合作局，今杭州市商务局"),
    ("市城投集团", "未识别"),
    ("各有关部门", "统称"),
    ("各区、县（市）人民政府", "13个单位"),
    ("市财政局、市城投集团", "市财政局：杭州市财政局；市城投集团：未识别"),
)


@pytest.mark.parametrize(("name", "line"), LINES)
def test_a_meaning_in_a_few_words(name: str, line: str) -> None:
    assert Meanings(Context("330100", datetime.date(2024, 3, 1))).line(name) == line


def test_who_issues_it_can_be_said(plan: Path) -> None:
    assert meanings("--units", plan=plan)["县林业局"]["kind"] in {"unit", "unknown"}
    said = meanings("--place", "桐庐县", plan=plan)
    assert said["县林业局"]["unit"] == "330122/forestry" and said["沿河各乡镇"]["kind"] != "unit"


@pytest.mark.parametrize("place", ["鼓楼区", "没有这个县", ""])
def test_a_place_that_is_not_sure_is_one_line(plan: Path, place: str) -> None:
    result = run("--place", place, str(plan))
    assert (result.exit_code, "--place" in result.stderr) == ((2, True) if place else (0, False))
