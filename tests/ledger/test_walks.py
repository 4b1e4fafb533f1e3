"""Walks that anybody may take over the playbooks: what holds after every step, and that an end is never out of reach."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.ledger.machine import Act, Hand, Step, replay, step
from luoshi.ledger.playbook import Move

from .made import PLAYBOOKS
from .walking import ENDED, Walk, people

KEYS = ("task", "problem", "project", "response")
STEPS = 30


def ended_from(walk: Walk) -> int:
    """Bring an item to an end with the parts it has finished, by the nearest way open to anybody; the moves it took."""
    walk.children = [child._replace(kind="done") for child in walk.children]
    playbook = walk.item.playbook
    for made in range(10):
        if walk.state.kind in ENDED:
            return made
        for who, move in sorted(walk.offered(), key=lambda each: playbook.state(each[1].to or walk.state.state).kind):
            before = walk.state.state
            if move.to is not None and isinstance(walk.make(who, move), Step) and walk.state.state != before:
                break
    return 10


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), steps=st.integers(1, STEPS))
def test_any_walk(key: str, seed: int, steps: int) -> None:
    random = Random(seed)
    walk = Walk(PLAYBOOKS.latest(key), random)
    for _ in range(steps):
        walk.pass_time()
        offered = walk.offered()
        who, move = walk.chosen(offered)
        before = walk.state
        forbidden(walk, offered, random)
        made = walk.make(who, move)
        # What is offered can be made by whoever fills it in well.
        assert isinstance(made, Step), (move.verb, made)
        after = walk.state
        assert after == replay(walk.item.entries, PLAYBOOKS)
        assert after.sequence == before.sequence + 1 == len(walk.item.entries)
        assert after.counts == walk.made
        assert (after.ended_on is not None) is (after.kind in ENDED)
        if before.kind in ENDED:
            assert after.kind not in ENDED, "what has ended can only be reopened"
        if "assign" in move.effects:
            fields = walk.item.entries[-1].payload["fields"]
            assert after.lead == fields["lead"] and after.lead not in after.supports
            assert set(after.supports) <= set(fields.get("supports", before.supports))
        if after.kind == "done" and move.verb == "close":
            assert all(child.kind in ENDED for child in walk.children)
            assert len({after.asked_by, after.verified_by, f"{who.actor.kind}:{who.actor.id}"}) == 3
    assert ended_from(walk) < 10, walk.state.state


def forbidden(walk: Walk, offered: list[tuple[Hand, Move]], random: Random) -> None:
    """A move that is not offered to somebody is refused when they try it, and nothing changes."""
    who = random.choice(people(walk.state))
    playbook = walk.item.playbook
    theirs = {move.verb for each, move in offered if each == who}
    verb = random.choice([move.verb for move in playbook.moves if move.verb not in theirs])
    world = walk.item.world._replace(children=tuple(walk.children))
    move = playbook.move(verb)
    assert move is not None
    fields = {field.key: walk.value(field) for field in move.fields}
    refused = step(playbook, walk.state, Act(verb, fields), who, world, walk.at)
    assert not isinstance(refused, Step), (verb, who)


@pytest.mark.parametrize("key", KEYS)
def test_every_move_is_made_on_some_walk(key: str) -> None:
    """Walks that never made some move would prove nothing of it."""
    playbook = PLAYBOOKS.latest(key)
    never = {move.verb for move in playbook.moves}
    for seed in range(250):
        walk = Walk(playbook, Random(seed))
        for _ in range(STEPS):
            walk.pass_time()
            walk.make(*walk.chosen(walk.offered()))
        never -= set(walk.made)
        if not never:
            break
    assert never == set()
