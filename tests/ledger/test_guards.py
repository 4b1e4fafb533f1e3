"""Every guard of the machine: what it bars, and what it lets pass."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from luoshi.ledger.machine import Actor, Child, Hand, Step, moves
from luoshi.ledger.machine.days import day
from luoshi.ledger.machine.guards import GUARDS
from luoshi.ledger.playbook import vocabulary

from .made import (
    FINANCE,
    LEAD,
    PAPER,
    PETITIONER,
    PLAN,
    PLAYBOOKS,
    SUPERVISOR,
    SYSTEM,
    TOWN,
    VERIFIER,
    WATER,
    Item,
    at,
    hand,
    problem,
    task,
)

FILE = [("document", PAPER)]
CHECKED: Any = {"method": "on_site", "finding": "属实"}
OVER: Any = {"due": "2026-03-04"}
ASKED: Any = {"asked_due": "2026-12-01", "reason": "汛期", "progress": "过半"}


def both(who: Hand, other: Hand) -> Hand:
    """A person who acts in one post and holds the other too."""
    return who._replace(same=who.same | other.same, units=who.units | other.units)


def with_children(item: Item, *kinds: Any) -> Item:
    """The item with parts of these kinds of states."""
    item.children = [Child(f"child-{n}", kind) for n, kind in enumerate(kinds)]
    return item


def below(item: Item, kind: Any) -> Item:
    """The item as a part of one in a state of this kind."""
    item.parent = Child("parent", kind)
    return item


def planned(item: Item) -> Item:
    """The item with a plan of one milestone, that a supervisor filled in."""
    item.act(SUPERVISOR, "fill_in", milestones=[{"words": "开工", "due": "2026-05-01"}])
    return item


def old(item: Item, days: int = 35) -> Item:
    """The item weeks on, with an entry that changes nothing for each day."""
    for _ in range(days):
        item.entries.append(item.entries[-1]._replace(sequence=len(item.entries) + 1, verb="erase"))
    return item


def on_the_last_day(item: Item, before: int = 0) -> Item:
    """The item on the day of its deadline, or so many days before."""
    due = item.state.due or day(item.now)
    while day(item.now) < due - timedelta(before):
        item.entries.append(item.entries[-1]._replace(sequence=len(item.entries) + 1, verb="erase"))
    return item


def first(item: Item) -> Item:
    """The item as one that was opened under the first version of its playbook."""
    item.playbook = PLAYBOOKS.of(item.playbook.key, 1)
    item.entries = [entry._replace(version=1) for entry in item.entries]
    return item


def extended() -> Item:
    """A task that got an extension of three months, and whose lead asks for another."""
    item = at("task", "extension_asked")
    item.act(SUPERVISOR, "grant_extension", due="2026-09-30")
    return item


def without_due() -> Item:
    """A task in hand that only has a frequency of reports."""
    item = task(frequency="monthly")
    item.act(SUPERVISOR, "dispatch", lead=WATER)
    item.act(LEAD, "sign")
    return item


def closed_long_after(item: Item) -> Item:
    """A problem that was verified five weeks before it was closed."""
    old(item).act(SUPERVISOR, "close")
    return item


def part(**given: Any) -> dict[str, Any]:
    """What is filled in to split off one part."""
    return {"parts": [{"words": "改造东区管网", "lead": TOWN, **given}]}


# guard, item, who, verb, fields, evidence, what is said (None: it may pass)
CASES: list[tuple[str, Item, Hand, str, dict[str, Any], Any, tuple[str, str] | None]] = [
    ("units_confirmed", task(), SUPERVISOR, "dispatch", {"lead": "new", "due": "2026-06-30"}, (), ("not_confirmed", "lead")),
    ("units_confirmed", at("task", "in_hand"), LEAD, "split", part(supports=["new"]), (), ("not_confirmed", "parts")),
    ("units_confirmed", at("task", "in_hand"), LEAD, "split", part(), (), None),
    ("lead_apart", task(), SUPERVISOR, "dispatch", {"lead": WATER, "supports": [WATER], **OVER}, (), ("lead_supports", "supports")),
    ("lead_apart", at("task", "in_hand"), LEAD, "split", part(supports=[TOWN]), (), ("lead_supports", "parts[0]")),
    ("lead_apart", at("task", "in_hand"), SUPERVISOR, "set_supports", {"supports": [WATER]}, (), ("lead_supports", "supports")),
    ("lead_apart", at("task", "in_hand"), SUPERVISOR, "set_supports", {"supports": [TOWN]}, (), None),
    ("has_clock", task(), SUPERVISOR, "dispatch", {"lead": WATER}, (), ("no_clock", "due")),
    ("has_clock", task(), SUPERVISOR, "dispatch", {"lead": WATER, "frequency": "monthly"}, (), None),
    ("has_clock", task(frequency="weekly"), SUPERVISOR, "dispatch", {"lead": WATER}, (), None),
    ("has_clock", task(due="2026-12-31"), SUPERVISOR, "dispatch", {"lead": WATER}, (), None),
    ("due_ahead", task(), SUPERVISOR, "dispatch", {"lead": WATER, "due": "2026-03-02"}, (), ("in_the_past", "due")),
    ("due_ahead", task(), SUPERVISOR, "dispatch", {"lead": WATER, "due": "2026-03-03"}, (), None),
    ("due_ahead", at("task", "in_hand"), LEAD, "split", part(due="2025-12-31"), (), ("in_the_past", "parts[0].due")),
    ("before_due", first(old(old(old(old(at("task", "in_hand")))))), LEAD, "ask_extension",
     {"asked_due": "2026-12-31", "reason": "汛期", "progress": "过半"}, (), ("overdue", "")),
    ("before_due", first(on_the_last_day(at("task", "in_hand"))), LEAD, "ask_extension",
     {"asked_due": "2026-12-31", "reason": "汛期", "progress": "过半"}, (), None),
    ("before_due", first(without_due()), LEAD, "ask_extension",
     {"asked_due": "2026-12-31", "reason": "汛期", "progress": "过半"}, (), None),
    ("extension_in_time", on_the_last_day(at("task", "in_hand")), LEAD, "ask_extension", ASKED, (), ("extension_late", "")),
    ("extension_in_time", on_the_last_day(at("task", "in_hand"), before=1), LEAD, "ask_extension", ASKED, (), None),
    ("extension_in_time", old(old(old(old(at("task", "in_hand"))))), LEAD, "ask_extension", ASKED, (), ("extension_late", "")),
    ("extension_left", without_due(), LEAD, "ask_extension", ASKED, (), ("nothing_to_extend", "")),
    ("extension_left", extended(), LEAD, "ask_extension", ASKED, (), ("extension_spent", "")),
    ("extension_left", at("task", "extension_asked"), SUPERVISOR, "grant_extension", {"due": "2026-12-30"}, (), None),
    ("extension_within", at("task", "extension_asked"), SUPERVISOR, "grant_extension", {"due": "2026-12-31"}, (), ("extension_long", "due")),
    ("extension_within", at("task", "in_hand"), LEAD, "ask_extension", {**ASKED, "asked_due": "2026-12-31"}, (), ("extension_long", "asked_due")),
    ("due_later", at("task", "in_hand"), LEAD, "ask_extension",
     {"asked_due": "2026-06-30", "reason": "汛期", "progress": "过半"}, (), ("not_later", "asked_due")),
    ("due_later", at("task", "extension_asked"), SUPERVISOR, "grant_extension", {"due": "2026-06-29"}, (), ("not_later", "due")),
    ("due_later", at("task", "extension_asked"), SUPERVISOR, "grant_extension", {"due": "2026-07-01"}, (), None),
    ("days_not_ahead", at("task", "in_hand"), LEAD, "report",
     {"progress": "过半", "milestones": [{"words": "开工", "done_on": "2026-05-01"}]}, (), ("in_the_future", "milestones")),
    ("days_not_ahead", at("task", "in_hand"), LEAD, "report",
     {"progress": "过半", "milestones": [{"words": "开工", "due": "2026-05-01", "done_on": "2026-03-05"}]}, (), None),
    ("days_not_ahead", at("problem", "closed"), SYSTEM, "recur", {"recurred_on": "2027-01-01"}, (), ("in_the_future", "recurred_on")),
    ("days_not_ahead", at("problem", "closed"), SYSTEM, "recur", {"recurred_on": "2026-03-05", "due": "2026-08-01"}, (), None),
    ("milestones_as_planned", planned(at("task", "in_hand")), LEAD, "report",
     {"progress": "过半", "milestones": [{"words": "开工", "due": "2029-05-01"}]}, (), ("not_as_planned", "milestones")),
    ("milestones_as_planned", planned(at("task", "in_hand")), LEAD, "report",
     {"progress": "过半", "milestones": [{"words": "开工", "due": "2026-05-01", "done_on": "2026-03-05"}]}, (), None),
    ("milestones_as_planned", planned(at("task", "in_hand")), LEAD, "report", {"progress": "过半"}, (), None),
    ("milestones_as_planned", at("task", "in_hand"), LEAD, "report",
     {"progress": "过半", "milestones": [{"words": "开工", "due": "2026-05-01"}]}, (), None),
    ("parent_open", below(at("task", "closed"), "done"), SUPERVISOR, "reopen",
     {"reopen_reason": "recurred", "reason": "反弹"}, (), ("parent_ended", "")),
    ("parent_open", below(at("task", "closed"), "open"), SUPERVISOR, "reopen",
     {"reopen_reason": "recurred", "reason": "反弹"}, (), None),
    ("parent_open", at("task", "closed"), SUPERVISOR, "reopen", {"reopen_reason": "recurred", "reason": "反弹"}, (), None),
    ("parent_open", below(at("task", "dropped"), "dropped"), SUPERVISOR, "restore", {"reason": "恢复"}, (), ("parent_ended", "")),
    ("something_given", task(), SUPERVISOR, "fill_in", {"measure": "  "}, (), ("nothing_given", "")),
    ("something_given", task(), SUPERVISOR, "fill_in", {"measure": "46公里"}, (), None),
    ("has_parent", at("problem", "signed"), LEAD, "clear", {"result": "没有"}, FILE, ("no_parent", "")),
    ("children_done", with_children(at("task", "in_hand"), "done", "open"), LEAD, "ask_closure", {"result": "完"}, FILE, ("children_open", "")),
    ("children_done", with_children(at("task", "in_hand"), "done", "dropped"), LEAD, "ask_closure", {"result": "完"}, FILE, None),
    ("children_done", with_children(at("task", "verified"), "waiting"), SUPERVISOR, "close", {}, (), ("children_open", "")),
    ("children_ended", with_children(at("task", "in_hand"), "waiting"), SUPERVISOR, "drop",
     {"drop_reason": "merged", "reason": "并入"}, (), ("children_open", "")),
    ("not_who_asked", at("task", "closure_asked"), both(VERIFIER, LEAD)._replace(units=frozenset()), "verify", CHECKED, (), ("same_person", "")),
    ("not_who_asked", at("task", "verified"), both(SUPERVISOR, LEAD), "close", {}, (), ("same_person", "")),
    ("not_of_the_asking_unit", at("task", "closure_asked"), hand(9, WATER, "verifier"), "verify", CHECKED, (), ("same_unit", "")),
    ("not_of_the_asking_unit", at("task", "closure_asked"), VERIFIER._replace(units=frozenset({WATER})), "verify", CHECKED, (), ("same_unit", "")),
    ("not_of_the_asking_unit", at("task", "closure_asked"), hand(9, FINANCE, "verifier"), "verify", CHECKED, (), None),
    ("not_who_verified", at("task", "verified"), both(SUPERVISOR, VERIFIER), "close", {}, (), ("same_person", "")),
    ("not_who_verified", at("task", "verified"), VERIFIER._replace(who=frozenset({"supervisor"})), "close", {}, (), ("same_person", "")),
    ("not_who_verified", at("task", "verified"), SUPERVISOR, "close", {}, (), None),
    ("not_who_verified", at("task", "under_review"), both(SUPERVISOR, VERIFIER), "uphold", {"finding": "维持"}, (), ("same_person", "")),
    ("was_concluded", at("task", "in_hand"), LEAD, "object", {"reason": "不服"}, (), ("not_concluded", "")),
    ("was_concluded", at("task", "refused"), LEAD, "object", {"reason": "不服"}, (), None),
    ("in_time_to_object", old(at("task", "refused")), LEAD, "object", {"reason": "不服"}, (), ("too_late", "")),
    ("in_time_to_object", at("problem", "closed"), PETITIONER, "complain", {"reason": "未改"}, (), None),
    ("in_time_to_object", closed_long_after(at("problem", "verified")), PETITIONER, "complain", {"reason": "未改"}, (), None),
    ("in_time_to_object", old(at("problem", "closed"), 29), PETITIONER, "complain", {"reason": "未改"}, (), None),
    ("in_time_to_object", old(at("problem", "closed"), 30), PETITIONER, "complain", {"reason": "未改"}, (), ("too_late", "")),
    ("in_time_to_object", old(at("problem", "closed")), PETITIONER, "complain", {"reason": "未改"}, (), ("too_late", "")),
]  # fmt: skip


@pytest.mark.parametrize(("guard", "item", "who", "verb", "fields", "evidence", "said"), CASES)
def test_what_a_guard_bars_and_lets_pass(
    guard: str, item: Item, who: Hand, verb: str, fields: dict[str, Any], evidence: Any, said: tuple[str, str] | None
) -> None:
    move = item.playbook.move(verb)
    assert move is not None and guard in move.guards
    step = item.try_(who, verb, evidence, **fields)
    found = None if isinstance(step, Step) else [(fault.code, fault.field) for fault in step]
    assert found == (None if said is None else [said])


def test_it_works() -> None:
    assert {guard for guard, *_ in CASES} | {"common_is_spread"} == set(GUARDS) == set(vocabulary.GUARDS)


def test_a_common_problem_is_looked_for_elsewhere_before_it_is_closed() -> None:
    item = problem()
    item.act(SUPERVISOR, "analyse", nature="common")
    item.act(SUPERVISOR, "dispatch", lead=WATER, due="2026-06-30")
    item.act(LEAD, "sign")
    item.act(LEAD, "plan", **PLAN)
    item.act(LEAD, "ask_closure", FILE, result="完")
    item.act(VERIFIER, "verify", **CHECKED)
    assert item.codes(SUPERVISOR, "close") == [("not_spread", "")]
    item.act(SUPERVISOR, "spread", parts=[{"words": "自查同类仓库", "lead": TOWN}])
    assert item.act(SUPERVISOR, "close").state == "closed"


def test_a_guard_that_bars_hides_the_move() -> None:
    """What nobody could make whatever they fill in is not offered."""
    item = at("task", "closure_asked")
    today = day(item.now)
    own = hand(9, WATER, "verifier")
    assert "verify" in [m.verb for m in moves(item.playbook, item.state, VERIFIER, item.world, today)]
    assert "verify" not in [m.verb for m in moves(item.playbook, item.state, own, item.world, today)]


def test_who_verified_before_does_not_verify_again_when_asked_to() -> None:
    item = at("task", "verified")
    item.act(SUPERVISOR, "recheck", reason="现场有出入")
    assert item.codes(VERIFIER, "verify", **CHECKED) == [("same_person", "")]
    other = hand(8, FINANCE, "verifier")
    assert item.act(other, "verify", **CHECKED).verified_by == "post:8"


def test_who_has_no_unit_is_not_of_the_same_none() -> None:
    """An asker and a verifier without a unit are not of one unit."""
    item = at("task", "in_hand")
    item.act(LEAD._replace(actor=LEAD.actor._replace(unit=None)), "ask_closure", FILE, result="完")
    nobody = Hand(Actor("post", "21", None), frozenset({"verifier"}), frozenset({"post:21"}))
    assert item.act(nobody, "verify", **CHECKED).state == "verified"


def test_a_stand_in_is_the_person_they_are() -> None:
    """Who asked in one post and stands in for another in a second is the same."""
    item = at("task", "closure_asked")
    stand_in = Hand(Actor("post", "20", FINANCE), frozenset({"verifier"}), frozenset({"post:20", "post:2"}))
    assert item.codes(stand_in, "verify", **CHECKED) == [("same_person", "")]
