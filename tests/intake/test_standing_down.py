"""Responses that are stood down: each open part dropped with its reason, closed, or kept until somebody has looked."""

from __future__ import annotations

import pytest

from luoshi.intake.actions import DraftRefused
from luoshi.intake.responding.stopping import BY_STATE, proposed, stand_down
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Item
from tests.intake.responses import LATER, flood, move, parts, ready, version
from tests.ledger.office import Office, counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(there: Office) -> Office:
    return ready(there)


def test_it_works(there: Office) -> None:
    made = flood(there)
    opened = parts(made.response)
    move(there, "county", opened["A1a:patrol"].pk, "sign", 1)
    move(there, "county_b", opened["A1b:patrol"].pk, "sign", 1)
    move(there, "county_b", opened["A1b:patrol"].pk, "ask_closure", 2, prove=True, result="巡查完毕")
    duty = opened["A1a:duty"].pk
    done = stand_down(
        there["city"], made.response, {duty: "not_hit"}, LATER, words="雨停水退", expected=version(made.response)
    )
    told = {each.part: (each.what, each.why) for each in done.parts}
    assert len(told) == 11 and not done.ended
    assert told[opened["A1a:patrol"].pk] == told[opened["A1b:patrol"].pk] == ("kept", "")
    assert told[duty] == ("dropped", "not_hit")
    assert sorted(what for what, _ in told.values()) == ["dropped"] * 9 + ["kept"] * 2
    assert Item.unguarded.get(pk=made.response).state == "winding_up"
    with pytest.raises(Exception, match="下级"):
        move(there, "city", made.response, "end", 8)


def test_there_is_a_rule_for_every_open_state_of_a_part() -> None:
    book = playbooks().latest("response")
    own = {"active", "winding_up"}
    assert set(BY_STATE) == {state.key for state in book.states if state.kind in ("open", "waiting")} - own
    drop, close = book.move("drop"), book.move("close")
    assert drop and close
    for state in BY_STATE:
        for asks_evidence in (True, False):
            done = proposed(state, asks_evidence, "stood_down")
            assert done == "keep" or state in (close if done == "close" else drop).sources


def test_standing_down_what_has_not_begun_ends_it(there: Office) -> None:
    made = flood(there)
    done = stand_down(
        there["city"], made.response, {}, LATER, words="未降雨", expected=version(made.response), request="d"
    )
    assert done.ended and not Item.unguarded.filter(ended_on=None).exists()
    before = counts()
    again = stand_down(there["city"], made.response, {}, LATER, words="未降雨", expected=1, request="d")
    assert again.repeated and again.ended and counts() == before
    # Another one can begin.
    assert flood(there, now=LATER).opened == 11


def test_what_waits_to_be_verified_is_kept_whatever_is_said(there: Office) -> None:
    made = flood(there)
    part = parts(made.response)["A1a:patrol"].pk
    move(there, "county", part, "sign", 1)
    move(there, "county", part, "ask_closure", 2, prove=True, result="巡查完毕")
    stand_down(there["city"], made.response, {part: "not_hit"}, LATER, words="雨停", expected=version(made.response))
    assert Item.unguarded.get(pk=part).state == "closure_asked"


def test_what_was_verified_is_closed_but_not_by_who_verified(there: Office) -> None:
    made = flood(there, places=("A1a",))
    part = parts(made.response)["A1a:patrol"].pk
    move(there, "county", part, "sign", 1)
    move(there, "county", part, "ask_closure", 2, prove=True, result="巡查完毕")
    move(there, "checker", part, "verify", 3, method="call", finding="属实")
    done = stand_down(there["city"], made.response, {}, LATER, words="雨停", expected=version(made.response))
    assert Item.unguarded.get(pk=part).state == "closed" and done.ended


def test_a_reason_that_there_is_not(there: Office) -> None:
    made, before = flood(there), counts()
    part = parts(made.response)["A1a:patrol"].pk
    with pytest.raises(DraftRefused):
        stand_down(
            there["city"], made.response, {part: "boredom"}, LATER, words="雨停", expected=version(made.response)
        )
    assert counts() == before


def test_no_words_no_standing_down(there: Office) -> None:
    made, before = flood(there), counts()
    with pytest.raises(DraftRefused):
        stand_down(there["city"], made.response, {}, LATER, words=" ", expected=version(made.response))
    assert counts() == before
