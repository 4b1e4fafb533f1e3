"""OFD files in, paragraphs with places out."""

from __future__ import annotations

import io
import zipfile

import pytest

from luoshi.reading import Unreadable, read
from luoshi.reading.sources import from_bytes
from luoshi.reading.sources.ofd import _steps

from .made import ofd_file, zipped

LONG = "会议强调，要压实防汛责任，加密巡堤查险，紧盯水库、河道和低洼地带，确保群众生命财产安全，坚决打赢防汛硬仗。"


def wrapped(text: str) -> list[str]:
    """A paragraph in lines of 30 characters after an indent of two."""
    text = "　　" + text
    return [text[i : i + 30] for i in range(0, len(text), 30)]


def test_it_works() -> None:
    reading = read(ofd_file([["全市防汛工作会议召开", *wrapped(LONG)], wrapped(LONG)]))
    assert reading.source.text.splitlines() == ["全市防汛工作会议召开", LONG, LONG]
    assert len(reading.directives) == 2
    assert {run.part for run in reading.source.runs} == {"page 1", "page 2"}


def test_every_character_stands_where_its_run_says() -> None:
    pages = [wrapped(LONG), wrapped("各地各部门" + LONG)]
    source = from_bytes(ofd_file(pages))
    ends = [run.start for run in source.runs[1:]] + [len(source.text)]
    for run, end in zip(source.runs, ends, strict=True):
        page = "".join(line.strip() for line in pages[int(run.part.removeprefix("page ")) - 1])
        words = source.text[run.start : end].rstrip()
        assert page[run.offset : run.offset + len(words)] == words


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("g 3 2.5", [2.5, 2.5, 2.5]),
        ("1 g 2 3 4", [1, 3, 3, 4]),
        ("", []),
        ("g 999999999 1", [1.0] * 10),
        ("g", []),
        ("g g 5", [5.0]),
        ("g 2 g 5", [2.0, 5.0]),
        ("1.5 -2", [1.5, -2]),
    ],
)
def test_steps(words: str, steps: list[float]) -> None:
    assert _steps(words, 10) == steps


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"OFD.xml": "<a/>"}, "without text"),
        ({"OFD.xml": "<a"}, "no sound XML"),
        ({"OFD.xml": "<a/>", "Doc_0/Encryptions.xml": "<a/>"}, "encrypted"),
    ],
)
def test_what_holds_no_text_is_named(members: dict[str, str | bytes], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        from_bytes(zipped(members))


@pytest.mark.parametrize(
    ("sound", "spoiled"),
    [
        ('Size="5.0"', 'Size="-1"'),
        ('Size="5.0"', 'Size="0.0001"'),
        ('Boundary="20', 'Boundary="' + "9" * 400),
        ('X="0"', 'X="' + "9" * 400 + '"'),
        ("g 11 5.0", "g " + "9" * 400 + " -5"),
    ],
)
def test_absurd_places_are_borne(sound: str, spoiled: str) -> None:
    """Characters smaller than nothing, or beyond all paper: no word is lost."""
    lines = ["压实防汛责任和任务分工。"] * 9
    with zipfile.ZipFile(io.BytesIO(ofd_file([lines]))) as file:
        members = {name: file.read(name).decode() for name in file.namelist()}
    page = "Doc_0/Pages/Page_0/Content.xml"
    assert sound in members[page]
    found = from_bytes(zipped({**members, page: members[page].replace(sound, spoiled)}))
    assert sorted("".join(found.text.split())) == sorted("".join(lines))
