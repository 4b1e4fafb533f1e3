"""The same draft decided by several at the same moment: one decision stands, the others are told so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luoshi.intake.actions import Confirmed, DraftRefused, DraftStale, confirm, edit, merge, refuse, split
from luoshi.intake.models import Draft
from luoshi.ledger.models import Event, Item
from luoshi.ledger.proving.verify import verify
from tests.at_once import MANY, at_once, many_connections

from .made import MEETING, NOW, PLAN, Office, at, draft, drafts, office, own_names

pytestmark = [pytest.mark.django_db(transaction=True), many_connections]


@pytest.fixture
def busy(settings: Any, tmp_path: Path) -> Iterator[Office]:
    settings.MEDIA_ROOT = tmp_path
    there = office()
    own_names(there)
    yield there


def test_it_works(busy: Office) -> None:
    row = draft(drafts(busy, PLAN), "巡查")
    done = at_once(lambda _: confirm(busy["city"], row.pk, row.version, NOW))
    assert {type(each) for each in done} == {Confirmed}, done
    assert {each.item for each in done} == {Item.unguarded.get().pk}
    assert Counter(Event.unguarded.values_list("verb", flat=True)) == {"open": 1, "dispatch": 1}
    assert not verify(at(1)).faults


def test_of_a_yes_a_no_and_an_edit_one_stands(busy: Office) -> None:
    row = draft(drafts(busy, PLAN), "巡查")

    def decide(number: int) -> Any:
        if number % 3 == 0:
            return confirm(busy["city"], row.pk, row.version, NOW)
        if number % 3 == 1:
            return refuse(busy["city"], row.pk, Draft.Refusal.values[0], "", row.version, NOW)
        return edit(busy["city"], row.pk, {"measure": f"每周{number}次"}, row.version, NOW)

    done = at_once(decide)
    assert all(isinstance(each, Confirmed | Draft | DraftRefused) for each in done), done
    stands = Draft.unguarded.get(pk=row.pk)
    assert Item.unguarded.count() == (stands.state == Draft.State.CONFIRMED)
    assert any(isinstance(each, DraftStale) for each in done)
    assert not verify(at(1)).faults


def test_a_draft_split_and_merged_at_once_is_one_of_them(busy: Office) -> None:
    rows = drafts(busy, MEETING)
    first, second = draft(rows, "责任"), draft(rows, "应急预案")

    def decide(number: int) -> Any:
        if number % 2:
            return split(busy["city"], first.pk, ["压实责任", "加密巡查"], first.version, NOW)
        return merge(busy["city"], [(first.pk, first.version), (second.pk, second.version)], second.pk, NOW)

    done = at_once(decide)
    assert not any(isinstance(each, BaseException) and not isinstance(each, DraftRefused) for each in done), done
    assert sum(isinstance(each, DraftStale) for each in done) < MANY
    assert Draft.unguarded.get(pk=first.pk).state in (Draft.State.MERGED, Draft.State.SPLIT)
