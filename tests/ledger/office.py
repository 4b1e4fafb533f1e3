"""Names in, rows out: the small country of the tests of people, with the people of an office for the ledger."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password

from luoshi.ledger.actions import File, Outcome, Refused, act, keep, moves_for, open_item
from luoshi.ledger.models import Item
from luoshi.people.models import Post, Role, User
from luoshi.places.models import Unit
from tests.people.made import LONG_AGO, World, world

NOW = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NO_PASSWORD = make_password(None)
# Who is there: name, role, unit, whether the post has all lines.
PEOPLE = (
    ("city", Role.SUPERVISOR, "A1:gov", True),
    ("province", Role.SUPERVISOR, "A:gov", True),
    ("elsewhere", Role.SUPERVISOR, "A2:gov", True),
    ("abroad", Role.SUPERVISOR, "B1:gov", True),
    ("water", Role.CLERK, "A1:water", False),
    ("water_head", Role.LEADER, "A1:water", False),
    ("civil", Role.CLERK, "A1:civil", False),
    ("county", Role.CLERK, "A1a:water", False),
    ("county_b", Role.CLERK, "A1b:water", False),
    ("checker", Role.VERIFIER, "A1:gov", True),
    ("checker_water", Role.VERIFIER, "A1:water", False),
    ("checker_elsewhere", Role.VERIFIER, "A2:gov", True),
    ("mayor", Role.LEADER, "A1:gov", True),
    ("observer", Role.OBSERVER, "A1:gov", True),
    ("admin", Role.ADMINISTRATOR, "A1:gov", False),
)


@dataclass
class Office:
    """The country, its people by name, their posts by name; units are confirmed but those named `civil` elsewhere."""

    world: World
    people: dict[str, User] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]


def office() -> Office:
    """Everybody of PEOPLE, in bulk, because a thousand tests begin with them; only the civil affairs bureau of the town is not confirmed."""
    made = Office(world())
    Unit.objects.exclude(key="A1a1:civil").update(status=Unit.Status.CONFIRMED, confirmed_on=NOW.date())
    names = [name for name, *_ in PEOPLE]
    users = User.unguarded.bulk_create(User(username=name, name=name, password=NO_PASSWORD) for name in names)
    made.people = dict(zip(names, users, strict=True))
    posts = Post.unguarded.bulk_create(
        Post(user=made.people[name], role=role, unit=made.world.units[unit], since=LONG_AGO, all_lines=all_lines)
        for name, role, unit, all_lines in PEOPLE
    )
    made.posts = dict(zip(names, posts, strict=True))
    return made


def at(hours: float) -> datetime.datetime:
    """A moment some hours after the first."""
    return NOW + datetime.timedelta(hours=hours)


@dataclass
class Desk:
    """An item being worked on: each move is made on its newest version, hours apart, by somebody of the office."""

    office: Office
    item: UUID
    sequence: int = 1
    hours: float = 0

    def act(self, name: str, verb: str, *files: File, **fields: Any) -> Outcome:
        """Make a move; evidence is documents."""
        self.hours += 1
        evidence = [("document", file) for file in files]
        viewer, now = self.office[name], at(self.hours)
        done = act(viewer, self.item, verb, fields=fields, evidence=evidence, expected=self.sequence, now=now)
        self.sequence = done.sequence
        return done

    def of(self, item: UUID) -> Desk:
        """The desk of another item, from its newest version on."""
        return Desk(self.office, item, Item.unguarded.get(pk=item).sequence, self.hours)

    def refused(self, name: str, verb: str, *files: File, **fields: Any) -> tuple[str, ...]:
        """The codes that a move is refused with; nothing is written."""
        before = counts()
        with pytest.raises(Refused) as refused:
            self.act(name, verb, *files, **fields)
        assert counts() == before
        return refused.value.codes

    @property
    def row(self) -> Item:
        return Item.unguarded.get(pk=self.item)

    def may(self, name: str) -> set[str]:
        """The verbs that are open to somebody now."""
        return {move.verb for move in moves_for(self.office[name], self.item, at(self.hours))}


def opened(office: Office, name: str = "city", **more: Any) -> Desk:
    """A task of the city's water bureau, opened by a supervisor."""
    return Desk(office, open_task(office[name], **more).item)


def open_task(viewer: Any, playbook: str = "task", **more: Any) -> Outcome:
    """Open an item of the city; `more` is what is otherwise."""
    asked: dict[str, Any] = {
        "list": "tasks",
        "place": "A1",
        "line": "water",
        "words": "修好青溪县三座病险水库",
        "quotation": None,
        "lead": None,
        "supports": (),
        "due": None,
        "fields": {"basis": "市政府专题会议纪要〔2026〕8号"},
        "now": NOW,
        **more,
    }
    return open_item(viewer, playbook, **asked)


def in_hand(office: Office, lead: str = "A1:water", clerk: str = "water", **more: Any) -> Desk:
    """A task that its lead has signed for."""
    desk = opened(office)
    desk.act("city", "dispatch", **{"lead": lead, "due": "2026-12-31", **more})
    desk.act(clerk, "sign")
    return desk


def closed(office: Office) -> Desk:
    """A task that went the straight way."""
    desk = in_hand(office)
    desk.act("water", "ask_closure", proof(), result="三座水库均已修好")
    desk.act("checker", "verify", method="on_site", finding="现场查看属实")
    desk.act("city", "close")
    return desk


def proof(text: str = "水库已修好，验收合格。") -> File:
    """A small file that is kept."""
    return keep([text.encode()], "验收.txt")


def counts() -> dict[str, int]:
    """Rows of every table of the ledger."""
    return {model.__name__: model._base_manager.count() for model in apps.get_app_config("ledger").get_models()}
