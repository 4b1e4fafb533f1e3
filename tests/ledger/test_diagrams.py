"""Diagrams and pages of playbooks: all that the YAML says is in them, nothing overlaps, and they are up to date."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from docs.playbooks import FOLDER, pages

from luoshi.ledger.playbook import Playbook, load_playbooks
from luoshi.ledger.playbook.drawing import diagram
from luoshi.ledger.playbook.layout import laid_out
from luoshi.ledger.playbook.outline import outline

PLAYBOOKS = [load_playbooks().latest(key) for key in ("task", "problem", "project", "response")]
LANGUAGES = ("zh-hans", "en")
SVG = "{http://www.w3.org/2000/svg}"

both = pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda playbook: playbook.key)
languages = pytest.mark.parametrize("language", LANGUAGES)


def test_it_works() -> None:
    """Run `.venv/bin/python -m docs.playbooks` after a change that is meant."""
    written = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
    assert written == pages()


@both
@languages
def test_a_diagram_says_every_state_and_move(playbook: Playbook, language: str) -> None:
    tree = ElementTree.fromstring(diagram(playbook, language))
    shown = " ".join(node.text or "" for node in tree.iter(f"{SVG}text"))
    names = [state.name for state in playbook.states] + [move.name for move in playbook.moves] + [playbook.opening.name]
    assert [name.of(language) for name in names if name.of(language) not in shown] == []


@both
@languages
def test_a_diagram_is_read_aloud(playbook: Playbook, language: str) -> None:
    """A screen reader has its title, and every move in a sentence."""
    tree = ElementTree.fromstring(diagram(playbook, language))
    title, about = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert tree.get("role") == "img" and tree.get("aria-labelledby") == "title about"
    assert title is not None and playbook.name.of(language) in (title.text or "")
    assert about is not None and all(move.name.of(language) in (about.text or "") for move in playbook.moves)


@both
@languages
def test_nothing_lies_upon_anything_else(playbook: Playbook, language: str) -> None:
    layout = laid_out(playbook, language)
    for upper, lower in pairwise(layout.boxes):
        assert upper.top + upper.height < lower.top
    for one, other in combinations(layout.lanes, 2):
        apart = one.span[1] < other.span[0] or other.span[1] < one.span[0]
        assert apart or abs(one.x - other.x) > 8, (one.label, other.label)
    for index, box in enumerate(layout.boxes):
        for side in ("left", "right"):
            ports = sorted(lane.ports[index].y for lane in layout.lanes if lane.side == side and index in lane.ports)
            assert all(b - a > 15 for a, b in pairwise(ports))
            assert all(box.top < y < box.top + box.height for y in ports)
    assert all(0 < lane.x < layout.width for lane in layout.lanes)


@both
def test_every_move_has_its_way_in_the_diagram(playbook: Playbook) -> None:
    """Arrows down and lanes together lead from every source of every move to where it leads."""
    layout = laid_out(playbook, "zh-hans")
    row = {box.key: index for index, box in enumerate(layout.boxes)}
    for move in playbook.moves:
        drawn = {source for lane in layout.lanes if move in lane.moves for source in lane.sources}
        down = {row[s] for s in move.sources if move.to and row[s] + 1 == row[move.to]}
        stays = {row[s] for s in move.sources if move.to in (None, s)}
        assert drawn | down | stays == {row[source] for source in move.sources}, move.verb
        assert all(move.name.zh in layout.boxes[index].onward for index in down)


@both
@languages
def test_an_outline_says_everything(playbook: Playbook, language: str) -> None:
    told = outline(playbook, language)
    for move in playbook.moves:
        assert move.verb in told and move.name.of(language) in told
        assert all(name in told for name in (*move.guards, *move.effects, *(field.key for field in move.fields)))
    assert all(state.key in told for state in playbook.states) and all(key in told for key, _ in playbook.lists)
    assert max(len(line) for line in told.split("\n")) < 160
