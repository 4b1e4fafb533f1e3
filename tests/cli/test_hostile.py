"""What a hostile or hurried user does to the command: odd names, pipes, devices, closed streams; a line each."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from luoshi.cli.app import app

REPORT = "3月1日，县政府召开会议。会议强调，要压实责任，提高政治站位；严禁弄虚作假。\n"
COMMAND = f"{sys.executable} -c 'from luoshi.cli import main; main()' read"
FORMATS = ("table", "jsonl", "csv", "html", "xlsx", "parquet")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["read", *arguments])


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


ODD = (b"a\nb.txt", b"\x1b[31mred.txt", b"-x.txt", "会议".encode("gb18030") + b".txt", b"\xff.txt", "‮txt.txt".encode())


@pytest.mark.parametrize("format", FORMATS)
def test_odd_names_of_files(tmp_path: Path, format: str) -> None:
    """Every file twice: one that is read, one that is empty and must be told of in one line."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ODD:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(REPORT, "utf-8")
        Path(os.fsdecode(os.fsencode(folder) + b"/0" + name)).touch()
    done = run("--format", format, "--output", str(tmp_path / "out"), str(folder))
    assert done.exit_code == 2 and isinstance(done.exception, SystemExit)
    told = [line for line in done.stderr.splitlines() if "the file is empty" in line]
    assert len(told) == len(ODD) and all(line.isprintable() and line.startswith("luoshi: ") for line in told)
    assert any("0会议.txt" in line for line in told) and any(r"0a\nb.txt" in line for line in told)


def test_pipes_in_a_folder_are_passed_over(report: Path) -> None:
    for name in ("a.txt", "b.zip"):
        os.mkfifo(report.with_name(name))
    done = run("--format", "jsonl", str(report.parent))
    assert done.exit_code == 2 and len(done.stdout.splitlines()) == 1
    assert [line.endswith("save what it gives to a file") for line in done.stderr.splitlines()] == [True, True]


def test_a_pipe_that_is_named_is_read_and_a_container_needs_a_file(report: Path) -> None:
    done = shell(f"{COMMAND} --format jsonl <(cat {report})", report.parent)
    assert json.loads(done.stdout)["directives"] and done.returncode == 0
    os.mkfifo(report.with_name("x.zip"))
    assert "not a file" in run(str(report.with_name("x.zip"))).stderr


def test_a_device_without_end_is_too_large() -> None:
    done = run("/dev/zero")
    assert done.exit_code == 2 and "more than the 10 MB" in done.stderr and done.stderr.count("\n") == 1


def test_links_that_lead_in_circles(report: Path) -> None:
    folder = report.parent
    (folder / "self").symlink_to(".")
    (folder / "dead.txt").symlink_to("nowhere")
    (folder / "round.txt").symlink_to("round.txt")
    done = run("--format", "jsonl", str(folder))
    assert done.exit_code == 2 and len(done.stdout.splitlines()) == 1 and done.stderr.count("cannot be opened") == 2


@pytest.mark.parametrize("output", [".", "", "missing/x.html"])
def test_an_output_that_cannot_be_is_one_line(report: Path, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.chdir(report.parent)
    done = run("--format", "html", "--output", output, str(report))
    assert done.exit_code == 2 and "cannot be written" in done.stderr and done.stderr.count("\n") == 1
    assert [path.name for path in report.parent.iterdir()] == [report.name]


def test_a_report_is_not_overwritten(report: Path) -> None:
    done = run("--format", "xlsx", "--output", str(report), str(report))
    assert done.exit_code == 2 and "would lose it" in " ".join(done.stderr.split())
    assert report.read_text("utf-8") == REPORT


def test_no_name_is_no_folder() -> None:
    done = run("")
    assert done.exit_code == 2 and "no such file" in done.stderr


full = pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this machine has no full device")
# A stream of words and one of bytes; each is a process of its own.
STREAMED = [pytest.param(f, marks=() if f in ("jsonl", "xlsx") else pytest.mark.long) for f in FORMATS[:-1]]


@full
@pytest.mark.parametrize("format", STREAMED)
def test_a_full_standard_output_is_one_line(report: Path, format: str) -> None:
    done = shell(f"{COMMAND} --format {format} {report} > /dev/full", report.parent)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "standard output cannot be written" in done.stderr


@full
@pytest.mark.parametrize("format", FORMATS[:-1])
def test_a_full_disk_is_one_line(report: Path, format: str) -> None:
    """By a link to the device, which stays."""
    link = report.with_name("link")
    link.symlink_to("/dev/full")
    told = run("--format", format, "--output", str(link), str(report))
    assert told.exit_code == 2 and "No space left" in told.stderr and link.is_symlink()


@pytest.mark.parametrize(
    ("closed", "status", "says"),
    [(">&-", 1, "standard output is closed"), ("<&-", 0, ""), ("2>&-", 0, ""), (">&- 2>&- <&-", 1, "")],
)
def test_closed_streams(report: Path, closed: str, status: int, says: str) -> None:
    done = shell(f"{COMMAND} {report} {closed}", report.parent)
    assert done.returncode == status and says in done.stderr and done.stderr.count("\n") == bool(says)
    assert report.read_text("utf-8") == REPORT


@pytest.mark.parametrize("after", [0.02, pytest.param(0.1, marks=pytest.mark.long), 0.4])
def test_stopped_while_it_loads_is_one_line(report: Path, after: float) -> None:
    """Whenever Ctrl-C comes, before its own words or behind them: no traceback."""
    command = "import luoshi.cli, sys; print('there', flush=True); luoshi.cli.main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "read", str(report)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "there\n"
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode in (0, 130)
    assert told in ("", "luoshi: stopped\n") or told.startswith("luoshi: stopped; ")
