"""A yes opens an item and sends it to its lead, once; what the ledger refuses opens nothing and says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from luoshi.intake.actions import Confirmed, DraftRefused, DraftStale, confirm, confirm_many, edit, refuse
from luoshi.intake.models import Draft
from luoshi.ledger.models import Event, Item, Notice, Series
from luoshi.ledger.proving.verify import verify
from tests.ledger.office import counts

from .made import MEETING, NOW, PLAN, Office, at, decided, draft, drafts


def ready(there: Office, **more: Any) -> Draft:
    """A draft with a lead and a deadline."""
    row = draft(drafts(there, PLAN), "巡查")
    return edit(there["city"], row.pk, {"measure": "每周一次", **more}, row.version, NOW)


def verbs(item: Item) -> list[str]:
    return list(Event.unguarded.filter(item=item).order_by("sequence").values_list("verb", flat=True))


def test_it_works(there: Office) -> None:
    row = ready(there)
    done = confirm(there["city"], row.pk, row.version, NOW)
    item = Item.unguarded.get(pk=done.item)
    assert (item.number, done.dispatched, verbs(item)) == (done.number, True, ["open", "dispatch"])
    assert (item.words, item.lead, item.due) == ("开展大坝巡查", there.world.units["A1:water"], row.due)
    assert [unit.key for unit in item.supports.model.objects.filter(supported_items=item)] == ["A1:civil"]
    assert item.quotation == row.quotation and item.facts["basis"] == "临川市水库安全工作方案"
    assert item.facts == {"basis": "临川市水库安全工作方案", "basis_kind": "document", "measure": "每周一次"}
    row = Draft.unguarded.get(pk=row.pk)
    assert (row.state, row.item, decided(row)) == (Draft.State.CONFIRMED, item, ["edit", "confirm"])
    assert {notice.unit and notice.unit.key for notice in Notice.unguarded.all()} == {"A1:water", "A1:civil"}
    assert not verify(at(1)).faults


def test_without_dispatch_or_without_what_it_takes_it_is_only_opened(there: Office) -> None:
    row = ready(there)
    assert not confirm(there["city"], row.pk, row.version, NOW, dispatch=False).dispatched
    for words in ("责任", "应急预案", "除险加固"):  # nobody, no deadline, no lead
        other = draft(drafts(there, MEETING), words)
        done = confirm(there["city"], other.pk, other.version, NOW)
        assert not done.dispatched and verbs(Item.unguarded.get(pk=done.item)) == ["open"]


def test_twice_is_one_item(there: Office) -> None:
    row = ready(there)
    first = confirm(there["city"], row.pk, row.version, NOW)
    before = counts()
    assert confirm(there["city"], row.pk, row.version, at(1)) == first
    with pytest.raises(DraftStale, match="立项"):
        confirm(there["province"], row.pk, row.version, at(1))
    with pytest.raises(DraftRefused, match="已立项"):
        confirm(there["city"], row.pk, row.version + 1, at(1))
    assert counts() == before


# What is filled in, and where the ledger finds a fault with it.
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "the day is over": ({"due": "2026-11-01"}, "due"),
    "the lead is not confirmed": ({"lead": "A1:river"}, "lead"),
    "the lead is no more": ({"lead": "A1:dike"}, "lead"),
    # The ledger tells of all units that are not confirmed at the first of them; it names them.
    "a support is not confirmed": ({"supports": ["A1:river"]}, "lead"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_cannot_be_sent_is_not_opened(there: Office, case: str, language: str) -> None:
    fields, field = REFUSED[case]
    row = ready(there, **fields)
    before, numbers = counts(), list(Series.unguarded.values_list("last", flat=True))
    with translation.override(language), pytest.raises(DraftRefused) as refused:
        confirm(there["city"], row.pk, row.version, NOW)
    assert [fault.field for fault in refused.value.faults] == [field] and refused.value.faults[0].message
    assert counts() == before and list(Series.unguarded.values_list("last", flat=True)) == numbers
    row = Draft.unguarded.get(pk=row.pk)
    assert (row.state, row.item, decided(row)) == (Draft.State.WAITING, None, ["edit"])
    assert not confirm(there["city"], row.pk, row.version, NOW, dispatch=False).dispatched


def test_a_draft_of_no_place_is_not_opened(there: Office) -> None:
    row = drafts(there, place="")[0]
    with pytest.raises(DraftRefused) as refused:
        confirm(there["city"], row.pk, 1, NOW)
    assert [fault.field for fault in refused.value.faults] == ["place"]


def test_of_several_each_is_by_itself(there: Office) -> None:
    rows = drafts(there)
    refuse(there["province"], rows[1].pk, "done", "", 1, NOW)
    edit(there["city"], rows[2].pk, {"lead": "A1:river"}, 1, NOW)
    wanted = [(rows[0].pk, 1), (rows[1].pk, 1), (rows[2].pk, 2), (999, 1), (rows[3].pk, 1)]
    one, two, three, four, five = confirm_many(there["city"], wanted, NOW)
    assert isinstance(one, Confirmed) and isinstance(five, Confirmed) and one.number != five.number
    assert isinstance(two, DraftStale) and isinstance(three, DraftRefused) and isinstance(four, DraftRefused)
    assert Item.unguarded.count() == 2


def test_an_item_goes_to_the_list_that_was_chosen(there: Office) -> None:
    row = ready(there, list="livelihood", line="water")
    item = Item.unguarded.get(pk=confirm(there["city"], row.pk, row.version, NOW).item)
    assert item.list == "livelihood" and item.line == there.world.lines["water"]
