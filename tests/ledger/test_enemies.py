"""What somebody who means ill sends to the door or brings in a file, and what comes of it: a refusal, nothing written."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from luoshi.ledger.actions import Refused, act, attachment
from luoshi.ledger.actions.writing import Draft, When, entry, event_of, put
from luoshi.ledger.carrying.exporting import export
from luoshi.ledger.carrying.importing import import_ledger
from luoshi.ledger.carrying.lines import BadFile
from luoshi.ledger.carrying.lines import sealed as sealed_lines
from luoshi.ledger.machine import Actor, Quotation
from luoshi.ledger.models import Evidence
from luoshi.ledger.proving.sealing import seal
from luoshi.ledger.proving.verify import verify

from .attacks import day_after
from .office import NOW, Desk, Office, at, counts, open_task, opened, proof

pytestmark = pytest.mark.django_db

NOWHERE = "00000000-0000-7000-8000-000000000000"
QUOTATION = Quotation("a" * 64, "修好病险水库", 10, 16)

OPENINGS: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("a parent among the fields", {"fields": {"basis": "纪要", "parent": NOWHERE}}, ("unknown_field",)),
    ("a place among the fields", {"fields": {"basis": "纪要", "place": "B1"}}, ("unknown_field",)),
    ("half a character in a place", {"place": "A\ud800"}, ("unknown_place",)),
    ("half a character in a unit", {"lead": "A\ud800"}, ("unknown_unit", "bad_field")),
    ("a quotation that never ends", {"quotation": QUOTATION._replace(end=2**53)}, ("bad_field",)),
    ("words that nobody sees", {"words": "\u200b\u3164\u2060"}, ("missing_field",)),
    ("words that run backwards", {"words": "修好\u202e水库"}, ("bad_field",)),
    ("a request too long", {"request": "f" * 65}, ("bad_request",)),
    ("a request with a character that is none", {"request": "f\0"}, ("bad_request",)),
    ("half a character in a request", {"request": "f\ud800"}, ("bad_request",)),
]


def test_it_works(desk: Desk) -> None:
    assert desk.may("city")


@pytest.mark.parametrize(("_case", "asked", "codes"), OPENINGS)
def test_openings(there: Office, _case: str, asked: dict[str, Any], codes: tuple[str, ...]) -> None:
    before = counts()
    with pytest.raises(Refused) as refused:
        open_task(there["city"], **asked)
    assert refused.value.codes == codes
    assert str(refused.value).encode("utf-8")
    assert counts() == before


def test_an_empty_request_is_none(there: Office) -> None:
    assert open_task(there["city"], request="").item != open_task(there["city"], request="").item


def test_a_post_has_one_spelling(desk: Desk) -> None:
    post = desk.office.posts["checker"].pk
    assert desk.refused("city", "appoint", verifier=f"post:0{post}") == ("unknown_post",)
    desk.act("city", "appoint", verifier=f"post:{post}")
    assert not [fault for fault in verify(at(99)).faults if fault.code == "row"]


def test_words_that_nobody_sees_are_none(desk: Desk) -> None:
    assert desk.refused("water", "report", progress="\u200b\u2060\ufeff") == ("missing_field",)


def test_a_request_means_the_same_parts(desk: Desk) -> None:
    def split(lead: str) -> Any:
        parts = [{"words": "东段", "lead": lead}]
        fields, now = {"parts": parts}, at(9)
        return act(desk.office["water"], desk.item, "split", fields=fields, expected=3, now=now, request="f")

    done = split("A1a:water")
    assert split("A1a:water").children == done.children
    with pytest.raises(Refused) as refused:
        split("A1b:water")
    assert refused.value.codes == ("request_reused",)


def test_a_part_is_opened_where_it_could_be_split(there: Office) -> None:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    asked: dict[str, Any] = {"parent": desk.item, "lead": "A1a:water", "now": at(3)}
    with pytest.raises(Refused) as refused:
        open_task(there["water"], **asked)
    assert refused.value.codes == ("not_from_here",)


def test_a_part_goes_to_units_below(desk: Desk) -> None:
    parts = [{"words": "请省里办", "lead": "A:gov"}]
    assert desk.refused("water", "split", parts=parts) == ("unit_beyond",)


FILES: list[tuple[str, dict[str, Any]]] = [
    ("a file outside the folder", {"sha256": "../../../../etc/passwd"}),
    ("a file of a kind that is not taken", {"media_type": "text/html"}),
    ("a file larger than any number", {"size": 10**30}),
    ("a file that brings lines into a header", {"name": "a\r\nSet-Cookie: b"}),
]


@pytest.mark.parametrize(("_case", "said"), FILES)
def test_files_of_an_enemy(desk: Desk, _case: str, said: dict[str, Any]) -> None:
    desk.act("water", "ask_closure", proof(), result="修好了")
    lines = [json.loads(line) for line in export()][:-1]
    bad = [{**line, **said} if line["kind"] == "file" else line for line in lines]
    with pytest.raises(BadFile):
        import_ledger(lambda: sealed_lines(json.dumps(line) + "\n" for line in bad), at(99))


def test_a_file_that_no_event_brought(desk: Desk) -> None:
    file = proof()._asdict()
    made = {**file, "subject": "post:1", "brought_at": at(1)}
    Evidence.unguarded.create(item_id=desk.item, **made)
    Evidence.unguarded.create(item_id=desk.item, **{**made, "sha256": "../../../../etc/passwd"})
    assert [f.code for f in verify(at(99), bytes_too=True).faults] == ["file_from_nowhere"] * 2
    with pytest.raises(ValueError, match="is no SHA-256"):
        attachment(Evidence.unguarded.get(sha256__startswith=".."))


@pytest.mark.parametrize("words", [7, "修\0好"])
def test_what_is_expected_is_said_in_chinese(there: Office, words: Any) -> None:
    with pytest.raises(Refused) as refused:
        open_task(there["city"], words=words)
    assert not re.search("[a-z]", str(refused.value)), str(refused.value)


def test_a_clock_that_is_put_back_behind_a_sealed_day(desk: Desk) -> None:
    late = opened(desk.office)
    assert seal(NOW.date(), day_after(NOW.date()))
    desk.act("water", "report", progress="钟拨回之后")
    late.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    opened(desk.office)
    assert seal(at(24).date(), day_after(at(24).date()))
    assert verify(at(99)).faults == ()


FORGED: list[tuple[str, Actor, dict[str, Any], tuple[str, ...]]] = [
    ("by a petitioner", Actor("petitioner", "7"), {"result": "r"}, ("is not for a petitioner", "less than 1 files")),
    ("by another unit", Actor("post", "7", "A2:water"), {"result": "r"}, ("has no part in it", "less than 1 files")),
    ("without a word", Actor("post", "7", "A1:water"), {}, ("it lacks result", "less than 1 files")),
    ("with other words", Actor("post", "7", "A1:water"), {"result": "r", "x": 1}, ("it says x", "less than 1 files")),
]


@pytest.mark.parametrize(("_case", "actor", "fields", "said"), FORGED)
def test_an_event_that_only_its_hash_makes_right(
    desk: Desk, _case: str, actor: Actor, fields: dict[str, Any], said: tuple[str, ...]
) -> None:
    """Added with the database's ordinary account: no trigger is in its way, and the chain is whole."""
    row, when = desk.row, When(at(9), at(9))
    made = entry(Draft({"fields": fields, "evidence": []}, {}), (4, "task", row.version), "ask_closure", actor, when)
    put(event_of(row.pk, made, row.head, when), {})
    found = [str(fault) for fault in verify(at(99)).faults if fault.code == "unlawful"]
    assert len(found) == len(said)
    assert all(words in line for words, line in zip(said, found, strict=True))
