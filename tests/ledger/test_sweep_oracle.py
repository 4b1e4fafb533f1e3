"""Random ledgers: a sweep, stopped by the night or not, does what a look at every item in plain Python says, tells whom it
says, and then nothing."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.models import Event, Item, Notice
from luoshi.ledger.sweep import NightFell, Swept, sweep
from luoshi.people.models import Post, Role
from tests.people.made import post

from .checked import expect_replay
from .office import Office, office, proof
from .sweeping import done, expected
from .wandering import Walk

pytestmark = pytest.mark.django_db
# More people, so that lines and levels decide who is told: name, role, unit, lines given.
MORE = (
    ("civil", Role.SUPERVISOR, "A1:civil", ()),
    ("observer", Role.LEADER, "A:water", ()),
    ("elsewhere", Role.LEADER, "A:civil", ()),
    ("abroad", Role.SUPERVISOR, "A:civil", ("water",)),
    ("mayor", Role.VERIFIER, "A1a:gov", ()),
)
# What happens between two sweeps: steps of somebody, then days, then the hour of the sweep (10 and more).
ROUND = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 14))


@pytest.fixture
def peopled(settings: Any, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    there = office()
    for name, role, unit, lines in MORE:
        post(there[name], role, there.world.units[unit], *(there.world.lines[line] for line in lines))
    return there


class Undone(Exception):
    """What an example wrote is taken back."""


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), rounds=st.lists(ROUND, min_size=1, max_size=4), page=st.integers(1, 3))
def test_it_works(peopled: Office, seed: int, rounds: list[tuple[int, int, int]], page: int) -> None:
    with pytest.raises(Undone), transaction.atomic():
        play(peopled, random.Random(seed), rounds, page)
        raise Undone


def play(there: Office, chance: random.Random, rounds: list[tuple[int, int, int]], page: int) -> None:
    """Items walk about, people leave; the sweep comes by."""
    walk = Walk(there, chance, [proof()], "task")
    items = []
    for walk.key in ("task", "problem", "task"):
        items.append(walk._open())
        chance.random() < 0.8 and walk.make(items[-1], "city", there["city"], move(items[-1], "dispatch"))
    for steps, days, hour in rounds:
        for _ in range(steps):
            walk.step(chance.choice(items))
        leave(chance, walk.now.date())
        walk.days += days
        check(walk.now + timedelta(hours=hour), page)
        walk.days += 1


def move(item: Any, verb: str) -> Any:
    from luoshi.ledger.actions.books import playbooks

    row = Item.unguarded.get(pk=item)
    return playbooks().of(row.playbook, row.version).move(verb)


def leave(chance: random.Random, day: Any) -> None:
    """Now and then somebody's post ends, or a unit is dissolved."""
    if chance.random() < 0.3:
        gone = chance.choice(list(Post.unguarded.order_by("pk").values_list("pk", flat=True)))
        Post.unguarded.filter(pk=gone).exclude(user__username__in=("city", "water")).update(until=day)


def until_night(now: Any, page: int) -> list[Swept]:
    """What a sweep does that comes into the night before its second item."""
    times, found = iter((now,)), []
    with suppress(NightFell):
        for each in sweep(now, page=page, clock=lambda: next(times, now.astimezone(CHINA).replace(hour=22))):
            found.append(each)
    assert len(found) <= 1
    return found


def check(now: Any, page: int) -> None:
    wanted, before = expected(now), set(Event.unguarded.values_list("pk", flat=True))
    told = [*until_night(now, page), *sweep(now, page=page)]
    made = done(before)
    assert Counter(made) == Counter(wanted)
    assert sum(len(each.made) for each in told) == len(made)
    assert sum(made.told for each in told for made in each.made) == sum(len(each.told) for each in made)
    assert not [each for each in told if any(why != "today" for why, _ in each.missed)]
    notices = Notice.unguarded.count()
    assert [each for each in sweep(now, page=page) if each.made] == [] and Notice.unguarded.count() == notices
    for item in {each.item for each in made}:
        expect_replay(item, now)
