"""Whoever asks, whatever the verb, wherever the item: the door lets those do it whom a plain reading of the rules names."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from luoshi.ledger.actions import Refused, act
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Item, Support
from luoshi.ledger.playbook import Move, Playbook
from luoshi.people.models import Role, User
from luoshi.places.models import Unit
from tests.people.made import TREE, post, user

from .office import Office, at, office, open_task

pytestmark = pytest.mark.django_db
PARENT = {key: parent for key, _, _, parent in TREE}
PLACES = tuple(key for key in PARENT if key != "CN")
LINES = ("civil", "water")
UNITS = tuple(f"{place}:{line}" for place in PLACES for line in (*LINES, "gov"))


@dataclass(frozen=True)
class Holder:
    """A post in plain words."""

    role: Role
    unit: str
    lines: tuple[str, ...]
    all_lines: bool


@dataclass(frozen=True)
class Thing:
    """An item in plain words."""

    place: str
    line: str | None
    lead: str
    supports: tuple[str, ...]


def within(place: str, top: str) -> bool:
    at: str | None = place
    while at is not None and at != top:
        at = PARENT[at]
    return at is not None


def covers(held: Holder, thing: Thing) -> bool:
    top, _, line = held.unit.partition(":")
    lines = held.lines or (() if line == "gov" else (line,))
    return within(thing.place, top) and (held.all_lines or not lines or thing.line in lines)


def who(held: Holder, thing: Thing) -> set[str] | None:
    """What somebody is to an item; None where they do not see it."""
    works = held.role in (Role.CLERK, Role.LEADER)
    takes_part = held.unit in (thing.lead, *thing.supports)
    if held.role == Role.ADMINISTRATOR or not (covers(held, thing) or takes_part):
        return None
    are = {"supervisor"} if held.role == Role.SUPERVISOR and covers(held, thing) else set()
    are |= {"verifier"} if held.role == Role.VERIFIER and covers(held, thing) else set()
    are |= {"lead"} if works and held.unit == thing.lead else set()
    return are | ({"support"} if works and held.unit in thing.supports else set())


def draw_holder(chance: random.Random) -> Holder:
    lines = tuple(chance.sample(LINES, chance.choice((0, 0, 0, 1))))
    return Holder(chance.choice(list(Role)), chance.choice(UNITS), lines, chance.random() < 0.3)


def draw_thing(chance: random.Random, held: list[Holder]) -> Thing:
    """Now and then somebody's own unit takes part, or it lies where somebody is."""
    near = [each.unit for each in held]
    lead, *supports = chance.sample(sorted({*near, *chance.sample(UNITS, 3)}), 3)
    place = chance.choice((*PLACES, *(unit.partition(":")[0] for unit in near if not unit.startswith("CN"))))
    return Thing(place, chance.choice((*LINES, None)), lead, tuple(supports[: chance.randrange(3)]))


def place_item(there: Office, thing: Thing) -> Item:
    """An item as drawn, written past the door: the door is asked about it."""
    item = Item.unguarded.get(pk=open_task(there["city"]).item)
    world = there.world
    item.place, item.line = world.places[thing.place], world.lines[thing.line] if thing.line else None
    item.lead, item.opened_by = world.units[thing.lead], None
    item.save()
    rows = [Support(item=item, unit=world.units[key], rank=rank) for rank, key in enumerate(thing.supports)]
    Support.unguarded.bulk_create(rows)
    return item


def codes(viewer: User, item: Item, playbook: Playbook, move: Move) -> tuple[str, ...]:
    """How a move is answered from a state that it leads from, with nothing filled in; afterwards as before."""
    with transaction.atomic():
        Item.unguarded.filter(pk=item.pk).update(
            playbook=playbook.key,
            version=playbook.version,
            state=move.sources[0],
            kind=playbook.state(move.sources[0]).kind,
        )
        try:
            act(viewer, item.pk, move.verb, fields={}, expected=1, now=at(5))
            return ()
        except Refused as refused:
            return refused.codes
        finally:
            transaction.set_rollback(True)


def answer(are: set[str] | None, move: Move) -> str | None:
    if are is None:
        return "not_found"
    return None if are & set(move.who) else "not_yours"


# Each example is some hundred acts; which verb, state and viewer meet is drawn anew in each.
@settings(max_examples=4, phases=(Phase.explicit, Phase.generate))
@given(chance=st.randoms(use_true_random=True))
def test_the_door_lets_those_act_whom_the_rules_name(chance: random.Random) -> None:
    with transaction.atomic():
        there = office()
        held = [draw_holder(chance) for _ in range(3)]
        viewers = [user(f"drawn{i}") for i in range(len(held))]
        for viewer, each in zip(viewers, held, strict=True):
            unit = Unit.objects.get(key=each.unit)
            post(viewer, each.role, unit, *(there.world.lines[line] for line in each.lines), all_lines=each.all_lines)
        thing = draw_thing(chance, held)
        item, playbook = place_item(there, thing), chance.choice(list(playbooks()))
        for viewer, each in zip(viewers, held, strict=True):
            for move in playbook.moves:
                got, wanted = codes(viewer, item, playbook, move), answer(who(each, thing), move)
                refused = next((code for code in ("not_found", "not_yours") if code in got), None)
                assert refused == wanted, (each, thing, move.verb, got)
        transaction.set_rollback(True)


# What the people of the office are to an item of the city's water bureau that civil affairs supports.
ARE: dict[str, set[str] | None] = {
    "city": {"supervisor"},
    "province": {"supervisor"},
    "water": {"lead"},
    "water_head": {"lead"},
    "civil": {"support"},
    "checker": {"verifier"},
    "checker_water": {"verifier"},
    "mayor": set(),
    "observer": set(),
    "elsewhere": None,
    "abroad": None,
    "county": None,
    "county_b": None,
    "checker_elsewhere": None,
    "admin": None,
}


@pytest.mark.parametrize("key", ["task", "problem", "project", "response"])
def test_it_works_for_everybody_of_the_office(there: Office, key: str) -> None:
    item = place_item(there, Thing("A1", "water", "A1:water", ("A1:civil",)))
    playbook = playbooks().latest(key)
    # One move of each kind of who may make it.
    kinds = {move.who: move for move in playbook.moves}
    for name, are in ARE.items():
        for move in kinds.values():
            got = codes(there[name], item, playbook, move)
            wanted: Any = answer(are, move)
            assert (wanted in got) if wanted else not {"not_found", "not_yours"} & set(got), (name, move.verb, got)
