"""What people are told when a move is refused: one line, in their language, with names and not keys."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation
from hypothesis import assume, example, given
from hypothesis import strategies as st

from luoshi.ledger.machine import Fault, Hand, Step, World, opening
from luoshi.ledger.machine.faults import CODES, fault
from luoshi.ledger.playbook import Playbook
from luoshi.ledger.playbook.outline import WHO as PEOPLE
from luoshi.ledger.refusals import FIELDS, WHO, refusal

from .made import LEAD, NOW, PLAYBOOKS, SUPERVISOR, TASK, VERIFIER, WATER, Item, at, task

FILLED_IN = {field.key for move in PLAYBOOKS.latest("task").moves if move.verb == "fill_in" for field in move.fields}
# Names that the helper below has for itself.
RESERVED = {"item", "who", "verb", "language", "evidence", "self"}
HAN = re.compile("[\u4e00-\u9fff]")


def said(item: Item, who: Hand, verb: str, language: str, evidence: Any = (), **fields: Any) -> list[str]:
    """What is said of a move that is refused."""
    step = item.try_(who, verb, evidence, **fields)
    assert not isinstance(step, Step)
    with translation.override(language):
        return [refusal(each, item.playbook) for each in step]


def test_it_works() -> None:
    closed = at("task", "closed")
    assert said(closed, SUPERVISOR, "dispatch", "zh-hans", lead=WATER) == [
        "事项“已销号”，不能再“交办”：确有需要的，请先重办或恢复。"
    ]
    assert said(closed, SUPERVISOR, "dispatch", "en", lead=WATER) == [
        "The item is “Closed” and can no longer go through “Dispatch”: reopen or restore it first if that is needed."
    ]


LINES: list[tuple[Item, Hand, str, Any, dict[str, Any], str, str]] = [
    (task(), LEAD, "dispatch", (), {}, "“交办”须由督查员办理：请转请其办理。", "“Dispatch” is for: Supervisor. Ask them to do it."),
    (at("task", "in_hand"), SUPERVISOR, "report", (), {}, "“反馈”须由牵头单位、配合单位办理：请转请其办理。",
     "“Report back” is for: Lead unit, Supporting units. Ask them to do it."),
    (at("task", "in_hand"), LEAD, "split", (), {"parts": [{"words": "东区", "lead": WATER}, {"words": "西区"}]},
     "分解事项 2 · 牵头单位：必须填写。", "Parts 2 · Lead unit: must be filled in."),
    (at("task", "in_hand"), LEAD, "ask_closure", [("photo2", "a" * 64)], {"result": "完"},
     "“photo2”类的佐证材料在此不收：可收 文件资料、数据表、工作记录、现场照片、服务对象评价。",
     "Evidence of the kind “photo2” is not taken here: taken are Document, Table of data, Record of work, Photograph, "
     "Word of those it was for."),
    (at("task", "closure_asked"), VERIFIER._replace(same=frozenset({"post:2"})), "verify", (),
     {"method": "on_site", "finding": "属实"}, "“申请办结”是您本人办理的，这一步须由他人办理。",
     "“Ask for closure” was done by you: somebody else must do this."),
    (at("task", "closure_asked"), VERIFIER, "verify", (), {"method": "guess", "finding": "属实"},
     "核查方式：没有“guess”这一选项：请从 实地查看、暗访、调阅资料、走访服务对象 中选择。",
     "How verified: there is no choice “guess”: choose one of On site, Unannounced visit, Papers, Asking those it was for."),
]  # fmt: skip


@pytest.mark.parametrize(("item", "who", "verb", "evidence", "fields", "chinese", "english"), LINES)
def test_names_stand_where_keys_were(
    item: Item, who: Hand, verb: str, evidence: Any, fields: dict[str, Any], chinese: str, english: str
) -> None:
    assert said(item, who, verb, "zh-hans", evidence, **fields) == [chinese]
    assert said(item, who, verb, "en", evidence, **fields) == [english]


def test_the_fields_of_every_item_have_names() -> None:
    refused = opening(PLAYBOOKS.latest("task"), {**TASK, "place": None, "due": "soon"}, SUPERVISOR, World(), NOW)
    assert not isinstance(refused, Step)
    with translation.override("zh-hans"):
        lines = [refusal(each, PLAYBOOKS.latest("task")) for each in refused]
    assert lines == ["地区：必须填写。", "完成期限：“soon”无法识别：请填写如 2026-06-30。"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("key", ["task", "problem", "project"])
def test_every_fault_is_one_line_in_both_languages(code: str, key: str) -> None:
    playbook: Playbook = PLAYBOOKS.latest(key)
    made = Fault(code, "due", dict.fromkeys(CODES[code], "1"))
    with translation.override("zh-hans"):
        assert HAN.search(line := refusal(made, playbook)) and "\n" not in line and "%" not in line
    with translation.override("en"):
        assert not HAN.search(line := refusal(made, playbook)), line
        assert line and "%" not in line


@example("parts[x]")
@example("a.b[9999999999].c")
@example("%(field)s")
@given(st.text(max_size=30))
def test_a_field_of_any_name_is_said(name: str) -> None:
    """What somebody sends as the name of a field is in what is said of it, whatever it is."""
    assume(name not in RESERVED and name not in FILLED_IN)
    lines = said(task(), SUPERVISOR, "fill_in", "zh-hans", **{name: "1"})
    assert lines[0].endswith("：没有这一栏：请去掉。")


def test_a_fault_has_its_words_and_no_others() -> None:
    assert fault("too_long", "f", most=5) == Fault("too_long", "f", {"most": "5"})
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("too_long", {}),
        ("too_long", {"most": 5, "least": 1}),
        ("too_loud", {}),
    ]
    for code, about in wrong:
        with pytest.raises(ValueError, match="no fault"):
            fault(code, **about)


def test_everybody_has_a_name_and_every_field_of_an_item_too() -> None:
    assert set(WHO) == set(PEOPLE)
    assert {"list", "place", "line", "words", "quotation", "parent", "lead", "supports", "due", "evidence"} <= set(
        FIELDS
    )
