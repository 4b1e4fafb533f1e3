"""Everything that may be wrong with what comes to the door: named, said in Chinese and English, nothing written."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.utils import translation

from luoshi.ledger.actions import LedgerUnavailable, Refused, act, books, filing, moves_for
from luoshi.ledger.actions.words import SAID, said
from luoshi.ledger.machine import Fault, Quotation
from luoshi.ledger.models import Item
from luoshi.ledger.playbook import BrokenPlaybooks, load_playbooks
from luoshi.places.models import PlaceState

from .office import NOW, Desk, Office, at, counts, open_task, proof

pytestmark = pytest.mark.django_db
HAN = re.compile("[\u4e00-\u9fff、]")
QUOTATION = Quotation("a" * 64, "修好病险水库", 10, 16)


def expect_said(refused: Refused) -> None:
    """A line for each fault, in both languages, without a code or a hole in it."""
    for language, full_stop in (("zh-hans", "。"), ("en", ".")):
        with translation.override(language):
            lines = str(refused).split("\n")
            assert len(lines) == len(refused.faults)
            for line, code in zip(lines, refused.codes, strict=True):
                assert line.endswith(full_stop) and "%" not in line, line
                assert "_" not in code or code not in line, line
                assert language != "en" or not HAN.search(line), line


OPENINGS: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("no words", {"words": " "}, ("missing_field",)),
    ("words of another kind", {"words": 7}, ("bad_field",)),
    ("words too long", {"words": "修" * 2001}, ("too_long",)),
    ("a character that is none", {"words": "修\0好"}, ("bad_field",)),
    ("half a character", {"words": "修\ud800好"}, ("bad_field",)),
    ("no ground", {"fields": {}}, ("missing_field",)),
    ("an unknown place", {"place": "Z9"}, ("unknown_place",)),
    ("no place", {"place": ""}, ("missing_field",)),
    ("a place of another kind", {"place": ["A1"]}, ("unknown_place",)),
    ("a place with a character that is none", {"place": "A\0"}, ("unknown_place",)),
    ("an unknown line", {"line": "moon"}, ("unknown_line",)),
    ("an unknown list", {"list": "moon"}, ("unknown_list",)),
    ("a list of another playbook", {"list": "audits"}, ("unknown_list",)),
    ("an unknown unit", {"lead": "Z:Z"}, ("unknown_unit",)),
    ("an unknown unit among several", {"supports": ["A1:civil", "Z:Z"]}, ("unknown_unit",)),
    ("a unit twice", {"supports": ["A1:civil", "A1:civil"]}, ("twice",)),
    ("the lead supports", {"lead": "A1:water", "supports": ["A1:water"]}, ("lead_supports",)),
    ("a day that is none", {"due": "2026-02-30"}, ("bad_field",)),
    ("a day of another kind", {"due": 20260230}, ("bad_field",)),
    ("an unknown field", {"fields": {"basis": "纪要", "colour": "red"}}, ("unknown_field",)),
    ("an unknown choice", {"fields": {"basis": "纪要", "urgency": "slow"}}, ("unknown_choice",)),
    ("a quotation of nothing", {"quotation": QUOTATION._replace(exact="")}, ("bad_field",)),
    ("a quotation that ends before it begins", {"quotation": QUOTATION._replace(end=3)}, ("bad_field",)),
    ("a quotation of no source", {"quotation": QUOTATION._replace(source="x")}, ("bad_field",)),
    ("an unknown playbook", {"playbook": "moon"}, ("unknown_playbook",)),
    ("a playbook of another kind", {"playbook": ["task"]}, ("unknown_playbook",)),
    ("a place that is no more", {"place": "A1b"}, ("place_ended",)),
    ("an unknown parent", {"parent": UUID(int=7)}, ("not_found",)),
    ("several at once", {"words": "", "due": "x", "lead": "Z:Z"}, ("unknown_unit", "missing_field", "bad_field")),
]


@pytest.mark.parametrize(("more", "codes"), [case[1:] for case in OPENINGS], ids=[case[0] for case in OPENINGS])
def test_an_opening_that_is_wrong(there: Office, more: dict[str, Any], codes: tuple[str, ...]) -> None:
    PlaceState.objects.filter(place__key="A1b").update(until=NOW.date())
    before = counts()
    with pytest.raises(Refused) as refused:
        open_task(there["city"], **more)
    assert refused.value.codes == codes
    expect_said(refused.value)
    assert counts() == before


PROGRESS = {"progress": "过半"}
CLOSURE = {"result": "已修好"}
# Who, verb, fields, kinds of evidence, what else, codes; on a task that the city's water bureau has in hand.
MOVES: list[tuple[str, str, str, dict[str, Any], tuple[str, ...], dict[str, Any], tuple[str, ...]]] = [
    ("an unknown verb", "city", "moon", {}, (), {}, ("unknown_verb",)),
    ("a verb that is no move", "city", "erase", {}, (), {}, ("unknown_verb",)),
    ("the verb of opening", "city", "open", {}, (), {}, ("unknown_verb",)),
    ("not from here", "city", "close", {}, (), {}, ("not_from_here",)),
    ("not theirs", "water", "remind", {}, (), {}, ("not_yours",)),
    ("out of sight", "elsewhere", "remind", {}, (), {}, ("not_found",)),
    ("nobody", "admin", "remind", {}, (), {}, ("not_found",)),
    ("a field missing", "water", "report", {}, (), {}, ("missing_field",)),
    ("a field of blanks", "water", "report", {"progress": " \n"}, (), {}, ("missing_field",)),
    ("a field of another kind", "water", "report", {"progress": {"a": 1}}, (), {}, ("bad_field",)),
    ("a field with a character that is none", "water", "report", {"progress": "\0"}, (), {}, ("bad_field",)),
    ("a field too long", "water", "report", {"progress": "长" * 20_001}, (), {}, ("too_long",)),
    ("an unknown field", "water", "report", {**PROGRESS, "colour": "red"}, (), {}, ("unknown_field",)),
    ("no evidence", "water", "ask_closure", CLOSURE, (), {}, ("missing_evidence",)),
    ("evidence of a kind not taken", "water", "ask_closure", CLOSURE, ("moon",), {}, ("wrong_evidence",)),
    ("evidence where none is taken", "city", "remind", {}, ("document",), {}, ("wrong_evidence",)),
    ("the same file twice", "water", "ask_closure", CLOSURE, ("document", "photo"), {}, ("twice",)),
    ("an old form", "water", "report", PROGRESS, (), {"expected": 2}, ("stale",)),
    ("a form of the future", "water", "report", PROGRESS, (), {"expected": 99}, ("stale",)),
    ("a time to come", "water", "report", PROGRESS, (), {"occurred_at": at(99)}, ("not_yet",)),
    ("a time before the last", "water", "report", PROGRESS, (), {"occurred_at": NOW}, ("before_the_last",)),
    ("a day that is none", "city", "set_due", {"due": "2026-13-01", "reason": "x"}, (), {}, ("bad_field",)),
    ("a day that has passed", "city", "set_due", {"due": "2020-01-01", "reason": "x"}, (), {}, ("in_the_past",)),
    ("an unknown unit", "city", "reassign", {"lead": "Z:Z", "reason": "x"}, (), {}, ("unknown_unit", "not_confirmed")),
    ("a unit of another kind", "city", "reassign", {"lead": 7, "reason": "x"}, (), {}, ("bad_field",)),
    ("an unconfirmed unit", "city", "reassign", {"lead": "A1a1:civil", "reason": "x"}, (), {}, ("not_confirmed",)),
    ("an unknown post", "city", "appoint", {"verifier": "post:999999"}, (), {}, ("unknown_post",)),
    ("a post with a number too long", "city", "appoint", {"verifier": "post:" + "9" * 30}, (), {}, ("unknown_post",)),
    ("no verifier's post", "city", "appoint", {"verifier": "post:1"}, (), {}, ("unknown_post",)),
    ("a milestone to come", "water", "report",
     {**PROGRESS, "milestones": [{"words": "完工", "done_on": "2030-01-01"}]}, (), {}, ("in_the_future",)),
    ("no parts", "water", "split", {"parts": []}, (), {}, ("missing_field",)),
    ("parts of another kind", "water", "split", {"parts": ["x"]}, (), {}, ("bad_field",)),
    ("a part without a lead", "water", "split", {"parts": [{"words": "x"}]}, (), {}, ("missing_field",)),
    ("a part at no place", "water", "split",
     {"parts": [{"words": "x", "lead": "A1:civil", "place": "Z"}]}, (), {}, ("unknown_place",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "verb", "fields", "kinds", "more", "codes"), [case[1:] for case in MOVES], ids=[case[0] for case in MOVES]
)
def test_a_move_that_is_wrong(
    desk: Desk,
    name: str,
    verb: str,
    fields: dict[str, Any],
    kinds: tuple[str, ...],
    more: dict[str, Any],
    codes: tuple[str, ...],
) -> None:
    before, row = counts(), Item.unguarded.values().get(pk=desk.item)
    asked: dict[str, Any] = {"expected": desk.sequence, "now": at(5), "request": "r", **more}
    with pytest.raises(Refused) as refused:
        act(desk.office[name], desk.item, verb, fields=fields, evidence=[(kind, proof()) for kind in kinds], **asked)
    assert refused.value.codes == codes
    expect_said(refused.value)
    assert counts() == before
    assert Item.unguarded.values().get(pk=desk.item) == row


def test_a_file_that_is_not_there(desk: Desk) -> None:
    file = proof()
    filing.path_of(file.sha256).unlink()
    before = counts()
    with pytest.raises(Refused) as refused:
        desk.act("water", "ask_closure", file, **CLOSURE)
    assert refused.value.codes == ("no_file",) and counts() == before


def test_every_fault_of_the_door_is_said_in_both_languages() -> None:
    about = dict.fromkeys(
        [
            "playbook",
            "place",
            "line",
            "unit",
            "post",
            "number",
            "day",
            "basis",
            "choices",
            "limit",
            "most",
            "kind",
            "kinds",
            "extension",
        ],
        "x",
    )
    for code in SAID:
        expect_said(Refused((Fault(code, "", about),)))
    assert said(Fault("not_yours"), None) == "not_yours"


def test_a_time_without_its_zone_is_a_fault_of_the_program(desk: Desk) -> None:
    with pytest.raises(ValueError, match="zone"):
        act(desk.office["water"], desk.item, "report", fields=PROGRESS, expected=3, now=datetime.datetime(2026, 11, 22))


def test_a_broken_playbook_opens_nothing(there: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "task.1.yaml").write_text("key: task\nversion: 1\n", "utf-8")
    monkeypatch.setattr(books, "playbooks", lambda: load_playbooks(tmp_path))
    before = counts()
    with pytest.raises(BrokenPlaybooks, match=r"task\.1\.yaml: states"):
        open_task(there["city"])
    assert counts() == before


def test_an_item_of_a_version_that_is_gone_is_left_alone(desk: Desk) -> None:
    Item.unguarded.filter(pk=desk.item).update(version=9)
    assert desk.refused("water", "report", progress="过半") == ("unknown_playbook",)


BROKEN = [
    (OperationalError("database is locked"), "数据库正忙"),
    (OperationalError("database or disk is full"), "磁盘已满"),
    (OperationalError("attempt to write a readonly database"), "不可写"),
    (OperationalError("server closed the connection unexpectedly"), "连接不上"),
]


@pytest.mark.parametrize(("error", "words"), BROKEN, ids=[words for _, words in BROKEN])
@pytest.mark.parametrize("at_", ["Event", "Text", "Notice", "Item"])
def test_a_database_that_fails_in_the_middle_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str, at_: str
) -> None:
    """Whichever statement it is that fails, nothing of the act is there afterwards, and one line says why."""
    before, row = counts(), Item.unguarded.values().get(pk=desk.item)
    table = f"ledger_{at_.lower()}"

    def failing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and f'"{table}"' in sql.split("SET")[0].split("(")[0]:
            raise error
        return execute(sql, params, many, context)

    with connection.execute_wrapper(failing), pytest.raises(LedgerUnavailable, match=words) as told:
        act(desk.office["water"], desk.item, "report", fields=PROGRESS, expected=desk.sequence, now=at(5))
    assert "\n" not in str(told.value)
    with translation.override("en"):
        assert "nothing was recorded" in str(LedgerUnavailable("database", error))
    assert counts() == before and Item.unguarded.values().get(pk=desk.item) == row


def test_a_database_that_is_gone(desk: Desk) -> None:
    def gone(*_: Any) -> Any:
        raise OperationalError("unable to open database file")

    with connection.execute_wrapper(gone):
        for work in (
            lambda: open_task(desk.office["city"]),
            lambda: moves_for(desk.office["city"], desk.item, NOW),
            lambda: desk.act("city", "remind"),
        ):
            with pytest.raises(LedgerUnavailable):
                work()
