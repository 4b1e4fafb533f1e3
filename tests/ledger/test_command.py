"""`luoshi ledger`: what each command prints and by which status it ends; wrong use is one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from luoshi.cli.app import app
from luoshi.ledger.models import Event

from . import attacks
from .attacks import run, update
from .sealed import LATER, Ledger, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return sealed()


def said(*words: object) -> Result:
    return CliRunner().invoke(app, ["ledger", *map(str, words)])


def kept(ledger: Ledger, path: Path) -> Path:
    path.write_text("\n".join(ledger.exported) + "\n", "utf-8")
    return path


def test_it_works(ledger: Ledger, tmp_path: Path) -> None:
    answer = said("verify", "--roots", kept(ledger, tmp_path / "roots.jsonl"), "--files")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "12 events" in answer.stderr and answer.stderr.endswith("all holds\n")


def test_faults_are_lines_and_a_status(ledger: Ledger, tmp_path: Path) -> None:
    number = ledger.desks[0].row.number
    with attacks.attack():
        update("ledger_event", ledger.item(0), 3, actor="9\n9")
        attacks.reroot(1)
    answer = said("verify", "--roots", kept(ledger, tmp_path / "roots.jsonl"))
    assert answer.exit_code == 1
    assert answer.stdout == f"{number} 3: the event was changed: its content is not what its hash is of\n"
    assert answer.stderr.endswith("1 faults\n")
    assert said("verify", "--item", number).exit_code == 1
    assert said("verify", "--item", ledger.desks[1].row.number).exit_code == 0


def test_days_are_sealed_and_exported(ledger: Ledger, tmp_path: Path) -> None:
    file = kept(ledger, tmp_path / "roots.jsonl")
    answer = said("root", "--export", file, "--day", "2026-11-25")
    assert answer.exit_code == 0 and "1 lines appended" in answer.stderr
    assert file.read_text("utf-8").splitlines() == [ledger.exported[0], answer.stdout.strip()]
    again = said("root", "--export", file, "--day", "2026-11-25")
    assert (again.exit_code, again.stdout) == (0, "") and "0 lines appended" in again.stderr
    assert said("root").exit_code == 0
    assert said("verify", "--roots", file).exit_code == 0
    assert said("root", "--day", "2027-01-01").exit_code == 2


def test_roots_are_not_appended_to_a_file_that_says_otherwise(ledger: Ledger, tmp_path: Path) -> None:
    file = kept(ledger, tmp_path / "roots.jsonl")
    with attacks.attack():
        attacks.rewrite(ledger.item(0), 4, actor="999")
        attacks.reroot(1)
    before = file.read_text("utf-8")
    answer = said("root", "--export", file)
    assert answer.exit_code == 1 and "nothing appended" in answer.stderr and file.read_text("utf-8") == before


def test_a_proof_checks_without_the_database(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ledger.desks[0].row
    proof = tmp_path / "proof.json"
    proof.write_text(said("prove", row.number, 3).stdout, "utf-8")
    roots, other = kept(ledger, tmp_path / "roots.jsonl"), tmp_path / "other.jsonl"
    other.write_text(ledger.seal(3).seal + "\n", "utf-8")
    monkeypatch.setattr("luoshi.cli.ledger.ledger", None)
    alone, held, not_held = (
        said("verify", "--proof", proof, *more) for more in ((), ("--roots", roots), ("--roots", other))
    )
    assert (alone.exit_code, held.exit_code, not_held.exit_code) == (0, 0, 1)
    assert "if its seal was exported" in alone.stdout and "which was exported" in held.stdout
    proof.write_text(proof.read_text("utf-8").replace("sign", "close"), "utf-8")
    changed = said("verify", "--proof", proof)
    assert changed.exit_code == 1 and "its event was changed" in changed.stdout


def test_rows_are_made_anew(ledger: Ledger) -> None:
    assert said("replay").exit_code == 0
    with attacks.attack():
        update("ledger_item", ledger.item(1), state="closed")
    found = said("replay")
    assert found.exit_code == 1 and "its row says state = closed" in found.stdout
    fixed = said("replay", "--fix")
    assert fixed.exit_code == 0 and "1 made anew" in fixed.stderr
    assert said("verify").exit_code == 0


def test_a_ledger_goes_out_and_comes_back(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    assert said("export", file).exit_code == 0
    assert file.stat().st_mode & 0o077 == 0
    assert said("export", "-").stdout == file.read_text("utf-8")
    assert said("export", file).exit_code == 2
    assert said("import", file).stdout == "ledger: nothing new\n"
    with attacks.attack():
        for table in ("leaf", "root", "text", "evidence", "notice", "support", "event", "item", "series"):
            run(f"DELETE FROM ledger_{table}")
    answer = said("import", file)
    assert answer.exit_code == 0 and answer.stdout.startswith("ledger: 12 events")
    assert said("verify").exit_code == 0


def test_an_import_that_does_not_hold_says_why(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    said("export", file)
    with attacks.attack():
        run("UPDATE ledger_text SET words = '改了'")
    answer = said("import", file)
    assert answer.exit_code == 1 and "nothing imported" in answer.stderr
    assert "the words of note are not those that the event commits to" in answer.stdout
    assert Event.unguarded.count() == 12


def test_playbooks_are_shown() -> None:
    listed = said("playbooks")
    assert listed.exit_code == 0 and listed.stdout.startswith("problem 1") and "task 1" in listed.stdout
    assert "closure_asked" in said("playbooks", "task").stdout


WRONG: list[tuple[tuple[str, ...], str]] = [
    (("verify", "--item", "没有这一号"), "there is no item 没有这一号"),
    (("verify", "--item", "x", "--roots", "y"), "leave out --item"),
    (("verify", "--proof", "x", "--files"), "--proof is checked by itself"),
    (("verify", "--proof", "/nowhere"), "/nowhere: No such file"),
    (("verify", "--roots", "/nowhere"), "/nowhere: No such file"),
    (("prove", "没有这一号", "1"), "there is no item"),
    (("import", "/nowhere"), "/nowhere: No such file"),
    (("export", "/nowhere/x"), "/nowhere/x cannot be written: No such file"),
    (("root", "--export", "/nowhere/x"), "/nowhere/x cannot be written"),
    (("playbooks", "nobody"), "no playbook nobody"),
]


def test_wrong_use_is_one_line(ledger: Ledger, tmp_path: Path) -> None:
    for words, expected in WRONG:
        answer = said(*words)
        lines = [line for line in answer.stderr.splitlines() if line]
        assert answer.exit_code == 2 and expected in lines[-1], (words, answer.stderr)
        assert len(lines) == 1, lines
    for content, expected in ((b"\xff\xfe", "is no text in UTF-8"), (b"{", "is no line of JSON"), (b"", "cut off")):
        file = tmp_path / "x.jsonl"
        file.write_bytes(content)
        answer = said("import", file)
        assert answer.exit_code == 2 and expected in answer.stderr and answer.stderr.count("\n") == 1


def test_a_root_is_a_line_of_json(ledger: Ledger) -> None:
    line = json.loads(said("root").stdout)
    assert (line["number"], line["size"], line["day"]) == (2, 1, "2026-12-21")
