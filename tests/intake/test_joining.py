"""Drafts are merged, split and put back; whatever was decided, taking each of it back gives the first state again."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.intake.actions import (
    DraftRefused,
    confirm,
    edit,
    link,
    merge,
    refuse,
    split,
    take_back,
)
from luoshi.intake.models import Decision, Draft
from luoshi.people.models import User
from tests.ledger.office import opened

from .made import NOW, Office, decided, draft, drafts

State = Draft.State


def again(row: Draft) -> Draft:
    return Draft.unguarded.get(pk=row.pk)


def test_it_works(there: Office) -> None:
    city, (one, two, three, *_) = there["city"], drafts(there)
    kept = merge(city, [(one.pk, 1), (two.pk, 1), (three.pk, 1)], two.pk, NOW)
    assert kept.pk == two.pk and kept.state == State.WAITING
    assert [(again(row).state, again(row).into) for row in (one, three)] == [(State.MERGED, two)] * 2
    assert again(one).quotation == one.quotation != two.quotation
    take_back(city, two.pk, 2, NOW)
    assert [again(row).state for row in (one, two, three)] == [State.WAITING] * 3


def test_the_one_that_is_kept_takes_over_what_it_lacks(there: Office) -> None:
    city, rows = there["city"], drafts(there)
    head, dated, led = (draft(rows, words) for words in ("责任", "除险加固", "应急预案"))
    kept = merge(city, [(row.pk, 1) for row in (head, dated, led)], head.pk, NOW)
    assert (kept.due, kept.measure) == (datetime.date(2026, 12, 31), "12座小型水库")
    assert kept.lead == there.world.units["A1:water"] and set(kept.suggested) == {"lead", "due"}
    kept = take_back(city, head.pk, kept.version, NOW)
    assert (kept.due, kept.measure, kept.lead, kept.owners, kept.deadline) == (None, "", None, [], {})


def test_what_contradicts_is_not_taken_over(there: Office) -> None:
    city, (one, two, three, *_) = there["city"], drafts(there)
    edit(city, two.pk, {"lead": "A1:water"}, 1, NOW)
    edit(city, three.pk, {"lead": "A1:civil"}, 1, NOW)
    kept = merge(city, [(one.pk, 1), (two.pk, 2), (three.pk, 2)], one.pk, NOW)
    assert kept.lead is None


def test_a_lead_that_supports_already_is_not_taken_over(there: Office) -> None:
    city, (one, two, *_) = there["city"], drafts(there)
    edit(city, one.pk, {"supports": ["A1:water"]}, 1, NOW)
    edit(city, two.pk, {"lead": "A1:water"}, 1, NOW)
    assert merge(city, [(one.pk, 2), (two.pk, 2)], one.pk, NOW).lead is None


def test_one_of_several_may_go_back_by_itself(there: Office) -> None:
    city, (one, two, three, *_) = there["city"], drafts(there)
    merge(city, [(one.pk, 1), (two.pk, 1), (three.pk, 1)], two.pk, NOW)
    take_back(city, one.pk, 2, NOW)
    refuse(city, one.pk, "done", "", 3, NOW)
    take_back(city, two.pk, 2, NOW)
    assert [again(row).state for row in (one, two, three)] == [State.REFUSED, State.WAITING, State.WAITING]


@pytest.mark.parametrize("which", ["one", "none", "without the head"])
def test_a_merge_of_nothing_is_refused(there: Office, which: str) -> None:
    city, (one, two, *_) = there["city"], drafts(there)
    wanted = {"one": [(one.pk, 1)], "none": [], "without the head": [(two.pk, 1)]}[which]
    with pytest.raises(DraftRefused, match="至少"):
        merge(city, wanted, one.pk, NOW)


def test_what_was_decided_is_not_merged(there: Office) -> None:
    city, (one, two, *_) = there["city"], drafts(there)
    refuse(city, one.pk, "done", "", 1, NOW)
    with pytest.raises(DraftRefused, match="不立项"):
        merge(city, [(one.pk, 2), (two.pk, 1)], two.pk, NOW)
    assert not decided(two)


# --- parts ---


def test_parts_have_what_the_whole_has(there: Office) -> None:
    whole = draft(drafts(there), "除险加固")
    parts = split(there["city"], whole.pk, ["加固前六座", " 加固后六座\n", " "], 1, NOW)
    assert [part.words for part in parts] == ["加固前六座", "加固后六座"] and again(whole).state == State.SPLIT
    for part in parts:
        assert (part.whole, part.quotation, part.due, part.place) == (whole, whole.quotation, whole.due, whole.place)
        assert (part.report, part.action, part.made_by, part.state) == (
            whole.report,
            whole.action,
            there.posts["city"],
            State.WAITING,
        )


@pytest.mark.parametrize(
    "words", [[], ["甲事"], ["甲事", " "], ["甲事", "甲事"], ["甲事", "\0"], ["长" * 2001, "乙事"]]
)
def test_a_split_has_two_different_parts_at_least(there: Office, words: list[str]) -> None:
    with pytest.raises(DraftRefused) as refused:
        split(there["city"], drafts(there)[0].pk, words, 1, NOW)
    assert all(fault.field.startswith("words") for fault in refused.value.faults)
    assert Draft.unguarded.count() == 5


def test_parts_go_back_into_the_whole_while_they_wait(there: Office) -> None:
    city, whole = there["city"], drafts(there)[0]
    one, two = split(city, whole.pk, ["甲事", "乙事"], 1, NOW)
    refuse(city, two.pk, "done", "", 1, NOW)
    with pytest.raises(DraftRefused, match="乙事"):
        take_back(city, whole.pk, 2, NOW)
    take_back(city, two.pk, 2, NOW)
    edit(city, one.pk, {"measure": "一"}, 1, NOW)
    assert take_back(city, whole.pk, 2, NOW).state == State.WAITING
    assert [(again(part).state, again(part).into) for part in (one, two)] == [(State.MERGED, whole)] * 2
    with pytest.raises(DraftRefused, match="拆分已撤回"):
        take_back(city, one.pk, again(one).version, NOW)
    assert len(split(city, whole.pk, ["甲事", "乙事"], 3, NOW)) == 2


def test_a_part_becomes_an_item(there: Office) -> None:
    city, whole = there["city"], drafts(there)[0]
    one, _two = split(city, whole.pk, ["甲事", "乙事"], 1, NOW)
    confirm(city, one.pk, 1, NOW)
    with pytest.raises(DraftRefused, match="甲事"):
        take_back(city, whole.pk, 2, NOW)


def test_an_item_is_not_taken_back(there: Office) -> None:
    city, row = there["city"], drafts(there)[0]
    number = confirm(city, row.pk, 1, NOW).number
    with pytest.raises(DraftRefused, match=number):
        take_back(city, row.pk, 2, NOW)


def test_what_nobody_decided_is_not_taken_back(there: Office) -> None:
    row = drafts(there)[0]
    with pytest.raises(DraftRefused):
        take_back(there["city"], row.pk, 1, NOW)


# --- any chain ---

KINDS = ("edit", "merge", "split", "refuse", "link", "take_back")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8)


def state() -> dict[int, dict[str, Any]]:
    """Of every draft that is no part, all but its version."""
    rows = Draft.unguarded.filter(whole__isnull=True).values()
    return {row["id"]: {key: value for key, value in row.items() if key != "version"} for row in rows}


def versions() -> dict[int, int]:
    return dict(Draft.unguarded.order_by("pk").values_list("pk", "version"))


def decide(who: User, kind: str, item: str, one: int, other: int, number: int) -> None:
    known = versions()
    ways: dict[str, Callable[[], object]] = {
        "edit": lambda: edit(who, one, {"measure": f"第{number}步", "lead": "A1:civil"}, known[one], NOW),
        "merge": lambda: merge(who, [(one, known[one]), (other, known[other])], one, NOW),
        "split": lambda: split(who, one, [f"甲{number}", f"乙{number}"], known[one], NOW),
        "refuse": lambda: refuse(who, one, "done", "", known[one], NOW),
        "link": lambda: link(who, one, item, known[one], NOW),
        "take_back": lambda: take_back(who, one, known[one], NOW),
    }
    ways[kind]()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_taking_each_back_gives_the_first_state(there: Office, steps: list[tuple[str, int, int]]) -> None:
    """What was taken back on the way has nothing more to take back; what is refused writes nothing."""
    Decision._base_manager.all().delete()
    Draft.unguarded.filter(whole__isnull=False).delete()
    drafts(there)
    city, item, first = there["city"], opened(there).row.number, state()
    done: list[int] = []
    for number, (kind, one, other) in enumerate(steps):
        keys, before = sorted(versions()), Decision.unguarded.count()
        try:
            decide(city, kind, item, keys[one % len(keys)], keys[other % len(keys)], number)
            done += [keys[one % len(keys)]] if kind != "take_back" else []
            assert Decision.unguarded.count() > before
        except DraftRefused:
            assert Decision.unguarded.count() == before
    for key in reversed(done):
        with suppress(DraftRefused):
            take_back(city, key, versions()[key], NOW)
    assert state() == first
