"""A number of items in, a yard with as many out; bursts of work on it timed.

`python -m bench.ledger` starts one process of this for each size and lets them take turns.
"""

from __future__ import annotations

import datetime
import random
import sys
import time
from collections.abc import Callable
from uuid import UUID

# It sets up Django, before all that needs it.
from bench import ledger_yard as yard
from bench.bursts import serve
from django.core.management import call_command
from django.db import connection, transaction

from luoshi.config.resident import settle
from luoshi.desk.inbox.tabs import tabs
from luoshi.desk.items.found import found
from luoshi.desk.items.sheet import sheet
from luoshi.ledger.actions import act
from luoshi.ledger.inbox import counted, waiting_in
from luoshi.ledger.lists import waiting_for
from luoshi.ledger.models import Item
from luoshi.people.models import User
from luoshi.people.seeing import sees

BARE = (
    f"INSERT INTO ledger_event ({', '.join(yard.EVENT)}) VALUES ({', '.join(['%s'] * len(yard.EVENT))})",
    "INSERT INTO ledger_text (event_id, field, subject, words, salt) VALUES (%s, %s, %s, %s, %s)",
    "UPDATE ledger_item SET sequence = %s, head = %s WHERE id = %s",
)


class Work:
    """What is timed: each name is a kind of work, done so many times; milliseconds of one, out."""

    def __init__(self, count: int) -> None:
        self.chance = random.Random(11)
        self.count, self.made = count, 0
        busy = yard.PEOPLE["the busiest clerk"][1]
        mine = Item.unguarded.filter(lead__key=busy, kind="open").values_list("pk", flat=True)
        self.all = list(Item.unguarded.order_by("pk").values_list("pk", flat=True)[:: max(1, count // 10_000)])
        self.items = list(mine)
        self.chance.shuffle(self.items)
        self.versions: dict[UUID, int] = dict.fromkeys(self.items, 1)
        self.users = {name: User.unguarded.get(username=name) for name in yard.PEOPLE}

    def act(self) -> None:
        """A report by a clerk, with words: an event, a text, the item's row."""
        item = self.items[self.made % len(self.items)]
        self.made += 1
        fields = {"progress": f"已完成第{self.made}段，下周进场施工"}
        now = yard.NOW + datetime.timedelta(minutes=self.made)
        viewer = self.users["the busiest clerk"]
        done = act(viewer, item, "report", fields=fields, expected=self.versions[item], now=now)
        self.versions[item] = done.sequence

    def bare(self) -> None:
        """What an act must do at the least, without any rule: the same two rows added, the same row changed."""
        self.made += 1
        item = self.items[self.made % len(self.items)]
        self.versions[item] += 1
        event, version, head = self.chance.getrandbits(128), self.versions[item], f"{self.chance.getrandbits(256):064x}"
        known = (
            version,
            *yard.BOOK,
            "report",
            "post",
            "2",
            "CN.0.3.4:L3",
            yard.NOW,
            yard.NOW,
            yard.PAYLOAD,
            "sha256",
            head,
            head,
            None,
        )
        key, row = yard._id(UUID(int=event)), yard._id(item)
        rows = ([key, row, *known], [key, "progress", "post:2", yard.WORDS, b"x" * 32], [version, head, row])
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in zip(BARE, rows, strict=True):
                cursor.execute(statement, values)

    def key(self) -> None:
        """One item by its primary key, through the ORM."""
        Item.unguarded.get(pk=self.chance.choice(self.all))

    def page(self, name: str) -> Callable[[], None]:
        """The first page of what waits for somebody, as a desk asks for it that knows who is signed in."""
        scope = sees(self.users[name], yard.DAY)

        def ask() -> None:
            waiting_for(scope)

        return ask

    def inbox(self, name: str) -> Callable[[], None]:
        """The first tab of somebody's inbox, with the counts of all."""
        scope = sees(self.users[name], yard.DAY)

        def ask() -> None:
            waiting_in(scope, tabs()["waiting"])
            counted(scope, {key: wanted for key, wanted in tabs().items() if key != "all"})

        return ask

    def to_sign(self, name: str) -> Callable[[], None]:
        """A tab of the inbox in which there is nothing, beside all that is in hand."""
        scope = sees(self.users[name], yard.DAY)

        def ask() -> None:
            waiting_in(scope, tabs()["to_sign"])

        return ask

    def sheet(self, name: str) -> Callable[[], None]:
        """All that the page of an item says."""
        user, mine = self.users[name], self.items if name == "the busiest clerk" else self.all

        def ask() -> None:
            there = found(user, self.chance.choice(mine), yard.NOW)
            sheet(there.subject, before=None, oldest_first=False, language="zh-hans")

        return ask

    def seen(self, name: str) -> Callable[[], None]:
        """The first page of all that is open within somebody's sight."""
        scope = sees(self.users[name], yard.DAY)

        def ask() -> None:
            found = Item.seen.within(scope).filter(ended_on__isnull=True)
            list(found.order_by("due", "pk").values_list("pk", "number", "words", "state", "due")[:50])

        return ask


def main() -> None:
    """Make the yard, say what it took, then time what is asked for, a line each."""
    count = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    yard.country()
    yard.fill(count)
    work = Work(count)
    settle()
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    serve(lambda kind, name: getattr(work, kind)(name) if name else getattr(work, kind))


if __name__ == "__main__":
    main()
