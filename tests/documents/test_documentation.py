"""docs/documents.md shows what the commands print."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from luoshi.cli.app import app
from luoshi.documents.actions import correct
from luoshi.documents.models import Directive
from luoshi.places.models import PlaceState
from tests.folders import PROJECT
from tests.people.made import world

from .made import NOW, version, weak_lexicon

PAGE = PROJECT / "docs" / "documents.md"
SHOWN = re.compile(r"<!-- documents: (?P<words>[^\n]+) -->\n```text\n(?P<printed>.*?)```\n", re.S)


@pytest.mark.django_db(reset_sequences=True)
def test_the_page_shows_what_the_commands_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports taken in by an older reader, one directive of them corrected, and read again."""
    monkeypatch.chdir(PROJECT)
    PlaceState.objects.filter(place=world().places["A1"]).update(name="滁州市")
    shown = {block["words"]: block["printed"] for block in SHOWN.finditer(PAGE.read_text("utf-8"))}
    *taking, rereading = shown
    assert rereading == "reread"
    with weak_lexicon(), version("0.0.1"):
        fresh = {words: printed(words) for words in taking}
    signals = Directive.unguarded.get(words__contains="信号系统")
    assert correct(signals, "strength", "must", post=None, now=NOW)
    assert shown == {**fresh, rereading: printed(rereading)}


def printed(words: str) -> str:
    return CliRunner().invoke(app, words.split()).output
