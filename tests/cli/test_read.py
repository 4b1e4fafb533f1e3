"""`luoshi read`: formats, folders, wrong input, much input."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from luoshi.cli.app import app
from luoshi.cli.formats import COLUMNS

REPORT = "3月1日，县政府召开会议。会议强调，要压实责任，提高政治站位；严禁弄虚作假。\n"


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *arguments], input=stdin)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_it_works(report: Path) -> None:
    result = run(str(report))
    assert result.exit_code == 0
    for words in ("压实责任", "提高政治站位", "严禁弄虚作假", "会议", "禁止"):
        assert words in result.stdout


def test_jsonl_is_one_object_a_report(report: Path) -> None:
    (line,) = run("--format", "jsonl", str(report)).stdout.splitlines()
    reading = json.loads(line)
    assert reading["schema"] == "luoshi.reading/1"
    assert reading["source"]["name"] == "report.txt"
    assert reading["source"]["characters"] == len(REPORT)
    directive = reading["directives"][0]
    assert directive["statement"] == reading["statements"][0]["id"]
    assert REPORT[directive["start"] : directive["end"]] == "要压实责任，提高政治站位"


def test_csv_has_a_header_and_a_line_an_action(report: Path) -> None:
    header, *lines = list(csv.reader(io.StringIO(run("--format", "csv", str(report)).stdout)))
    assert header == list(COLUMNS)
    assert [line[2] for line in lines] == ["压实责任", "提高政治站位", "严禁弄虚作假"]


def test_a_cell_never_begins_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "=cmd.txt"
    path.write_text(REPORT, "utf-8")
    _, *lines = list(csv.reader(io.StringIO(run("--format", "csv", str(path)).stdout)))
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


@pytest.mark.parametrize("format", ["table", "csv", "jsonl"])
def test_only_work_leaves_attitude_out(report: Path, format: str) -> None:
    out = run("--only", "work", "--format", format, str(report)).stdout
    actions = re.findall("压实责任|严禁弄虚作假|提高政治站位", re.sub('"text": "要[^"]*"', "", out))
    assert "压实责任" in actions and "提高政治站位" not in actions


def test_standard_input(report: Path) -> None:
    result = run("--format", "jsonl", "-", stdin=REPORT.encode("gb18030"))
    assert json.loads(result.stdout)["source"]["encoding"] == "gb18030"


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "d.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(REPORT, "utf-8")
    out = run("--format", "jsonl", str(tmp_path)).stdout.splitlines()
    assert [json.loads(line)["source"]["name"] for line in out] == ["a.md", "b.txt", "c.txt"]


def test_published_is_told_or_stands_beside(report: Path) -> None:
    assert json.loads(run("--format", "jsonl", str(report)).stdout)["published"] is None
    report.with_name("report.meta.json").write_text('{"published": "2024-03-02"}')
    assert json.loads(run("--format", "jsonl", str(report)).stdout)["published"] == "2024-03-02"
    told = run("--format", "jsonl", "--published", "2024-03-05", str(report)).stdout
    assert json.loads(told)["published"] == "2024-03-05"


def test_a_wrong_date_is_told() -> None:
    result = run("--published", "5 March", "-", stdin=REPORT)
    assert result.exit_code == 2 and "write it like 2023-06-07" in result.output


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("scan.txt", b"%PDF-1.4", "the PDF is cut off"),
        ("wrong.txt", bytes(range(129, 255)) * 9, "save it as UTF-8"),
        ("binary.txt", b"\x01\x00\x02" * 99, "binary"),
    ],
)
def test_wrong_input_is_one_line_and_the_others_are_read(report: Path, name: str, data: bytes, says: str) -> None:
    wrong = report.with_name(name)
    wrong.write_bytes(data)
    result = run("--format", "jsonl", str(wrong), str(report))
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"luoshi: {wrong}: ") and says in line


def test_a_path_that_is_not_there(report: Path) -> None:
    result = run(str(report) + "x", str(report))
    assert result.exit_code == 2 and "no such file" in result.stderr and "压实责任" in result.stdout


def test_a_folder_without_reports(tmp_path: Path) -> None:
    result = run(str(tmp_path))
    assert result.exit_code == 2 and "holds no report" in result.stderr


def test_a_broken_meta_file_is_named(report: Path) -> None:
    report.with_name("report.meta.json").write_text("{")
    result = run(str(report))
    assert result.exit_code == 2 and "report.meta.json beside it" in result.stderr


def test_several_jobs_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    for i in range(40):
        (tmp_path / f"{i:02}.txt").write_text(REPORT * (i % 3 + 1), "utf-8")
    (tmp_path / "07.txt").write_bytes(b"")
    alone = run("--format", "jsonl", str(tmp_path))
    together = run("--format", "jsonl", "--jobs", "2", str(tmp_path))
    assert alone.stdout == together.stdout and alone.exit_code == together.exit_code == 2


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    for i in range(200):
        (tmp_path / f"{i}.txt").write_text(REPORT * 20, "utf-8")
    command = f"{sys.executable} -c 'from luoshi.cli import main; main()' read --format jsonl {tmp_path} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 1 and "Traceback" not in done.stderr


def test_a_progress_bar_leaves_the_output_alone(tmp_path: Path) -> None:
    """Standard error is a terminal, standard output a file: the bar goes to the one, all lines to the other."""
    for i in range(40):
        (tmp_path / f"{i}.txt").write_text(REPORT, "utf-8")
    try:
        ours, theirs = os.openpty()
    except OSError:
        pytest.skip("this machine gives out no terminals")
    out = tmp_path / "out.jsonl"
    with out.open("wb") as file:
        command = [sys.executable, "-c", "from luoshi.cli import main; main()"]
        started = subprocess.Popen([*command, "read", "--format", "jsonl", str(tmp_path)], stdout=file, stderr=theirs)
        os.close(theirs)
        seen = b""
        while chunk := _read(ours):
            seen += chunk
        assert started.wait(60) == 0
    os.close(ours)
    assert b"reading" in seen and b"40 reports" in seen
    assert [json.loads(line)["schema"] for line in out.read_text("utf-8").splitlines()] == ["luoshi.reading/1"] * 40


def _read(terminal: int) -> bytes:
    """What a terminal shows next; nothing once the other side is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


MEASURE = """
import resource, sys
from luoshi.cli import main
try:
    main()
except SystemExit as done:
    status = done.code
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, "status", status, file=sys.stderr)
"""


def _peak(folder: Path) -> tuple[int, int]:
    """Peak memory (kB) and exit status of reading a folder."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, "read", "--format", "jsonl", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    match = re.search(r"peak (\d+) status (\d+)", done.stderr)
    assert match, done.stderr
    bad = [line for line in done.stderr.splitlines() if line.startswith(f"luoshi: {folder}")]
    assert len(bad) == 2, "a line a bad file"
    return int(match.group(1)), int(match.group(2))


@pytest.mark.long
def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    """500 and 10,000 reports, two of each bad: a 200 MB file and an empty one."""
    peaks = []
    for number in (500, 10_000):
        folder = tmp_path / str(number)
        folder.mkdir()
        for i in range(number):
            (folder / f"{i}.txt").write_text(REPORT, "utf-8")
        with (folder / "dump.txt").open("wb") as file:
            file.truncate(200 * 1024 * 1024)
        (folder / "empty.txt").touch()
        peak, status = _peak(folder)
        assert status == 2
        peaks.append(peak)
    # 9,500 more directory entries are sorted in memory; 8 MB is 0.8 kB for each.
    assert peaks[1] - peaks[0] < 8 * 1024


def test_a_file_is_left_alone_when_nothing_could_be_read(tmp_path: Path) -> None:
    kept = tmp_path / "list.html"
    kept.write_text("yesterday's")
    result = run("--format", "html", "--output", str(kept), str(tmp_path / "absent.txt"))
    assert result.exit_code == 2 and kept.read_text() == "yesterday's"


def test_a_day_that_no_calendar_has_is_refused(report: Path) -> None:
    assert run("--published", "2023-13-01", str(report)).exit_code == 2
    report.with_name("report.meta.json").write_text('{"published": "2023-02-30"}')
    result = run(str(report))
    assert result.exit_code == 2 and "must be a date" in result.stderr
