"""Several at the door at the same moment, each with a connection of their own: one after the other, none lost or twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luoshi.ledger.actions import Outcome, Refused, act
from luoshi.ledger.models import Event, Item, Series
from tests.at_once import MANY, at_once, many_connections

from .checked import expect_replay
from .office import Office, at, in_hand, office, open_task

pytestmark = [pytest.mark.django_db(transaction=True), many_connections]


@pytest.fixture
def busy(settings: Any, tmp_path: Path) -> Iterator[Office]:
    settings.MEDIA_ROOT = tmp_path
    yield office()


def test_numbers_have_no_gaps_and_no_doubles(busy: Office) -> None:
    done = at_once(lambda _: open_task(busy["city"]))
    assert all(isinstance(each, Outcome) for each in done), done
    assert sorted(Item.unguarded.values_list("serial", flat=True)) == [*range(1, MANY + 1)]
    openings = {e.payload["series"]["serial"]: e for e in Event.unguarded.filter(verb="open")}
    for serial in range(2, MANY + 1):
        assert openings[serial].payload["series"]["previous"] == openings[serial - 1].hash
    assert Series.unguarded.get().head == openings[MANY].hash


def test_of_many_on_the_same_version_one_is_done(busy: Office) -> None:
    desk = in_hand(busy)

    def report(number: int) -> Outcome:
        fields = {"progress": f"第{number}份"}
        return act(busy["water"], desk.item, "report", fields=fields, expected=desk.sequence, now=at(5))

    done = at_once(report)
    assert sum(isinstance(each, Outcome) for each in done) == 1
    assert [each.codes for each in done if isinstance(each, Refused)] == [("stale",)] * (MANY - 1)
    expect_replay(desk.item)


def test_the_same_form_sent_at_once_is_done_once(busy: Office) -> None:
    desk = in_hand(busy)
    asked: dict[str, Any] = {"fields": {"progress": "过半"}, "expected": desk.sequence, "now": at(5), "request": "f"}
    done = at_once(lambda _: act(busy["water"], desk.item, "report", **asked))
    assert {each.event for each in done if isinstance(each, Outcome)} == {Event.unguarded.get(request="f").pk}, done
    assert sum(isinstance(each, Outcome) and not each.repeated for each in done) == 1
    assert all(isinstance(each, Outcome) for each in done)


def test_an_item_opened_at_once_by_one_form_is_one(busy: Office) -> None:
    done = at_once(lambda _: open_task(busy["city"], request="f"))
    assert all(isinstance(each, Outcome) for each in done), done
    assert Item.unguarded.count() == 1 and Series.unguarded.get().last == 1


def test_splits_over_the_same_places_do_not_wait_for_each_other_for_ever(busy: Office) -> None:
    parts = [{"words": "一处", "lead": f"{place}:water", "place": place} for place in ("A1a", "A1b")]
    desks = [in_hand(busy) for _ in range(MANY)]

    def split(number: int) -> Outcome:
        turned = parts if number % 2 else parts[::-1]
        return act(busy["water"], desks[number].item, "split", fields={"parts": turned}, expected=3, now=at(5))

    done = at_once(split)
    assert all(isinstance(each, Outcome) for each in done), done
    assert Item.unguarded.count() == 3 * MANY
