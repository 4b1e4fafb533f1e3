"""Paths as typed in, the reports in them out, one after the other and never all in memory."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from luoshi.reading.sources import LARGEST, legible

from . import crawls, records, tars, zips
from .bounds import DAMAGED, NESTED, damage
from .given import STDIN, SUFFIXES, Input, Member, hidden, wanted

# How containers are called: of each kind, the ends of its names.
CONTAINERS = {
    "zip": (".zip",),
    "tar": (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
    "records": (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"),
    "crawl": (".warc", ".warc.gz"),
}
# Why a pipe or a device that lies in a folder is not opened.
NO_FILE = "it is a pipe or a device, not a file; save what it gives to a file"


def container(name: str) -> str | None:
    """The kind of container that a name is of, if any."""
    lower = name.lower()
    return next((what for what, ends in CONTAINERS.items() if lower.endswith(ends)), None)


def inputs(paths: Sequence[str]) -> Iterator[Input]:
    """Every report among the paths, in their order: of files, folders, archives, JSON Lines, WARC; and `-`."""
    for given in files(paths):
        yield from opened(given)


def opened(given: Input) -> Iterator[Input]:
    """A file as it is, a container as what it holds."""
    what = container(given.path.name) if given.path and not given.problem else None
    if given.path is None or what is None:
        yield given
        return
    try:
        size = given.path.stat().st_size
        with given.path.open("rb") as file:
            yield from _held(given, what, file, size)
    except DAMAGED as wrong:
        yield Input(given.name, given.label, given.path, problem=_trouble(wrong, given.path))


def files(paths: Sequence[str]) -> Iterator[Input]:
    """Every file among the paths, containers unopened; folders are searched in order of name."""
    for typed, label in zip(paths, labels(paths), strict=True):
        path = Path(typed)
        if typed == STDIN:
            yield Input(STDIN, STDIN)
        elif typed and path.is_dir():
            yield from _in_folder(path, label)
        elif typed and path.exists():
            yield Input(
                legible(typed), label, path, problem=NO_FILE if container(path.name) and special(path) else None
            )
        else:
            yield Input(legible(typed), label, path, problem="there is no such file or folder")


def labels(paths: Sequence[str]) -> list[str]:
    """What tables call each of the paths: its own name, or all that was typed where two have the same name."""
    names = [Path(typed).name or Path(typed).resolve().name for typed in paths]
    return [legible(name if names.count(name) == 1 else typed) for name, typed in zip(names, paths, strict=True)]


def _in_folder(folder: Path, label: str) -> Iterator[Input]:
    found = False
    for each in _walk(folder, label):
        found = True
        yield each
    if not found:
        yield Input(legible(str(folder)), label, folder, problem=f"the folder holds no report ({', '.join(SUFFIXES)})")


def _walk(folder: Path, label: str) -> Iterator[Input]:
    """Reports and containers of a folder and its sub-folders in order of name; hidden ones are passed over."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as wrong:
        yield Input(legible(str(folder)), label, folder, problem=f"the folder cannot be opened: {wrong.strerror}")
        return
    for entry in entries:
        below = f"{label}/{legible(entry.name)}"
        if hidden(entry.name) or _is_output(entry):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), below)
        elif wanted(entry.name) or container(entry.name):
            path = Path(entry.path)
            ordinary = entry.is_file(follow_symlinks=False) or not special(path)
            yield Input(legible(entry.path), below, path, problem=None if ordinary else NO_FILE)


def special(path: Path) -> bool:
    """Whether a path is a pipe, a socket or a device: to read it may take for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # what is wrong is told when it is opened
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _is_output(entry: os.DirEntry[str]) -> bool:
    """Whether a file is what standard output goes to: it would be read while it grows, without end."""
    try:
        output = os.fstat(1)
        # The number first, which costs no look at the file; an entry keeps what it is asked for in memory.
        return entry.inode() == output.st_ino and os.path.samestat(entry.stat(), output)
    except OSError:
        return False


def _held(given: Input, what: str, file: IO[bytes], size: int, nested: bool = False) -> Iterator[Input]:
    """What a container holds; in an archive, also what containers in it hold, one level deep."""
    count = 0
    for member in _members(what, file, size, nested):
        count += 1
        inside = legible(member.name)
        name, label = f"{given.name}!{inside}", f"{given.label}!{inside}"
        inner = container(member.name) if what in ("zip", "tar") and not member.problem else None
        if inner is None:
            yield Input(name, label, None, member.data, member.problem, member.suffix, member.title, member.published)
            continue
        try:
            yield from _held(Input(name, label), inner, io.BytesIO(member.data), len(member.data), nested=True)
        except DAMAGED as wrong:
            yield Input(name, label, problem=damage(wrong))
    if not count:
        kinds = f" ({', '.join(SUFFIXES)})" if what in ("zip", "tar") else ""
        yield Input(given.name, given.label, given.path, problem=f"it holds no report{kinds}")


def _members(what: str, file: IO[bytes], size: int, nested: bool) -> Iterator[Member]:
    def most(name: str) -> int:
        if hidden(name):
            return 0
        if container(name):
            return 0 if nested else NESTED
        return LARGEST if wanted(name) else 0

    if what == "zip":
        return zips.members(file, size, most)
    if what == "tar":
        return tars.members(file, size, most)
    return records.members(file, size) if what == "records" else crawls.members(file, size)


def _trouble(wrong: Exception, path: Path) -> str:
    """A file that the system does not give is not damaged."""
    if isinstance(wrong, OSError) and wrong.errno is not None and wrong.filename == str(path):
        return f"cannot be opened: {wrong.strerror}"
    return damage(wrong)


def count(paths: Sequence[str]) -> int | None:
    """How many inputs the paths hold, for a progress bar; None where a container would have to be read for it."""
    number = 0
    for each in files(paths):
        if each.path is not None and container(each.path.name):
            return None
        number += 1
    return number
