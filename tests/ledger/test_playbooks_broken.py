"""Playbooks that cannot be used are refused, and the message says where and what to do."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.playbook import BrokenPlaybooks, UnknownPlaybook, load_playbooks
from luoshi.ledger.playbook.loading import HERE, digest
from luoshi.ledger.playbook.releasing import release
from luoshi.ledger.playbook.schema import Form, read_form

GOOD = """
key: small
version: 1
name: {zh: 小, en: Small}
children: free
lists: {smalls: {zh: 小事清单, en: Small things}}
fields:
  lead: {kind: unit, name: {zh: 牵头单位, en: Lead}}
  due: {kind: date, name: {zh: 期限, en: Deadline}}
  how: {kind: choice, name: {zh: 方式, en: How}, choices: {well: {zh: 好, en: Well}}}
evidence: {paper: {zh: 文件, en: Paper}}
opening: {name: {zh: 立项, en: Open}, to: begun, who: [supervisor]}
states:
  begun: {kind: waiting, name: {zh: 已立, en: Begun}}
  sent: {kind: open, name: {zh: 已派, en: Sent}}
  done: {kind: done, name: {zh: 已办, en: Done}}
moves:
  send: {name: {zh: 派, en: Send}, from: [begun], to: sent, who: [supervisor], asks: {lead: required, due: optional},
         guards: [due_ahead], effects: [assign]}
  finish: {name: {zh: 办, en: Finish}, from: [sent], to: done, who: [lead], asks: {how: required},
           evidence: {kinds: [paper], at_least: 1}}
  reopen: {name: {zh: 重办, en: Reopen}, from: [done], to: sent, who: [supervisor]}
"""
DELETE = object()


def write(folder: Path, content: Any = None, name: str = "small.1.yaml") -> Path:
    """A folder named playbooks with one file in it."""
    place = folder / "playbooks"
    place.mkdir(exist_ok=True)
    text = GOOD if content is None else content if isinstance(content, str) else yaml.safe_dump(content)
    (place / name).write_text(text, "utf-8")
    return place


def changed(changes: Mapping[str, Any]) -> Any:
    """The good file with values put at paths like `moves.send.to`."""
    content = yaml.safe_load(GOOD)
    for path, value in changes.items():
        *way, last = path.split(".")
        inside = content
        for step in way:
            inside = inside[step]
        if value is DELETE:
            del inside[last]
        else:
            inside[last] = value
    return content


def faults(folder: Path) -> list[str]:
    """The faults of a folder, a line each."""
    with pytest.raises(BrokenPlaybooks) as raised:
        load_playbooks(folder)
    return str(raised.value).split("\n")


def test_it_works(tmp_path: Path) -> None:
    playbooks = load_playbooks(write(tmp_path))
    small = playbooks.latest("small")
    assert small == playbooks.of("small", 1) == playbooks.running("smalls")
    assert [state.key for state in small.states] == ["begun", "sent", "done"]
    send = small.move("send")
    assert send is not None and [(f.key, f.kind, f.required) for f in send.fields] == [
        ("lead", "unit", True),
        ("due", "date", False),
    ]


def test_our_own_playbooks_are_sound() -> None:
    playbooks = load_playbooks()
    assert playbooks.keys == ("problem", "response", "task")
    assert len(playbooks.latest("problem").lists) == 7


NAMES = {"zh": "甲", "en": "A"}
BROKEN = [
    # of the form
    ({"name": DELETE}, "name: is missing"),
    ({"name.en": DELETE}, "name.en: is missing"),
    ({"colour": "red"}, "colour: no such field here"),
    ({"key": "Small"}, "key: not a key: lower-case letters, digits and _, a letter first, 40 at most"),
    ({"moves.send.to": 5}, "moves.send.to: Input should be a valid string"),
    ({"moves.send.who": ["boss"]}, "moves.send.who[0]: Input should be 'supervisor', 'lead', 'support'"),
    ({"states.sent.kind": "half"}, "states.sent.kind: Input should be 'open', 'waiting', 'done' or 'dropped'"),
    ({"moves.Send": {}}, "moves.Send: not a key"),
    ({"version": 0}, "version: Input should be greater than or equal to 1"),
    ({"lists": {}}, "lists: Dictionary should have at least 1 item"),
    # of names
    ({"moves.send.from": ["begun", "gone"]}, "moves.send.from[1]: no state 'gone'"),
    ({"moves.send.to": "gone"}, "moves.send.to: no state 'gone'"),
    ({"moves.send.from": ["begun", "begun"]}, "moves.send.from: 'begun' is written twice"),
    ({"opening.to": "gone"}, "opening.to: no state 'gone'"),
    ({"opening.who": []}, "opening.who: nobody may open one"),
    ({"opening.asks": {"hue": "required"}}, "opening.asks.hue: no field 'hue' in fields"),
    ({"opening.asks": {"lead": "required"}}, "opening.asks.lead: asked of every item anyway"),
    ({"opening.parts": {"to": "gone", "who": []}}, "opening.parts.to: no state 'gone'"),
    ({"opening.parts": {"to": "sent", "who": []}}, "opening.parts.who: nobody may open one"),
    ({"moves.finish.who": []}, "moves.finish.who: nobody may make this move"),
    ({"moves.finish.asks": {"hue": "optional"}}, "moves.finish.asks.hue: no field 'hue' in fields"),
    (
        {"moves.finish.evidence": {"kinds": ["stone"]}},
        "moves.finish.evidence.kinds[0]: no evidence 'stone' in evidence",
    ),
    (
        {"moves.finish.guards": ["full_moon"]},
        "moves.finish.guards[0]: no guard 'full_moon'; there are units_confirmed, ",
    ),
    ({"moves.finish.effects": ["boom"]}, "moves.finish.effects[0]: no effect 'boom'; there are assign, set_supports, "),
    ({"moves.open": {"name": NAMES, "from": ["sent"], "who": ["lead"]}}, "moves.open: this verb is kept for events"),
    ({"fields.place": {"kind": "text", "name": NAMES}}, "fields.place: this name is kept for what every item has"),
    ({"fields.how.choices": {}}, "fields.how.choices: a choice needs them"),
    ({"fields.due.choices": {"a": NAMES}}, "fields.due.choices: only a choice has them"),
    # of effects and guards
    (
        {"moves.send.asks": {"lead": "optional"}},
        "moves.send.effects[0]: assign needs the field 'lead': ask for it as req",
    ),
    ({"fields.due.kind": "number"}, "moves.send.effects[0]: the field 'due' must be a date, not a number"),
    ({"moves.send.effects": []}, "moves.send.asks.lead: nothing is done with it: add the effect that takes it"),
    (
        {"moves.finish.effects": ["postpone"]},
        "moves.finish.effects[0]: postpone takes one of due, and the move asks for",
    ),
    ({"moves.finish.effects": ["split"]}, "moves.finish.effects[0]: split opens parts, and opening.parts does not say"),
    (
        {"moves.finish.guards": ["due_ahead"]},
        "moves.finish.guards[0]: due_ahead looks at due or parts, and the move asks",
    ),
    ({"moves.finish.guards": ["has_clock"]}, "moves.finish.guards[0]: has_clock needs the field 'frequency' in fields"),
    ({"moves.finish.guards": ["not_who_asked"]}, "moves.finish.guards[0]: not_who_asked always holds: no move has the"),
    ({"moves.finish.guards": ["common_is_spread"]}, "moves.finish.guards[0]: common_is_spread needs a move 'spread'"),
    # of the way through
    ({"states.lost": {"kind": "open", "name": NAMES}}, "states.lost: never reached"),
    ({"moves.finish.to": DELETE}, "states.sent: a dead end: no move leads out of it"),
    ({"moves.finish.to": "begun"}, "states.sent: a dead end: no moves from it lead to an end"),
    ({"moves.reopen": DELETE}, "states.done: ended for ever: no move reopens it"),
    ({"moves.reopen.to": DELETE}, "moves.reopen: what has ended can only be reopened, and this leaves it in 'done'"),
    ({"fields.hue": {"kind": "text", "name": NAMES}}, "fields.hue: no move asks for it"),
    ({"evidence.stone": NAMES}, "evidence.stone: no move takes it"),
]


@pytest.mark.parametrize(("changes", "said"), BROKEN, ids=[said[:50] for _, said in BROKEN])
def test_each_fault_is_said_with_its_path(tmp_path: Path, changes: Mapping[str, Any], said: str) -> None:
    found = faults(write(tmp_path, changed(changes)))
    assert any(fault.startswith(f"playbooks/small.1.yaml: {said}") for fault in found), found


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    write(tmp_path, changed({"moves.send.to": "gone", "moves.finish.who": []}))
    write(tmp_path, "key: other", "other.1.yaml")
    found = faults(tmp_path / "playbooks")
    assert {fault.split(":")[0] for fault in found} == {"playbooks/small.1.yaml", "playbooks/other.1.yaml"}
    assert "playbooks/small.1.yaml: moves.send.to: no state 'gone'" in found
    assert "playbooks/small.1.yaml: moves.finish.who: nobody may make this move" in found


FILES = [
    ("key: [", "small.1.yaml: not YAML: "),
    ("", "small.1.yaml: key: is missing"),
    ("- a", "small.1.yaml: write fields and their values"),
    ("key: small\nkey: small", "small.1.yaml: not YAML: key is written twice"),
    (GOOD.replace("version: 1", "version: 2"), "small.1.yaml: key: this is small 2: name the file small.2.yaml"),
    ("a: &a [*a]", "small.1.yaml: a"),
    ("? [a]\n: b", "small.1.yaml: "),
]


@pytest.mark.parametrize(("text", "said"), FILES)
def test_a_file_that_is_none(tmp_path: Path, text: str, said: str) -> None:
    found = faults(write(tmp_path, text))
    assert any(fault.startswith(f"playbooks/{said}") for fault in found), found


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "small.1.yaml").write_bytes("key: 督查".encode("gbk"))
    assert faults(folder) == ["playbooks/small.1.yaml: not UTF-8: byte 5: save it as UTF-8"]


def test_a_folder_without_playbooks(tmp_path: Path) -> None:
    assert faults(tmp_path)[0].endswith("no playbook there: write one as KEY.VERSION.yaml")


def test_two_versions_stand_side_by_side(tmp_path: Path) -> None:
    write(tmp_path)
    playbooks = load_playbooks(write(tmp_path, changed({"version": 2, "name.en": "Smaller"}), "small.2.yaml"))
    assert (len(playbooks), playbooks.latest("small").version) == (2, 2)
    assert playbooks.of("small", 1).name.en == "Small"


def test_a_list_has_one_playbook(tmp_path: Path) -> None:
    write(tmp_path)
    found = faults(write(tmp_path, changed({"key": "other"}), "other.1.yaml"))
    assert found == ["playbooks/small.1.yaml: lists.smalls: other runs this list already"]


def test_what_there_is_not_is_said(tmp_path: Path) -> None:
    playbooks = load_playbooks(write(tmp_path))
    with pytest.raises(UnknownPlaybook, match="no playbook small 9: there are small 1"):
        playbooks.of("small", 9)
    with pytest.raises(UnknownPlaybook, match="no playbook big: there are small 1"):
        playbooks.latest("big")
    with pytest.raises(UnknownPlaybook, match="no playbook runs a list bigs: there are smalls"):
        playbooks.running("bigs")


def test_a_released_version_is_never_changed(tmp_path: Path) -> None:
    released = {"small.1.yaml": digest(yaml.safe_load(GOOD)), "old.1.yaml": "0" * 64}
    write(tmp_path, released, "released.yaml")
    said = "playbooks/old.1.yaml: released, and gone: items opened under it need it"
    assert faults(write(tmp_path, "# a comment is no change\n" + GOOD)) == [said]
    assert sorted(faults(write(tmp_path, changed({"name.en": "Tiny"}))), reverse=True) == [
        "playbooks/small.1.yaml: released, and changed: write what is new as its next version",
        said,
    ]


def test_what_is_new_is_pinned_and_what_is_pinned_stays(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert release(folder) == ["small.1.yaml"]
    assert len(load_playbooks(folder)) == 1
    write(tmp_path, changed({"name.en": "Tiny"}))
    write(tmp_path, changed({"version": 2}), "small.2.yaml")
    assert release(folder) == ["small.2.yaml"]
    assert faults(folder) == ["playbooks/small.1.yaml: released, and changed: write what is new as its next version"]


def test_every_playbook_of_ours_is_pinned() -> None:
    """`.venv/bin/python -m luoshi.ledger.playbook.releasing` pins what is new."""
    pinned = yaml.safe_load((HERE / "released.yaml").read_text("utf-8"))
    files = {path.name: path for path in HERE.glob("*.yaml") if path.name != "released.yaml"}
    assert pinned == {name: digest(yaml.safe_load(path.read_text("utf-8"))) for name, path in files.items()}


# Anything a person may write in the place of anything else.
VALUES = st.sampled_from(
    [None, "", "gone", 5, -1, True, [], {}, ["sent"], {"a": 1}, "begun", 1.5, "\u0000", ["sent", "sent"]]
)


def _paths(content: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path for key, value in inside for path in ((*way, key), *_paths(value, (*way, key)))]


@given(st.sampled_from(_paths(yaml.safe_load(GOOD))), VALUES)
def test_any_value_anywhere_is_taken_or_said(path: tuple[Any, ...], value: Any) -> None:
    from luoshi.ledger.playbook.checking import faults as checked

    content = copy.deepcopy(yaml.safe_load(GOOD))
    inside = content
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    form = read_form(content)
    if isinstance(form, Form):
        assert all(": " in fault for fault in checked(form))
        if not checked(form):
            form.playbook()
    else:
        assert form and all(": " in fault for fault in form)
