"""Clocks of the field as files (ledger/clocks/examples): each is a clock that a playbook may have, and runs as it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import luoshi.ledger.clocks
from luoshi.calendar import base
from luoshi.ledger.clocks import extending, next_step, sum_of
from luoshi.ledger.machine import Tape
from luoshi.ledger.playbook import Playbook, load_playbooks
from luoshi.ledger.playbook.clock_forms import ByChoiceForm, ClockForm
from luoshi.ledger.playbook.clocks import Clock

from .written import Standing, moment, pause_of

FOLDER = Path(luoshi.ledger.clocks.__file__).parent / "examples"
FILES = sorted(FOLDER.glob("*.yaml"))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def cases() -> Iterator[Any]:
    for path in FILES:
        for said in read(path)["cases"]:
            yield pytest.param(path, dict(said), id=f"{path.stem} {said['clock']} {said['why']}")


def playbook(clocks: tuple[Clock, ...]) -> Playbook:
    return load_playbooks().latest("task")._replace(clocks=clocks)


def test_it_works() -> None:
    assert {path.stem for path in FILES} == {"beijing_12345", "petitions", "shanxi_13710", "zhoushan_12345"}
    for path in FILES:
        said = read(path)
        assert {each["clock"] for each in said["cases"]} == set(said["clocks"]), f"{path.name}: a clock without a case"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_is_written_as_a_playbook_is(path: Path) -> None:
    said = read(path)
    for key, clock in said["clocks"].items():
        form = ClockForm.model_validate(clock)
        assert form.noun(key).key == key
        if isinstance(form.limit, ByChoiceForm):
            assert set(form.limit.choices) <= set(said["choices"][form.limit.by])
        assert form.statutory is None or form.statutory in said["dates"]


@pytest.mark.parametrize(("path", "said"), list(cases()))
def test_an_example_runs_as_it_says(path: Path, said: dict[str, Any]) -> None:
    clock = ClockForm.model_validate(read(path)["clocks"][said["clock"]]).noun(said["clock"])
    pauses = tuple(pause_of(each) for each in said.get("pauses", ()))
    tape = Tape(moment(said["since"]), pauses, said.get("until"))
    item = Standing(facts=said.get("facts", {}), clocks={clock.key: tape})
    found = sum_of(clock, tape, item, base())
    if "due" in said:
        assert found.due_at == moment(said["due"])
    if "step" in said:
        steps = tuple(step for step in clock.steps if step.key == said["step"])
        due = next_step([clock._replace(steps=steps)], item, base())
        assert due is not None and due.at == moment(said["at"])
    if "most" in said:
        how = extending(playbook((clock,)), item, base())
        assert how is not None
        assert (how.ask_until, how.most) == tuple(date.fromisoformat(said[name]) for name in ("ask_until", "most"))
