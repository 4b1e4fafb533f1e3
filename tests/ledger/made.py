"""Moves in, rows of the ledger as the one door would write them out: for tests of what proves them."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from luoshi.ledger.chain import SALT_BYTES, Header, commit, event_hash, uuid7
from luoshi.ledger.models import Event, Item, Series, Text
from luoshi.people.models import Post, Role
from tests.people import made as people

DAY = datetime.date(2026, 11, 20)
MORNING = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
STATES = {"sign": "in_hand", "ask_closure": "closure_asked", "drop": "dropped"}


@dataclass
class Book:
    """A small ledger; a minute passes with each move."""

    world: people.World
    clerk: Post
    now: datetime.datetime = MORNING
    drawn: int = 0
    items: list[Item] = field(default_factory=list)

    def open(self, words: str = "编制防汛预案", place: str = "A1", list: str = "task") -> Item:
        """The next item of a list of a place."""
        at = self.world.places[place]
        series, _ = Series.unguarded.get_or_create(place=at, list=list, year=self._day().year)
        serial = series.last + 1
        head = {"place": at.key, "list": list, "year": series.year, "serial": serial, "previous": series.head}
        item = Item(
            id=self._id(),
            series=series,
            serial=serial,
            number=f"{at.name}{list}〔{series.year}〕{serial}号",
            playbook="task",
            version=1,
            list=list,
            words=words,
            place=at,
            lead=self.world.units[f"{place}:water"],
            opened_by=self.clerk,
            opened_on=self._day(),
            sequence=0,
        )
        self._note(item, "open", {"number": item.number, "words": words, "series": head, "fields": {}}, "dispatched")
        series.last, series.head = serial, item.head
        series.save()
        self.items.append(item)
        return item

    def act(self, item: Item, verb: str, texts: Mapping[str, str] | None = None, **fields: Any) -> Event:
        """A move; `texts` are somebody's own words."""
        salted = {key: (words, secrets.token_bytes(SALT_BYTES)) for key, words in (texts or {}).items()}
        hidden = {key: {"commitment": commit(*pair)} for key, pair in salted.items()}
        payload = {"fields": {**fields, **hidden}, "evidence": [], "children": []}
        event = self._note(item, verb, payload, STATES.get(verb, item.state))
        for key, (words, salt) in salted.items():
            Text.unguarded.create(event=event, field=key, subject=f"post:{self.clerk.pk}", words=words, salt=salt)
        return event

    def _note(self, item: Item, verb: str, payload: Mapping[str, Any], state: str) -> Event:
        self.now += datetime.timedelta(minutes=1)
        header = Header(
            id=self._id(),
            item=item.id,
            sequence=item.sequence + 1,
            playbook="task",
            version=1,
            verb=verb,
            actor_kind="post",
            actor=str(self.clerk.pk),
            actor_unit=self.clerk.unit.key,
            occurred_at=self.now,
            recorded_at=self.now,
            payload=payload,
            previous=item.head,
        )
        item.sequence, item.head, item.state, item.kind = header.sequence, event_hash(header), state, "open"
        item.save()
        columns = {"item_id" if name == "item" else name: value for name, value in header._asdict().items()}
        return Event.unguarded.create(**columns, hash=item.head)

    def _id(self) -> Any:
        self.drawn += 1
        return uuid7(int(self.now.timestamp() * 1000), self.drawn.to_bytes(10, "big"))

    def _day(self) -> datetime.date:
        return (self.now + datetime.timedelta(hours=8)).date()


def book() -> Book:
    """A ledger with nothing in it yet, in a small country."""
    world = people.world()
    clerk = people.post(people.user("clerk"), Role.CLERK, world.units["A1:water"])
    return Book(world, clerk)
