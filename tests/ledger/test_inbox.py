"""What waits for somebody: by ways and states, each item once, nothing out of sight, counted as it is shown."""

from __future__ import annotations

import datetime
import random
from uuid import UUID

import pytest

from luoshi.ledger.inbox import ROLES, Count, Wanted, concerns, counted, waiting_in
from luoshi.ledger.lists import NEVER, SIZE, After, Waiting
from luoshi.ledger.models import Item, Support
from luoshi.ledger.policy import OF_A_UNIT
from luoshi.people.roles import Role
from luoshi.people.seeing import sees
from tests.people.made import DAY

from .office import PEOPLE, Office, at, office, open_task

pytestmark = pytest.mark.django_db
COUNT = 300
STATES = ("registered", "dispatched", "in_hand", "closure_asked", "verified")
DUE: Wanted = {
    "lead": frozenset({"dispatched", "in_hand"}),
    "verifier": frozenset({"closure_asked"}),
    "checks": frozenset({"closure_asked"}),
    "opener": frozenset({"registered", "verified"}),
    "oversees": frozenset({"registered", "verified"}),
}
ANY: Wanted = {"lead": None, "support": None, "verifier": None, "opener": None}


@pytest.fixture
def there() -> Office:
    """Items in all sorts of states, led, opened and verified by all sorts, in the city and below it."""
    made, chance = office(), random.Random(5)
    first = Item.unguarded.get(pk=open_task(made["city"]).item)
    units = [made.world.units[key] for key in ("A1:water", "A1:civil", "A1a:water")]
    posts = [None, made.posts["checker"], made.posts["city"], made.posts["province"]]
    rows, supports = [], []
    for n in range(COUNT):
        row = Item.unguarded.get(pk=first.pk)
        row.pk, row.serial, row.number = UUID(int=chance.getrandbits(128)), n + 2, f"{n}"
        row.place = made.world.places[chance.choice(("A1", "A1", "A1a"))]
        row.line = made.world.lines[chance.choice(("water", "civil"))]
        row.lead, row.opened_by = chance.choice(units), chance.choice(posts)
        row.verifier = chance.choice((None, None, made.posts["checker"], made.posts["checker_water"]))
        row.state = chance.choice(STATES)
        row.kind = "open" if row.state == "in_hand" else "waiting"
        row.due = chance.choice((None, DAY + datetime.timedelta(chance.randrange(-20, 20))))
        row.due_at = chance.choice((None, at(chance.randrange(-480, 480))))
        row.ended_on = DAY if n % 7 == 0 else None
        rows.append(row)
        supports += [Support(item=row, unit=chance.choice(units), rank=0)] if n % 3 == 0 else []
    Item.unguarded.bulk_create(rows)
    Support.unguarded.bulk_create(supports)
    return made


def all_pages(there: Office, name: str, wanted: Wanted) -> list[Waiting]:
    scope = sees(there[name], DAY)
    found: list[Waiting] = []
    after: After | None = None
    while True:
        page = waiting_in(scope, wanted, after=after)
        found += page.rows
        assert len(page.rows) == SIZE or page.next is None
        if page.next is None:
            return found
        after = page.next


def expected(there: Office, name: str, wanted: Wanted) -> list[UUID]:
    """What the words say, row by row, of all that is open."""
    scope = sees(there[name], DAY)
    supports = set(Support.unguarded.values_list("item", "unit"))
    found = []
    for row in Item.unguarded.filter(ended_on=None):
        for part in scope.parts:
            near = int(part.paths[0].split("/")[-2]) == row.place_id and (
                part.lines is None or row.line_id in part.lines
            )
            holds = {
                "lead": part.role in OF_A_UNIT and part.unit == row.lead_id,
                "support": part.role in OF_A_UNIT and (row.pk, part.unit) in supports,
                "verifier": part.role == Role.VERIFIER and part.post == row.verifier_id,
                "opener": part.role == Role.SUPERVISOR and part.post == row.opened_by_id,
                "checks": part.role == Role.VERIFIER and near and row.verifier_id is None,
                "oversees": part.role == Role.SUPERVISOR and near,
            }
            if any(holds[way] and (states is None or row.state in states) for way, states in wanted.items()):
                found.append(row)
                break
    return [row.pk for row in sorted(found, key=lambda row: (row.due_at is None, row.due_at or NEVER, row.pk))]


def test_it_works(there: Office) -> None:
    found = all_pages(there, "water", {"lead": frozenset({"dispatched"})})
    assert found and {row.state for row in found} == {"dispatched"}
    assert {(row.lead, row.playbook, row.version) for row in found} == {("临川市水利局", "task", 2)}
    assert {row.opener for row in found} == {None, "临川市人民政府", "江东省人民政府"}


@pytest.mark.parametrize("wanted", [DUE, ANY], ids=["due", "any"])
@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_it_is_what_the_words_say_and_in_sight(name: str, wanted: Wanted, there: Office) -> None:
    found = [row.item for row in all_pages(there, name, wanted)]
    assert found == expected(there, name, wanted)
    assert set(found) <= set(Item.seen.within(sees(there[name], DAY)).values_list("pk", flat=True))


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_what_is_counted_is_what_is_shown(name: str, there: Office) -> None:
    counts = counted(sees(there[name], DAY), {"due": DUE})
    assert counts == {"due": Count(len(all_pages(there, name, DUE)), False)}


def test_beyond_what_is_counted_there_are_more(there: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.ledger import inbox

    monkeypatch.setattr(inbox, "MOST", 10)
    inbox._state_of.cache_clear()
    assert counted(sees(there["water"], DAY), {"lead": {"lead": None}})["lead"] == Count(10, True)
    inbox._state_of.cache_clear()


def test_nobody_has_anything_waiting(there: Office) -> None:
    nobody = sees(None, DAY)
    assert waiting_in(nobody, DUE) == ((), None) and not concerns(nobody, DUE)
    assert counted(nobody, {"due": DUE}) == {"due": Count(0, False)}
    assert all(waiting_in(sees(there["observer"], DAY), {way: DUE.get(way)}).rows == () for way in ROLES)
