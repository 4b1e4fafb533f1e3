"""One's own list: what one takes part in and is not done, overdue first, each once, in pages that leave nothing out."""

from __future__ import annotations

import datetime
import random
from uuid import UUID

import pytest

from luoshi.ledger.clocks.days import end_of
from luoshi.ledger.lists import NEVER, SIZE, WAYS, After, Waiting, waiting_for
from luoshi.ledger.models import Item, Support
from luoshi.people.seeing import sees
from tests.people.made import DAY

from .office import NOW, PEOPLE, Office, at, office, open_task

pytestmark = pytest.mark.django_db
# More than two pages for the busiest, and several with the same deadline, and with none.
COUNT = 260


@pytest.fixture
def there() -> Office:
    """Items led and supported by all sorts of units, opened and verified by all sorts of posts."""
    made, chance = office(), random.Random(3)
    first = Item.unguarded.get(pk=open_task(made["city"]).item)
    units = [made.world.units[key] for key in ("A1:water", "A1:civil", "A1a:water", "A1b:water")]
    posts = [None, None, made.posts["checker"], made.posts["city"], made.posts["province"]]
    rows, supports = [], []
    for n in range(COUNT):
        row = Item.unguarded.get(pk=first.pk)
        row.pk, row.serial, row.number = UUID(int=chance.getrandbits(128)), n + 2, f"{n}"
        row.lead, row.opened_by, row.verifier = chance.choice(units), chance.choice(posts), chance.choice(posts)
        row.due = chance.choice((None, DAY + datetime.timedelta(chance.randrange(-20, 20))))
        # By its deadline, by another clock, or standing still.
        row.due_at = chance.choice((end_of(row.due or DAY), at(chance.randrange(-99, 99)), None)) if n % 4 else None
        row.ended_on = DAY if n % 5 == 0 else None
        rows.append(row)
        supports += [Support(item=row, unit=chance.choice(units[1:]), rank=0)] if n % 3 == 0 else []
    Item.unguarded.bulk_create(rows)
    Support.unguarded.bulk_create(supports)
    return made


def all_pages(there: Office, name: str, *ways: str) -> list[Waiting]:
    scope = sees(there[name], DAY)
    after: After | None = None
    found: list[Waiting] = []
    while True:
        page = waiting_for(scope, after=after, takes_part=ways)
        found += page.rows
        assert len(page.rows) == SIZE or page.next is None
        if page.next is None:
            return found
        after = page.next


def test_it_works(there: Office) -> None:
    found = all_pages(there, "water", "lead")
    dues = [row.due_at for row in found]
    dated = [due for due in dues if due]
    assert dues == sorted(dated) + [None] * (len(dues) - len(dated)) and dated[0] < NOW < dated[-1]
    assert (found[0].overdue(NOW), found[-1].overdue(NOW)) == (True, False)
    assert {(row.place, row.lead) for row in found} == {("临川市", "临川市水利局")}


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_it_is_all_that_one_takes_part_in_and_sees(there: Office, name: str) -> None:
    scope = sees(there[name], DAY)
    units, posts = {part.unit for part in scope.parts}, {part.post for part in scope.parts}
    supported = {item for item, unit in Support.unguarded.values_list("item", "unit") if unit in units}
    wanted = [
        row
        for row in Item.seen.within(scope).filter(ended_on=None)
        if row.lead_id in units or row.pk in supported or posts & {row.verifier_id, row.opened_by_id}
    ]
    wanted.sort(key=lambda row: (row.due_at is None, row.due_at or NEVER, row.pk))
    found = all_pages(there, name)
    assert [row.item for row in found] == [row.pk for row in wanted]


@pytest.mark.parametrize("way", WAYS)
def test_by_one_way_alone(there: Office, way: str) -> None:
    names = {"lead": "water", "support": "civil", "verifier": "checker", "opener": "province"}
    found = all_pages(there, names[way], way)
    assert found and {row.takes_part for row in found} == {way}


def test_nobody_has_a_list(there: Office) -> None:
    nowhere: After = (None, UUID(int=2**128 - 1))
    assert waiting_for(sees(None, DAY)) == ((), None)
    assert waiting_for(sees(there["water"], DAY), after=nowhere).rows == ()
