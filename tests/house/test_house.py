"""Rules of the house that a reader of the code relies on."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.folders import PROJECT, SHARED

LONGEST_FILE = 300


# What lies in a checkout without being of the project, for machines without git.
NOT_OURS = {".venv", ".git", ".hypothesis", ".mypy_cache", ".ruff_cache", "__pycache__", "build", "dist"}


def tracked(*patterns: str) -> list[Path]:
    """Files of the project: those that git knows or would know; without git, all but caches."""
    if shutil.which("git") is None:
        found = [p for pattern in patterns or ("*",) for p in PROJECT.rglob(Path(pattern).name)]
        inside = [q for p in found for q in ([p] if p.is_file() else p.rglob("*"))]
        return sorted({p for p in inside if p.is_file() and not NOT_OURS.intersection(p.parts)})
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [PROJECT / name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


def modules() -> list[Path]:
    """Modules that are written by hand; the numbered changes of tables are written by Django."""
    return [
        p for p in sorted((PROJECT / "src").rglob("*.py")) if not (p.parent.name == "migrations" and p.stem[0] == "0")
    ]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PROJECT)))
def test_a_module_is_short_and_says_what_goes_in_and_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    doc = ast.get_docstring(ast.parse(text))
    assert doc and len(doc.split("\n")[0]) > 20


def _silent(path: Path) -> list[str]:
    """Public functions and classes of a module without a word of explanation; one-liners name themselves."""
    out = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        one_line = isinstance(node, ast.FunctionDef) and len(node.body) == 1
        if not one_line and not ast.get_docstring(node):
            out.append(f"{path.name}:{node.name}")
    return out


def test_public_functions_say_what_they_do() -> None:
    assert [name for path in modules() if path.parent.name == "reading" for name in _silent(path)] == []


def test_no_address_stands_in_a_lock_file() -> None:
    for path in tracked("*lock*", "requirements*"):
        assert not re.search(r"https?://|file://", path.read_text("utf-8")), path.name


def test_every_requirement_has_its_hash() -> None:
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    entries = [e for e in re.split(r"\n(?=[a-z])", lock) if not e.startswith("#")]
    assert entries and all("--hash=sha256:" in entry and "==" in entry for entry in entries)


def test_what_the_package_needs_is_locked() -> None:
    needed = re.findall(r'^  "([a-z]+)>=', (PROJECT / "pyproject.toml").read_text("utf-8"), re.M)
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    assert needed and all(re.search(rf"^{name}==", lock, re.M) for name in needed)


def test_no_path_of_one_machine_is_named() -> None:
    named = re.compile("|".join(("/" + "work/", "/" + "root/", "/" + "home/", "/" + "farm/")))
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        assert not named.search(text), path


def test_ci_runs_all_tests() -> None:
    run = (PROJECT / ".ci" / "run").read_text("utf-8").splitlines()
    assert {"make test", "make long"} <= set(run)


def test_yaml_files_are_sound() -> None:
    for path in tracked("*.yaml"):
        yaml.safe_load(path.read_text("utf-8"))


# Names and set phrases run to this many characters in any text of the field; a longer run is a copy, but for
# the names listed.
LONGEST_SHARED_RUN = 14
NAMES = (
    "节水优先空间均衡系统治理两手发力",
    "健全防止返贫动态监测和帮扶机制",
    "日主持召开国务院常务会议研究",
    "中央网络安全和信息化领导小组",
    "会议传达学习习近平总书记关于",
)


@pytest.mark.shared
def test_no_sentence_of_the_shared_texts_is_in_the_project() -> None:
    """No run of Han characters and marks longer than a set phrase stands in both."""
    assert SHARED
    known: set[int] = set()
    for folder in ("seeds", "gold/dev", "gold/amounts", "corpora"):
        for path in (SHARED / folder).rglob("*"):
            if path.suffix in (".txt", ".md"):
                words = re.sub(r"\W", "", path.read_text("utf-8", "replace"))
                known.update(hash(words[i : i + LONGEST_SHARED_RUN]) for i in range(len(words)))
    copied = []
    for path in tracked("gold", "src", "tests", "docs", "README.md"):
        if path.name == "score.py":
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for run in re.findall("[\u4e00-\u9fff，、。；：“”（）]+", text):
            words = re.sub(r"\W", "", run)
            copied += [
                (path.name, words[i : i + LONGEST_SHARED_RUN])
                for i in range(len(words) - LONGEST_SHARED_RUN + 1)
                if hash(words[i : i + LONGEST_SHARED_RUN]) in known
                and not any(words[i : i + LONGEST_SHARED_RUN] in name for name in NAMES)
            ]
    assert copied == []
