"""The machine: a task on its way from opening to closure, what is refused, what each effect changes, what replays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from luoshi.ledger.machine import (
    Act,
    Entry,
    Hand,
    Quotation,
    Step,
    Unreplayable,
    World,
    apply,
    begin,
    moves,
    opening,
    replay,
    step,
)
from luoshi.ledger.machine.days import day
from luoshi.ledger.machine.effects import EFFECTS
from luoshi.ledger.playbook import UnknownPlaybook, vocabulary

from .made import (
    FINANCE,
    LEAD,
    NOW,
    PAPER,
    PETITIONER,
    PLAYBOOKS,
    SUPERVISOR,
    SUPPORT,
    SYSTEM,
    TASK,
    TOWN,
    VERIFIER,
    WATER,
    Item,
    at,
    hand,
    task,
)

QUOTE = Quotation("b" * 64, "改造老旧供水管网46公里", 254, 266, "前", "后")
FILE = [("document", PAPER)]


def test_it_works() -> None:
    item = task()
    item.act(SUPERVISOR, "dispatch", lead=WATER, supports=["finance"], due="2026-06-30")
    item.act(LEAD, "sign")
    item.act(SUPPORT, "report", progress="资金已到位")
    item.act(LEAD, "ask_closure", [("table", PAPER)], result="46公里全部完工")
    item.act(VERIFIER, "verify", method="on_site", finding="逐段查看，属实")
    closed = item.act(SUPERVISOR, "close")
    assert (closed.state, closed.kind, closed.ended_on) == ("closed", "done", date(2026, 3, 8))
    assert (closed.lead, closed.supports, closed.due) == (WATER, ("finance",), date(2026, 6, 30))
    assert (closed.asked_by, closed.asked_unit, closed.verified_by) == ("post:2", WATER, "post:4")
    assert replay(item.entries, PLAYBOOKS) == closed


# Who may make the first moves: (hand, verbs offered on a task in hand)
OFFERED = [
    (
        SUPERVISOR,
        [
            "fill_in",
            "reassign",
            "set_supports",
            "instruct",
            "remind",
            "escalate",
            "set_due",
            "pause",
            "appoint",
            "drop",
        ],
    ),
    (LEAD, ["hand_over", "split", "report", "ask_extension", "ask_closure"]),
    (SUPPORT, ["report"]),
    (VERIFIER, []),
    (PETITIONER, []),
    (SYSTEM, ["remind", "escalate"]),
    (SUPERVISOR._replace(who=frozenset()), []),
]


@pytest.mark.parametrize(("who", "verbs"), OFFERED)
def test_what_is_offered_to_whom(who: Hand, verbs: list[str]) -> None:
    item = at("task", "in_hand")
    assert [m.verb for m in moves(item.playbook, item.state, who, item.world, day(item.now))] == verbs


CHECKED: Any = {"method": "on_site", "finding": "属实"}
FORBIDDEN: list[tuple[Item, Hand, str, dict[str, Any], Any, list[tuple[str, str]]]] = [
    (task(), SUPERVISOR, "burn", {}, (), [("unknown_verb", "")]),
    (task(), SUPERVISOR, "open", {}, (), [("unknown_verb", "")]),
    (task(), SUPERVISOR, "erase", {}, (), [("unknown_verb", "")]),
    (task(), LEAD, "dispatch", {"lead": WATER}, (), [("not_yours", "")]),
    (task(), SUPERVISOR._replace(who=frozenset()), "dispatch", {"lead": WATER}, (), [("not_yours", "")]),
    (task(), LEAD, "sign", {}, (), [("not_from_here", "")]),
    (at("task", "closed"), SUPERVISOR, "dispatch", {"lead": WATER}, (), [("ended", "")]),
    (at("task", "dropped"), LEAD, "report", {"progress": "好"}, (), [("ended", "")]),
    (at("task", "in_hand"), VERIFIER, "verify", CHECKED, (), [("not_from_here", "")]),
    (at("task", "closure_asked"), SUPERVISOR, "verify", CHECKED, (), [("not_yours", "")]),
    (at("task", "in_hand"), LEAD, "report", {}, (), [("missing_field", "progress")]),
    (at("task", "in_hand"), LEAD, "report", {"progress": " \n"}, (), [("missing_field", "progress")]),
    (at("task", "in_hand"), LEAD, "ask_closure", {"result": "完"}, (), [("missing_evidence", "evidence")]),
    (at("task", "in_hand"), LEAD, "ask_closure", {"result": "完"}, [("rumour", PAPER)], [("wrong_evidence", "evidence")]),
    (at("task", "in_hand"), LEAD, "ask_closure", {"result": "完"}, [("photo", "A" * 64)], [("bad_field", "evidence")]),
    (at("task", "in_hand"), LEAD, "ask_closure", {"result": "完"}, [*FILE, *FILE], [("twice", "evidence")]),
    (at("task", "in_hand"), LEAD, "ask_closure", {"result": "完"}, [("photo", f"{n:064x}") for n in range(51)], [("too_many", "evidence")]),
    (task(), SUPERVISOR, "fill_in", {"measure": "一"}, FILE, [("wrong_evidence", "evidence")]),
    # All at once: what is missing, what is wrong, what is not asked.
    (at("task", "dispatched"), LEAD, "return", {"return_reason": "weather", "colour": 1}, (),
     [("unknown_field", "colour"), ("unknown_choice", "return_reason"), ("missing_field", "reason")]),
]  # fmt: skip


@pytest.mark.parametrize(("item", "who", "verb", "fields", "evidence", "said"), FORBIDDEN)
def test_what_is_refused(
    item: Item, who: Hand, verb: str, fields: dict[str, Any], evidence: Any, said: list[tuple[str, str]]
) -> None:
    assert item.codes(who, verb, evidence, **fields) == said


def test_a_refused_move_changes_nothing() -> None:
    item = at("task", "in_hand")
    before = item.state
    item.codes(LEAD, "ask_closure", result="完")
    assert item.state == before


def test_texts_are_apart_from_the_payload() -> None:
    made = at("task", "dispatched").try_(LEAD, "return", return_reason="wrong_duty", reason="属住建局\r\n职责")
    assert isinstance(made, Step)
    assert made.payload == {"fields": {"return_reason": "wrong_duty"}, "evidence": []}
    assert made.texts == {"reason": "属住建局\n职责"}


# What each effect changes: (item, who, verb, fields, what of the state is then so)
EFFECTS_MADE: list[tuple[str, Item, Hand, str, dict[str, Any], Any, dict[str, Any]]] = [
    ("assign", task(due="2026-05-01"), SUPERVISOR, "dispatch", {"lead": WATER, "supports": [FINANCE, TOWN]}, (),
     {"lead": WATER, "supports": (FINANCE, TOWN), "due": date(2026, 5, 1)}),
    ("assign", at("task", "in_hand"), SUPERVISOR, "reassign", {"lead": FINANCE, "reason": "职责调整"}, (),
     {"lead": FINANCE, "supports": (), "due": date(2026, 6, 30), "state": "dispatched"}),
    ("assign", at("task", "in_hand"), SUPERVISOR, "reassign", {"lead": TOWN, "due": "2026-07-31", "reason": "调整"}, (),
     {"lead": TOWN, "supports": (FINANCE,), "due": date(2026, 7, 31)}),
    ("set_supports", at("task", "in_hand"), SUPERVISOR, "set_supports", {"supports": [TOWN]}, (),
     {"supports": (TOWN,), "state": "in_hand"}),
    ("postpone", at("task", "extension_asked"), SUPERVISOR, "grant_extension", {"due": "2026-09-30"}, (),
     {"due": date(2026, 9, 30), "state": "in_hand"}),
    ("postpone", at("task", "paused"), SUPERVISOR, "resume", {}, (), {"due": date(2026, 6, 30), "state": "in_hand"}),
    ("appoint", at("task", "in_hand"), SUPERVISOR, "appoint", {"verifier": "post:4"}, (), {"verifier": "post:4"}),
    ("note_asker", at("task", "refused"), LEAD, "ask_closure", {"result": "补齐"}, FILE,
     {"asked_by": "post:2", "asked_unit": WATER, "verified_by": None}),
    ("note_verifier", at("task", "closure_asked"), VERIFIER, "refuse", {"refusal": "untrue", **CHECKED}, (),
     {"verified_by": "post:4", "state": "in_hand"}),
    ("split", at("task", "in_hand"), LEAD, "split", {"parts": [{"words": "东区", "lead": TOWN}]}, (),
     {"state": "in_hand", "lead": WATER}),
]  # fmt: skip


@pytest.mark.parametrize(("effect", "item", "who", "verb", "fields", "evidence", "then"), EFFECTS_MADE)
def test_what_an_effect_changes(
    effect: str, item: Item, who: Hand, verb: str, fields: dict[str, Any], evidence: Any, then: dict[str, Any]
) -> None:
    move = item.playbook.move(verb)
    assert move is not None and effect in move.effects
    state = item.act(who, verb, evidence, **fields)
    assert {key: getattr(state, key) for key in then} == then


def test_every_effect_is_tried() -> None:
    """What slips is tried in test_projects."""
    assert {effect for effect, *_ in EFFECTS_MADE} | {"slip"} == set(EFFECTS) == set(vocabulary.EFFECTS)


def test_facts_are_the_latest_and_moves_are_counted() -> None:
    item = at("task", "in_hand", urgency="ordinary")
    item.act(SUPERVISOR, "fill_in", urgency="urgent", measure="46公里")
    item.act(SUPERVISOR, "remind")
    state = item.act(SUPERVISOR, "remind", note="请抓紧")
    assert state.facts == {"basis": TASK["basis"], "urgency": "urgent", "measure": "46公里"}
    assert state.counts == {"dispatch": 1, "sign": 1, "fill_in": 1, "remind": 2}
    assert state.sequence == 6


def test_an_end_has_its_day_until_it_is_reopened() -> None:
    # 17:00 UTC is the next day in China.
    item = at("task", "verified")
    item.act(SUPERVISOR, "close")
    late = item.entries[-1]._replace(occurred_at=datetime.fromisoformat("2026-03-31T17:00:00+00:00"))
    item.entries[-1] = late
    assert item.state.ended_on == date(2026, 4, 1)
    reopened = item.act(SUPERVISOR, "reopen", reopen_reason="not_fixed", reason="又漏水")
    assert (reopened.ended_on, reopened.state, reopened.counts["reopen"]) == (None, "in_hand", 1)


def entries(item: Item, **changes: Any) -> list[Entry]:
    """The entries of an item, the last one changed."""
    return [*item.entries[:-1], item.entries[-1]._replace(**changes)]


UNREPLAYABLE = [
    ([], "no entries"),
    (at("task", "in_hand").entries[1:], "entry 2 dispatch: the first entry of an item is 1 open"),
    (entries(task(), verb="dispatch"), "the first entry of an item is 1 open"),
    (entries(task(), sequence=2), "entry 2 open: the first entry of an item is 1 open"),
    (entries(at("task", "in_hand"), sequence=5), "entry 5 sign: 3 follows"),
    (entries(at("task", "in_hand"), verb="close"), "entry 3 close: no such move from dispatched"),
    (entries(at("task", "in_hand"), verb="open"), "entry 3 open: no such move from dispatched"),
    (entries(at("task", "in_hand"), playbook="problem"), "entry 3 sign: the item runs by task 2"),
]


@pytest.mark.parametrize(("given", "said"), UNREPLAYABLE)
def test_entries_that_no_machine_made(given: list[Entry], said: str) -> None:
    with pytest.raises(Unreplayable, match=said):
        replay(given, PLAYBOOKS)


# Payloads that nobody wrote by a move: what replay says of a log that was tampered with.
PAYLOADS: list[Any] = [
    {},
    None,
    {"fields": None},
    {"fields": {}},
    {"fields": {"lead": WATER, "due": 5}},
    {"fields": {"lead": WATER, "due": "soon"}},
    {"fields": {"lead": WATER, "supports": 7}},
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_that_cannot_be_read_is_said(payload: Any) -> None:
    given = entries(at("task", "dispatched"), payload=payload)
    with pytest.raises(Unreplayable, match="entry 2 dispatch: its payload cannot be read: "):
        replay(given, PLAYBOOKS)


@pytest.mark.parametrize("gone", sorted(task().entries[0].payload.keys() - {"series"}))
def test_an_opening_without_what_every_item_has_is_said(gone: str) -> None:
    whole = task().entries[0]
    payload = {key: value for key, value in whole.payload.items() if key != gone}
    with pytest.raises(Unreplayable, match="entry 1 open: its payload cannot be read: KeyError"):
        replay([whole._replace(payload=payload)], PLAYBOOKS)


def test_a_version_that_is_not_there_is_said() -> None:
    with pytest.raises(UnknownPlaybook, match="no playbook task 9"):
        replay(entries(task(), version=9), PLAYBOOKS)


def test_erasing_changes_nothing_but_the_number() -> None:
    item = at("task", "in_hand")
    erased = apply(item.playbook, item.state, item.entries[-1]._replace(sequence=4, verb="erase", payload={}))
    assert erased.sequence == 4
    assert erased.counts == item.state.counts and erased.state == "in_hand"


def test_a_moment_without_a_time_zone_is_none() -> None:
    with pytest.raises(ValueError, match="says no time zone"):
        opening(PLAYBOOKS.latest("task"), TASK, SUPERVISOR, World(), NOW.replace(tzinfo=None))
    item = task()
    with pytest.raises(ValueError, match="says no time zone"):
        step(item.playbook, item.state, Act("sign", {}), LEAD, World(), NOW.replace(tzinfo=None))
    assert begin(item.playbook, item.entries[0]).opened_on == date(2026, 3, 2)


def test_a_recurrence_reopens_a_problem() -> None:
    item = at("problem", "closed")
    back = item.act(SYSTEM, "recur", recurred_on="2026-03-05", due="2026-05-31")
    assert (back.state, back.kind, back.ended_on, back.counts["recur"]) == ("rectifying", "open", None, 1)


def test_a_citizen_objects_and_is_answered() -> None:
    item = at("problem", "objected")
    assert (item.state.kind, item.state.ended_on) == ("waiting", None)
    assert item.codes(LEAD, "answer", answer="已改", method="on_site") == [("not_yours", "")]
    assert item.act(hand(11, "office", "supervisor"), "answer", answer="已改", method="on_site").state == "closed"
