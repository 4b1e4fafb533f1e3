"""Steps of a ladder made by the sweep: whom each tells, and who is not there."""

from __future__ import annotations

import datetime

import pytest

from luoshi.ledger.models import Notice
from luoshi.ledger.sweep import sweep
from luoshi.people.models import Post, Role
from luoshi.places.models import Unit
from tests.people.made import post

from .office import Desk, Office, in_hand, proof
from .sweep_days import day, swept

pytestmark = pytest.mark.django_db


def test_it_works(there: Office) -> None:
    """Lead and supports are told, and everybody once."""
    in_hand(there, supports=["A1:civil", "A1a:water"])
    assert swept(there, day("2026-12-28")) == [("remind", "due near", {"A1:water", "A1:civil", "A1a:water"})]
    assert Notice.unguarded.filter(event__verb="remind").count() == 3


ADDRESSEES: dict[str, tuple[str, str, set[str]]] = {
    "who opened it": ("2027-01-04", "", {"A1:water", "city"}),
    "their post ended: others of the place": ("2027-01-04", "city", {"A1:water", "second"}),
    "the leader of the unit": ("2027-01-06", "", {"water_head", "city"}),
    "no leader": ("2027-01-06", "water_head", {"city"}),
    "above, in the line": ("2027-01-11", "", {"province", "abroad", "city"}),
}


@pytest.mark.parametrize("case", ADDRESSEES)
def test_who_is_told(there: Office, desk: Desk, case: str) -> None:
    on, gone, names = ADDRESSEES[case]
    units, lines = there.world.units, there.world.lines
    there.people["second"] = there["observer"]
    post(there["observer"], Role.SUPERVISOR, units["A1:gov"], lines["water"])
    post(there["elsewhere"], Role.SUPERVISOR, units["A1:civil"])  # another line
    post(there["abroad"], Role.LEADER, units["A:water"])
    post(there["elsewhere"], Role.LEADER, units["A:civil"])  # another line
    standing = post(there["mayor"], Role.LEADER, units["A1:water"], stands_in_for=there.posts["water_head"])
    Post.unguarded.filter(user__username=gone).update(until=datetime.date(2027, 1, 1))
    (found,) = swept(there, day(on))
    assert {"second" if name == "observer" else name for name in found[2]} == names
    assert not Notice.unguarded.filter(post=standing).exists()


def test_the_leader_in_charge_goes_before_those_of_the_unit(there: Office, desk: Desk) -> None:
    desk.act("city", "fill_in", in_charge=f"post:{there.posts['mayor'].pk}")
    assert swept(there, day("2027-01-06"))[0][2] == {"mayor", "city"}


def test_addressees_that_are_not_there_are_passed_over_and_told(there: Office, desk: Desk) -> None:
    Unit.objects.filter(key="A1:water").update(until=datetime.date(2027, 1, 1))
    (first,) = sweep(day("2027-01-04"))
    assert [(made.step, made.told, made.missing) for made in first.made] == [("over", 1, ("lead",))]
    Post.unguarded.update(until=datetime.date(2027, 1, 1))
    (second,) = sweep(day("2027-01-11"))
    assert [(made.step, made.told, made.missing) for made in second.made] == [("above", 0, ("above", "supervisor"))]
    assert desk.row.counts["escalate"] == 1


def test_of_the_verifiers_the_one_appointed(there: Office, desk: Desk) -> None:
    desk.act("water", "ask_closure", proof(), result="已修好")
    near, over = day("2026-12-02"), day("2026-12-07")
    # Those of the place whose line it is.
    assert swept(there, near) == [("remind", "verify near", {"checker", "checker_water", "city"})]
    desk.sequence = desk.row.sequence
    desk.hours = 24 * 11
    desk.act("city", "appoint", verifier=f"post:{there.posts['checker'].pk}")
    assert swept(there, over) == [("remind", "verify over", {"checker", "city"})]
