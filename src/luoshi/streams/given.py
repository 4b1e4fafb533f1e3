"""What is given to be read: one report, from a file or out of a container, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from luoshi.reading.sources import LARGEST

# What is read in folders and containers; a file that is named itself is read whatever it is called.
SUFFIXES = (".txt", ".md", ".html", ".htm", ".shtml", ".docx", ".pdf", ".xlsx", ".csv", ".ofd")
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read.

    `name` is what messages call it (the path as typed, `!member` behind it), `label` what tables call it: the
    same without the folders above what was given, so that it does not change with the place of a corpus. The
    report is in the file `path`, or in `data`, or on standard input (`name` is `-`); or `problem` says why not.
    `suffix` is the kind that a container tells where the name does not, `title` and `published` what a record
    says apart from its text.
    """

    name: str
    label: str
    path: Path | None = None
    data: bytes | None = None
    problem: str | None = None
    suffix: str = ""
    title: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in a container: its name there and its bytes, or why it cannot be had; the rest as in Input."""

    name: str
    data: bytes = b""
    problem: str | None = None
    suffix: str = ""
    title: str = ""
    published: str | None = None


def wanted(name: str) -> bool:
    """Whether a file in a folder or an archive is read: a known suffix, nothing hidden, no macOS shadow."""
    return name.lower().endswith(SUFFIXES) and not hidden(name)


def hidden(name: str) -> bool:
    """Whether a part of a name begins with a dot (`.` and `..` are no names) or is macOS's shadow folder."""
    parts = name.split("/")
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)


def too_large(most: int = LARGEST) -> str:
    """Why a member is not read whose bytes are too many."""
    return f"it is larger than the {most // 1048576} MB that are read of one; split it first"
