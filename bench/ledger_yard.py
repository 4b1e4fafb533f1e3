"""A number of items in, a database with as many, with units, people and real indexes, out."""

from __future__ import annotations

import datetime
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
if "LUOSHI_HOME" not in os.environ:
    sys.exit("LUOSHI_HOME is not set: the items would go into the database of this machine's user")
import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from luoshi.calendar import Calendar, current  # noqa: E402
from luoshi.ledger.actions.books import newest  # noqa: E402
from luoshi.ledger.clocks import timing  # noqa: E402
from luoshi.ledger.machine import Tape  # noqa: E402
from luoshi.ledger.machine.tapes import as_json  # noqa: E402
from luoshi.ledger.models import Series  # noqa: E402
from luoshi.people.models import Post, Role, User  # noqa: E402
from luoshi.places.models import Level, Line, Place, PlaceState, Unit  # noqa: E402

SINCE = datetime.date(2000, 1, 1)
NOW = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = NOW.date()
# A country small enough to be made in seconds: places below each, lines with a unit at each place.
TREE = ((Level.PROVINCE, 2), (Level.PREFECTURE, 10), (Level.COUNTY, 9))
LINES = 12
# One item in this many belongs to the busiest unit; four in ten are open.
BUSY, OPEN = 100, 0.4
# Rows sent to the database at once.
BATCH = 20_000
ITEM = (
    *("id", "series_id", "serial", "number", "playbook", "version", "list", "words", "quotation", "place_id"),
    *("line_id", "lead_id", "verifier_id", "opened_by_id", "parent_id", "state", "kind", "due", "facts", "counts"),
    *("opened_on", "ended_on", "asked_by", "asked_unit", "verified_by", "sequence", "head"),
    *("clocks", "due_at", "due_clock", "next_step_at", "calendar"),
)
EVENT = (
    *("id", "item_id", "sequence", "playbook", "version", "verb", "actor_kind", "actor", "actor_unit", "occurred_at"),
    *("recorded_at", "payload", "algorithm", "previous", "hash", "request"),
)
SUPPORT = ["item_id", "unit_id", "rank"]
WORDS = "完成辖区内病险水库除险加固，建立台账，逐座明确责任人和完成时限，每季度通报一次进展"
BOOK = ("task", newest("task").version)
FACTS = {"urgency": "urgent", "frequency": "monthly"}
PAYLOAD = json.dumps({"fields": {"basis": "市政府专题会议纪要"}, "evidence": [], "words": WORDS * 3})


def country() -> None:
    """Places, lines and confirmed units, and the people who work there."""
    top = Place.objects.create(key="CN", name="中国", level=Level.COUNTRY)
    above, states = [(top, f"/{top.pk}/")], [PlaceState(place=top, name="中国", level=top.level, path=f"/{top.pk}/")]
    lines = Line.objects.bulk_create(Line(key=f"L{i}", name=f"线{i}", branch="政府", since=SINCE) for i in range(LINES))
    for level, count in TREE:
        wanted = [(path, f"{place.key}.{i}") for place, path in above for i in range(count)]
        rows = Place.objects.bulk_create(Place(key=key, name=f"地{key}", level=level) for _, key in wanted)
        above = [(row, f"{path}{row.pk}/") for row, (path, _) in zip(rows, wanted, strict=True)]
        states += [PlaceState(place=row, name=row.name, level=level, path=path) for row, path in above]
    for state in states:
        state.since = SINCE
    PlaceState.objects.bulk_create(states)
    known = {"status": Unit.Status.CONFIRMED, "since": SINCE, "confirmed_on": SINCE}
    Unit.objects.bulk_create(
        Unit(key=f"{s.place.key}:{line.key}", name=f"{s.name}{line.name}局", place=s.place, line=line, **known)
        for s in states
        for line in lines
    )
    for key, (role, unit, everything) in PEOPLE.items():
        user = User.unguarded.create_user(key)
        Post.unguarded.create(user=user, role=role, unit=Unit.objects.get(key=unit), since=SINCE, all_lines=everything)


PEOPLE = {
    "a clerk": (Role.CLERK, "CN.0.3.5:L3", False),
    "the busiest clerk": (Role.CLERK, "CN.0.3.4:L3", False),
    "a county's supervisor": (Role.SUPERVISOR, "CN.0.3.5:L0", True),
    "a city's supervisor": (Role.SUPERVISOR, "CN.0.3:L0", True),
    "a province's supervisor": (Role.SUPERVISOR, "CN.0:L0", True),
}


def rows(count: int) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...] | None]]:
    """Items, their opening events, and a support of one in three; made of their numbers, the same every time."""
    chance = random.Random(7)
    units = list(Unit.objects.exclude(place__level=Level.COUNTRY).values_list("pk", "place_id", "line_id", "key"))
    busiest = next(unit for unit in units if unit[3] == PEOPLE["the busiest clerk"][1])
    series = {
        place: Series.unguarded.create(place_id=place, list="tasks", year=2025, last=0).pk
        for place in {u[1] for u in units}
    }
    counting = current()
    for n in range(count):
        unit, place, line, key = busiest if n % BUSY == 0 else units[chance.randrange(len(units))]
        opened = datetime.date(2025, 1, 1) + datetime.timedelta(n * 600 // count)
        is_open = chance.random() < OPEN
        due = opened + datetime.timedelta(chance.randrange(30, 700)) if chance.random() < 0.9 else None
        item = UUID(int=((1_735_689_600_000 + n * 60_000) << 80) | (7 << 76) | (2 << 62) | chance.getrandbits(61))
        state, kind, ended = ("in_hand", "open", None) if is_open else ("closed", "done", opened)
        timed = clocks(opened, due, counting) if is_open else (None,) * 5
        yield (
            (
                _id(item), series[place], n + 1, f"地{place}任务清单〔2025〕{n + 1}号", *BOOK, "tasks", WORDS, None,
                place, line, unit, None, None, None, state, kind, due, json.dumps(FACTS),
                json.dumps({"dispatch": 1, "sign": 1}), opened, ended, "", "", "", 1, f"{n:064x}", *timed,
            ),
            (
                _id(UUID(int=item.int + 1)), _id(item), 1, *BOOK, "open", "system", "bench", key, NOW, NOW, PAYLOAD,
                "sha256", "", f"{n:064x}", None,
            ),
            (_id(item), units[chance.randrange(len(units))][0], 0) if n % 3 == 0 else None,
        )  # fmt: skip


def clocks(opened: datetime.date, due: datetime.date | None, calendar: Calendar) -> tuple[Any, ...]:
    """The columns of clocks of an item that was signed for and reports every month."""
    since = datetime.datetime.combine(opened, datetime.time(9), NOW.tzinfo)
    tapes = {"sign": Tape(since, stopped=since), "feedback": Tape(since)}
    tapes |= {"due": Tape(since, set=due.isoformat())} if due else {}
    found = timing(newest(BOOK[0]), Standing("in_hand", "open", due, FACTS, tapes), calendar)
    return (json.dumps(as_json(tapes)), *found)


class Standing(NamedTuple):
    """As much of an item as its clocks ask."""

    state: str
    kind: str
    due: datetime.date | None
    facts: dict[str, Any]
    clocks: dict[str, Tape]


def _id(value: UUID) -> str:
    return value.hex if connection.vendor == "sqlite" else str(value)


def hurry() -> None:
    """For filling alone: nothing of it needs to outlive a power cut, and half a gigabyte of it stays in memory."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -500000"):
                cursor.execute(f"PRAGMA {pragma}")


def fill(count: int) -> None:
    """Write the items as fast as the database takes them; then it counts what it holds, as a server does by night."""
    hurry()
    made = rows(count)
    with transaction.atomic():
        while batch := list(islice(made, BATCH)):
            _send("ledger_item", ITEM, [item for item, _, _ in batch])
            _send("ledger_event", EVENT, [event for _, event, _ in batch])
            _send("ledger_support", SUPPORT, [support for _, _, support in batch if support])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    # As every process opens it (config.database).
    connection.close()


def _send(table: str, columns: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:  # type: ignore[attr-defined]
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
