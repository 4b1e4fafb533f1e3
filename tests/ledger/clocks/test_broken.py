"""Clocks that could not keep their promises are refused, and the message says where and what."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from luoshi.ledger.playbook.checking import faults
from luoshi.ledger.playbook.loading import HERE
from luoshi.ledger.playbook.schema import Form, read_form

SOUND = yaml.safe_load((HERE / "task.2.yaml").read_text("utf-8"))


def said(clock: str, **changes: Any) -> tuple[str, ...]:
    """What is said of the tasks with a clock that is otherwise; None: a field left out."""
    content = copy.deepcopy(SOUND)
    content["clocks"][clock] |= changes
    content["clocks"][clock] = {key: value for key, value in content["clocks"][clock].items() if value is not None}
    form = read_form(content)
    return faults(form) if isinstance(form, Form) else form


def step(**changes: Any) -> dict[str, Any]:
    """A ladder of one step that is otherwise."""
    sound = {"after": {"working_days": 0}, "verb": "remind", "tell": ["lead"]}
    return {"over": {key: value for key, value in {**sound, **changes}.items() if value is not None}}


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("sign", {"limit": None}, "clocks.sign.limit: is missing"),
    ("sign", {"limit": {"weeks": 1}}, "clocks.sign.limit.weeks: no such field here"),
    ("sign", {"limit": {"days": 1, "hours": 2}}, "write one of working_days, days, hours, months"),
    ("sign", {"limit": {"days": -1}}, "clocks.sign.limit.days"),
    ("sign", {"limit": {"days": 99999}}, "clocks.sign.limit.days"),
    ("sign", {"starts": ["burn"]}, "clocks.sign.starts[0]: no move 'burn'"),
    ("sign", {"starts": ["open", "open"]}, "clocks.sign.starts: 'open' is written twice"),
    ("sign", {"runs": ["gone"]}, "clocks.sign.runs[0]: no state 'gone'"),
    ("sign", {"waits": ["closed"]}, "clocks.sign.waits[0]: in 'closed' all has ended"),
    ("sign", {"waits": ["dispatched"]}, "clocks.sign.waits: in 'dispatched' it runs"),
    ("sign", {"limit": {"by": "mood", "choices": {"good": {"days": 1}}}}, "clocks.sign.limit.by: no choice 'mood'"),
    ("sign", {"limit": {"by": "urgency", "choices": {"idle": {"days": 1}}}}, "clocks.sign.limit.choices.idle: no such"),
    ("due", {"limit": {"field": "urgency"}}, "clocks.due.limit.field: no date 'urgency'"),
    ("due", {"statutory": "basis"}, "clocks.due.statutory: no date 'basis'"),
    ("due", {"repeats": True}, "clocks.due.repeats: periods have a length"),
    ("feedback", {"limit": {"days": 0}}, "clocks.feedback.repeats: periods have a length"),
    ("sign", {"extension": {"times": 1}}, "clocks.due.extension: sign can be extended already"),
    ("due", {"extension": None}, "extension_left needs a clock that can be extended"),
    ("sign", {"steps": step(before={"days": 1})}, "write one of before, after"),
    ("sign", {"steps": step(verb="burn")}, "clocks.sign.steps.over.verb: no move 'burn'"),
    ("sign", {"steps": step(verb="sign")}, "clocks.sign.steps.over.verb: sign is not for the system"),
    ("close", {"steps": step(verb="escalate")}, "clocks.close.steps.over.verb: escalate does not lead from 'verified'"),
    ("sign", {"steps": step(verb="escalate")}, "clocks.sign.steps.over.with: escalate needs escalation"),
    ("sign", {"steps": step(**{"with": {"escalation": "talk"}})}, "with.escalation: remind does not ask for it"),
    (
        "sign",
        {"steps": step(verb="escalate", **{"with": {"escalation": "shout"}})},
        "clocks.sign.steps.over.with.escalation: no choice 'shout'",
    ),
    ("sign", {"steps": step(tell=["everybody"])}, "clocks.sign.steps.over.tell[0]"),
    ("sign", {"steps": step(tell=[])}, "clocks.sign.steps.over.tell"),
]


def test_it_works() -> None:
    form = read_form(SOUND)
    assert isinstance(form, Form) and faults(form) == ()


@pytest.mark.parametrize(("clock", "changes", "words"), BROKEN, ids=[words[:40] for *_, words in BROKEN])
def test_what_is_wrong_is_said_with_its_path(clock: str, changes: dict[str, Any], words: str) -> None:
    found = said(clock, **changes)
    assert any(words in line for line in found), found
