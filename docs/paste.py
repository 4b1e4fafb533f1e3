"""Pastes what commands print into the documents, between `<!-- output: COMMAND -->` and the end of its block."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "docs/cli.md", "docs/lights.md", "docs/tables.md")
BLOCK = re.compile(r"<!-- output: (?P<command>[^\n]+) -->\n```(?:text|csv|json)?\n(?P<shown>.*?)```\n", re.S)


def output(command: str) -> str:
    """What a command prints; `luoshi` is the one beside this Python, `python` this one, `| head -N` cuts the lines."""
    line, _, cut = command.partition(" | head -")
    words = shlex.split(line)
    if words[0] == "python":
        words[0] = sys.executable
    if words[0] == "luoshi":
        words[0] = str(Path(sys.executable).with_name("luoshi"))
    plain = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(words, capture_output=True, text=True, cwd=PROJECT, env=plain, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    shown = lines[: int(cut)] if cut else lines
    return "\n".join(row.rstrip() for row in shown).strip("\n") + "\n"


def paste(path: Path) -> None:
    """Rewrite the blocks of one document."""

    def fresh(match: re.Match[str]) -> str:
        head = match.group()[: match.start("shown") - match.start()]
        return f"{head}{output(match['command'])}```\n"

    path.write_text(BLOCK.sub(fresh, path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    for name in DOCUMENTS:
        paste(PROJECT / name)
