"""Paths as typed in, the files to read out, one after the other and never all in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt", ".md", ".html", ".htm", ".shtml", ".docx", ".pdf", ".xlsx", ".csv", ".ofd")
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a file, or standard input where `path` is None; or why there is nothing."""

    path: Path | None
    problem: str | None = None


def inputs(paths: list[str]) -> Iterator[Input]:
    """Every report among the paths: files as they are, folders searched for .txt and .md, `-`."""
    for name in paths:
        path = Path(name)
        if name == STDIN:
            yield Input(None)
        elif path.is_dir():
            yield from _in_folder(path)
        elif path.exists():
            yield Input(path)
        else:
            yield Input(path, "there is no such file or folder")


def _in_folder(folder: Path) -> Iterator[Input]:
    found = False
    for path in _walk(folder):
        found = True
        yield path
    if not found:
        yield Input(folder, f"the folder holds no report ({', '.join(SUFFIXES)})")


def _walk(folder: Path) -> Iterator[Input]:
    """Reports of a folder and its sub-folders in order of name; hidden ones are passed over."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as wrong:
        yield Input(folder, f"the folder cannot be opened: {wrong.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.name.lower().endswith(SUFFIXES):
            yield Input(Path(entry.path))


def count(paths: list[str]) -> int:
    """How many inputs the paths hold, for the progress bar."""
    return sum(1 for _ in inputs(paths))
