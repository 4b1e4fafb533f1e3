"""A list in pages is what is seen and wanted, in its order, each once, however few rows are looked at for a page."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from luoshi.ledger.browsing import SIZE, At, Found, Wanted, browse, pages, rows_of, seen, sources
from luoshi.ledger.browsing.wanted import stretches
from luoshi.ledger.clocks.days import end_of
from luoshi.ledger.models import Item, Support
from luoshi.ledger.searching import reindex
from luoshi.people.models import Role
from luoshi.people.scope import Scope
from luoshi.people.seeing import sees
from tests.people.made import DAY, post

from .office import NOW, Office, at, open_task

pytestmark = pytest.mark.django_db
COUNT = 150
# A supervisor over all lines, a clerk of a line, a verifier with a second post, nobody's colleague.
NAMES = ("city", "water", "checker", "admin")
WORDS = ("修好病险水库", "清理河道乱占", "核查低保对象", "水库除险加固")


@pytest.fixture
def full(there: Office) -> Office:
    """Items of all places, lines, lists, states and deadlines, taken part in by all sorts of units and posts."""
    # Of its own, so that the rest of a row does not hang on it.
    moments = random.Random(6)
    chance, first = random.Random(5), Item.unguarded.get(pk=open_task(there["city"]).item)
    units: list[Any] = list(there.world.units.values())
    posts: list[Any] = [None, *there.posts.values()]
    for name in ("checker", "county"):
        post(there[name], Role.OBSERVER, there.world.units["A2:civil"])
    rows, supports = [], []
    for n in range(COUNT):
        row = Item.unguarded.get(pk=first.pk)
        row.pk, row.serial, row.number = UUID(int=chance.getrandbits(128)), n + 2, f"第{n}号"
        row.place, row.line = (
            chance.choice([*there.world.places.values()]),
            chance.choice([None, *there.world.lines.values()]),
        )
        row.lead, row.opened_by, row.verifier = (chance.choice(each) for each in ([None, *units], posts, posts))
        row.due = chance.choice((None, DAY + datetime.timedelta(chance.randrange(-9, 9))))
        row.ended_on = DAY if n % 3 == 0 else None
        # By its deadline, by another clock, or not at any moment: with a deadline it stands still.
        choices = (end_of(row.due or DAY), at(moments.randrange(-99, 99)), None)
        row.due_at = None if row.ended_on else moments.choice(choices)
        row.state = "closed" if row.ended_on else chance.choice(("registered", "dispatched", "in_hand"))
        row.list, row.words = chance.choice(("tasks", "tasks", "instructions")), chance.choice(WORDS)
        rows.append(row)
        supports += [Support(item=row, unit=chance.choice(units), rank=0)] if n % 3 == 0 else []
    Item.unguarded.bulk_create(rows)
    Support.unguarded.bulk_create(supports)
    reindex()
    return there


@pytest.fixture(params=["as it is", "walking", "looking at a few"])
def way(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As it is (few rows: all are read), walking the indexes, and walking with hardly a look."""
    monkeypatch.setattr(pages, "COUNTED", 100)
    if request.param != "as it is":
        monkeypatch.setattr(sources, "NARROW", 0)
    if request.param == "looking at a few":
        monkeypatch.setattr(sources, "LOOKS", 23)
        monkeypatch.setattr(sources, "LOOKS_READING", 23)
    yield


def asked(there: Office) -> dict[str, Wanted]:
    """What may be asked for, each thing alone and some together."""
    path = {key: there.world.places[key].states.get().path for key in ("A1", "A1a", "B")}
    water = there.world.lines["water"].pk
    leads = tuple(there.world.units[key].pk for key in ("A1:water", "A1a:civil"))
    day = datetime.timedelta(1)
    return {
        "all in hand": Wanted(),
        "newest": Wanted(order="new"),
        "ended": Wanted(ended=True, order="new"),
        "all": Wanted(ended=None, order="new"),
        "a list": Wanted(list="instructions"),
        "a state": Wanted(state="dispatched"),
        "a place": Wanted(paths=(path["A1a"],)),
        "a wider place": Wanted(paths=(path["A1"],), order="new"),
        "a foreign place": Wanted(paths=(path["B"],)),
        "a line": Wanted(line=water),
        "leads": Wanted(leads=leads),
        "nobody": Wanted(leads=()),
        "late": Wanted(due_to=NOW),
        "near": Wanted(due_after=NOW, due_to=end_of(DAY + 3 * day)),
        "late, newest": Wanted(due_to=NOW, order="new"),
        "late or was to be by then": Wanted(ended=None, due_to=end_of(DAY), order="new"),
        "had to be between": Wanted(ended=True, due_after=end_of(DAY - day), due_to=end_of(DAY + 3 * day), order="new"),
        "still": Wanted(timeless="still"),
        "still, newest": Wanted(timeless="still", order="new"),
        "undated": Wanted(timeless="undated"),
        "not due at any moment": Wanted(timeless="both", line=water),
        "mine": Wanted(mine=True),
        "my ended": Wanted(mine=True, ended=True, order="new"),
        "words": Wanted(words="水库"),
        "a character": Wanted(words="河"),
        "my words": Wanted(words="水库 修好", mine=True),
        "together": Wanted(list="tasks", state="in_hand", paths=(path["A1"],), line=water, due_after=NOW),
    }  # fmt: skip


def all_pages(there: Office, name: str, wanted: Wanted) -> list[Found]:
    found = [browse(sees(there[name], DAY), wanted)]
    while found[-1].behind:
        at = found[-1].looked_to or found[-1].items[-1]
        found.append(browse(sees(there[name], DAY), wanted, at))
        assert len(found) < 200
    return found


def test_it_works(full: Office) -> None:
    wanted = Wanted(order="due")
    found = browse(sees(full["city"], DAY), wanted)
    rows = rows_of(at.item for at in found.items)
    assert len(rows) == SIZE
    dues = [row.due_at or datetime.datetime.max.replace(tzinfo=datetime.UTC) for row in rows]
    assert dues == sorted(dues)
    assert found.number == seen(sees(full["city"], DAY), wanted).count() and not found.before and found.behind


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("name", NAMES)
def test_it_is_all_that_is_seen_and_wanted_in_order(full: Office, name: str) -> None:
    for what, wanted in asked(full).items():
        right = list(seen(sees(full[name], DAY), wanted).values_list("pk", flat=True))
        got = all_pages(full, name, wanted)
        assert [at.item for page in got for at in page.items] == right, what
        assert all(len(page.items) == SIZE for page in got[:-1] if page.looked_to is None)
        assert got[0].number in (len(right), min(len(right), 101), None)


@pytest.mark.usefixtures("way")
def test_it_goes_back_the_same_way(full: Office) -> None:
    scope = sees(full["province"], DAY)
    for what, wanted in asked(full).items():
        right = list(seen(scope, wanted).values_list("pk", flat=True))
        if right:
            end = rows_of(right[-1:])[0]
            assert backwards(scope, wanted, At(end.due_at if wanted.order == "due" else None, end.item)) == right, what


def backwards(scope: Scope, wanted: Wanted, end: At) -> list[UUID]:
    """The items before and with the last, page by page."""
    got, at = [end.item], end
    while True:
        page = browse(scope, wanted, at, back=True)
        got = [each.item for each in page.items] + got
        if not page.before:
            return got
        at = page.looked_to or page.items[0]


def test_nobody_sees_anything(full: Office) -> None:
    assert browse(sees(None, DAY), Wanted()).items == ()


def test_what_has_ended_has_no_order_of_deadlines() -> None:
    with pytest.raises(ValueError, match="order of opening"):
        Wanted(ended=True)


@pytest.mark.parametrize("back", [False, True])
def test_walks_are_in_the_order_of_the_indexes(back: bool) -> None:
    """Also where nothing is due at any moment: PostgreSQL would walk through everything else by its id."""
    walked = [stretch.order for stretch in stretches(Wanted(), None, back)]
    assert walked == [("-due_at", "-pk") if back else ("due_at", "pk")] * 2
