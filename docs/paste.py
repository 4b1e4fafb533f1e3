"""Pastes what commands print into the documents, between `<!-- output: COMMAND -->` and the end of its block."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

from typer.testing import CliRunner

from luoshi.cli.app import app

PROJECT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "docs/cli.md", "docs/lights.md", "docs/tables.md")
BLOCK = re.compile(r"<!-- output: (?P<command>[^\n]+) -->\n```(?:text|csv|json)?\n(?P<shown>.*?)```\n", re.S)
PLAIN = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
# The most that click fills of a terminal so wide.
HELP_WIDTH = 78


def output(command: str) -> str:
    """What a command prints; `luoshi` is the one beside this Python, `python` this one, `| head -N` cuts the lines."""
    line, _, cut = command.partition(" | head -")
    lines = _printed(shlex.split(line)).splitlines()
    shown = lines[: int(cut)] if cut else lines
    return "\n".join(row.rstrip() for row in shown).strip("\n") + "\n"


def _printed(words: list[str]) -> str:
    if words[0] == "luoshi":
        # In this process: one of its own takes a second to begin, and several to read its first report.
        width = HELP_WIDTH if words[-1] == "--help" else None
        with chdir(PROJECT):
            return CliRunner().invoke(app, words[1:], env=PLAIN, prog_name="luoshi", terminal_width=width).output
    if words[0] == "python":
        words[0] = sys.executable
    done = subprocess.run(words, capture_output=True, text=True, cwd=PROJECT, env={**os.environ, **PLAIN}, check=False)
    return done.stdout + done.stderr


def paste(path: Path) -> None:
    """Rewrite the blocks of one document."""

    def fresh(match: re.Match[str]) -> str:
        head = match.group()[: match.start("shown") - match.start()]
        return f"{head}{output(match['command'])}```\n"

    path.write_text(BLOCK.sub(fresh, path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    for name in DOCUMENTS:
        paste(PROJECT / name)
