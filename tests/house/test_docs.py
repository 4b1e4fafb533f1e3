"""What the documents show is what the program does; every command and option is documented."""

from __future__ import annotations

import re
from typing import Any

import click
import typer
from docs.paste import BLOCK, DOCUMENTS, output

from luoshi.cli.app import app
from luoshi.config.environment import Environment
from luoshi.reading.pipeline import STAGES
from tests.folders import PROJECT


def _commands(group: Any = None, above: str = "") -> dict[str, click.Command]:
    """Every command by its name, those of a group with the group's before it."""
    group = group or typer.main.get_command(app)
    found: dict[str, click.Command] = {}
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        found |= {f"{above}{name}": command}
        found |= _commands(command, f"{above}{name} ") if hasattr(command, "list_commands") else {}
    return found


def test_every_command_and_option_is_documented() -> None:
    page = (PROJECT / "docs" / "cli.md").read_text("utf-8")
    for name, command in _commands().items():
        assert f"## luoshi {name}" in page
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert f"`{option}" in page, f"{name} {option} is not explained in docs/cli.md"


def test_pasted_output_is_what_the_program_prints() -> None:
    """Run `.venv/bin/python -m docs.paste` after a change that is meant."""
    stale = []
    for name in DOCUMENTS:
        text = (PROJECT / name).read_text("utf-8")
        blocks = list(BLOCK.finditer(text))
        assert blocks and "Traceback" not in text, f"{name} shows no output"
        stale += [m["command"] for m in blocks if m["shown"] != output(m["command"])]
    assert stale == []


def test_every_stage_is_documented() -> None:
    page = (PROJECT / "docs" / "reading.md").read_text("utf-8")
    for stage in STAGES:
        assert re.search(rf"^\| {stage.name} \|", page, re.M), stage.name


def test_every_setting_is_documented() -> None:
    page = (PROJECT / "docs" / "running.md").read_text("utf-8")
    shown = set(re.findall(r"^\| `(LUOSHI_\w+)`", page, re.M))
    assert shown == {f"LUOSHI_{name.upper()}" for name in Environment.model_fields}


def test_every_link_between_documents_leads_somewhere() -> None:
    for path in [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
