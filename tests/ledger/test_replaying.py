"""Rows that are not what their events make of them are found, and made anew from the events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from luoshi.ledger.models import Item, Support
from luoshi.ledger.proving.nouns import Counts
from luoshi.ledger.proving.replaying import NoRow, differing, rebuild

from . import attacks
from .attacks import of, run, update
from .sealed import LATER, Ledger, looked, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(settings: Any, tmp_path: Path) -> Ledger:
    settings.MEDIA_ROOT = tmp_path
    return sealed()


def told() -> dict[Any, list[str]]:
    return {item: [str(fault) for fault in found] for item, found in differing(LATER, Counts())}


def test_it_works(ledger: Ledger) -> None:
    assert told() == {}
    before = {row.pk: row.__dict__ for row in Item.unguarded.all()}
    supports = list(Support.unguarded.values_list("item", "unit", "rank"))
    for item in before:
        rebuild(item, LATER)
    strip = {"_state"}
    after = {row.pk: row.__dict__ for row in Item.unguarded.all()}
    for pk, row in before.items():
        assert {k: v for k, v in row.items() if k not in strip} == {
            k: v for k, v in after[pk].items() if k not in strip
        }
    assert list(Support.unguarded.values_list("item", "unit", "rank")) == supports


def test_rows_that_were_changed_are_put_right(ledger: Ledger) -> None:
    number = ledger.desks[1].row.number
    with attacks.attack():
        update("ledger_item", ledger.item(1), state="closed", head="ab" * 32, serial=9, words="别的事")
        run("DELETE FROM ledger_support WHERE rank = 0")
    found = told()
    assert set(found) == {ledger.item(1), ledger.item(2)}
    assert f"{number}: its row says state = closed, its events say in_hand" in found[ledger.item(1)]
    for item in found:
        rebuild(item, LATER)
    assert looked(ledger.exported).green


def test_a_row_that_is_gone_is_written_again(ledger: Ledger) -> None:
    with attacks.attack():
        run("DELETE FROM ledger_item WHERE id = %s", of("id", ledger.item(3)))
    assert set(told()) == {ledger.item(3)}
    rebuild(ledger.item(3), LATER)
    assert looked(ledger.exported).green


def test_a_row_is_not_made_from_events_that_do_not_hold(ledger: Ledger) -> None:
    with attacks.attack():
        update("ledger_event", ledger.item(0), 3, actor="999")
        update("ledger_item", ledger.item(0), state="closed")
    with pytest.raises(NoRow, match="the event was changed"):
        rebuild(ledger.item(0), LATER)
    assert ledger.desks[0].row.state == "closed"
