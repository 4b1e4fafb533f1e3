"""A guarded pattern and the alternatives of a pattern find what the pattern finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.alternatives import alternatives
from luoshi.reading.guards import Initials, guarded

TEXTS = st.text("都均必须务要求主重是一二|3 \n", max_size=12)
PATTERNS = (
    "都?必须",
    "(?:都|均)?(?:必须|务必)(?!是)",
    "(?<![主重])要(?!求)",
    "^(?:一|二)?要$",
    "要.{0,3}求|主",
    "[^要]{1,2}必",
    "(?:都|均)*",
    "要|[|要]必|\\|是|(?:都|均)是",
    "(?m)^是",
    "^(?:要|都.|必须)$",
    "(?:要|都)[是一]|(?:必|须)+要",
    "^(?:要|都)?是",
    r"\d?要|[\d\s]是",
)


def test_it_works() -> None:
    assert guarded("都?必须") == "(?=[必都])(?:都?必须)"
    assert alternatives("必须|均?要|[|]是|务必") == ["必须|务必", "均?要", "[|]是"]
    assert alternatives("^(?:要|应|都.)$") == ["^(?:要|应)$", "^(?:都.)$"]
    assert alternatives("^(?:要|应)?$") == ["^(?:要|应)?$"]


@pytest.mark.parametrize(
    "pattern",
    ["必须|务必", "[要应]", "(?P<cue>要|应)", ".要", "(?:要)?", "[^要]是", "(?m)^都?要", "(?i)都?要"],
)
def test_what_needs_no_guard_or_can_have_none_stays(pattern: str) -> None:
    assert guarded(pattern) == pattern


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS)
def test_a_match_begins_with_one_of_the_initials(pattern: str, text: str) -> None:
    for begins in (Initials(pattern), Initials(guarded(pattern))):
        for match in re.finditer(pattern, text):
            assert begins.has(match.group()[:1]) if match.group() else begins.may_be_empty


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS)
def test_the_same_is_found(pattern: str, text: str) -> None:
    plain, sooner = re.compile(pattern), re.compile(guarded(pattern))
    assert [m.span() for m in sooner.finditer(text)] == [m.span() for m in plain.finditer(text)]
    ways = [re.compile(guarded(way)) for way in alternatives(pattern)]
    assert any(way.search(text) for way in ways) == bool(plain.search(text))
    assert any(way.match(text) for way in ways) == bool(plain.match(text))
