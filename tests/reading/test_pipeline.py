"""The stages say truly what they require and what they assign."""

from __future__ import annotations

import pytest

from luoshi.reading.draft import Draft
from luoshi.reading.pipeline import STAGES, Stage
from luoshi.reading.sources import from_text

GIVEN = {"source", "published"}
NAMES = set(Draft._fields)


def test_what_a_stage_requires_is_assigned_before_it() -> None:
    known = set(GIVEN)
    for stage in STAGES:
        assert set(stage.requires) <= known, stage.name
        assert stage.assigns not in known, f"{stage.name} assigns what is there"
        known.add(stage.assigns)
    assert known == NAMES


def _drafts() -> list[Draft]:
    draft = Draft(from_text("会议强调，要压实责任，加密巡查。"))
    out = [draft]
    for stage in STAGES:
        out.append(stage.run(out[-1]))
    return out


@pytest.mark.parametrize("number", range(len(STAGES)), ids=[stage.name for stage in STAGES])
def test_a_stage_touches_only_what_it_assigns(number: int) -> None:
    stage: Stage = STAGES[number]
    before, after = _drafts()[number : number + 2]
    for name in NAMES - {stage.assigns}:
        assert getattr(before, name) == getattr(after, name)
    assert getattr(after, stage.assigns) is not None


@pytest.mark.parametrize("number", range(len(STAGES)), ids=[stage.name for stage in STAGES])
def test_a_stage_needs_no_more_than_it_requires(number: int) -> None:
    stage = STAGES[number]
    whole = _drafts()[number]
    bare = Draft(
        whole.source,
        whole.published,
        **{name: getattr(whole, name) for name in stage.requires if name not in GIVEN},
    )
    assert getattr(stage.run(bare), stage.assigns) == getattr(stage.run(whole), stage.assigns)
