"""A number of items in, a database with as many, in a country with towns, out; pages that somebody opens on it, timed.

`python -m bench.lists` starts one process of this for each size and lets them take turns.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import cache, partial

from bench import ledger_yard as yard
from bench.bursts import serve

# isort: split
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from luoshi.documents.grams import put, take_away
from luoshi.ledger.models import Item, SearchText
from luoshi.people.models import Role, User
from luoshi.places.models import Level
from luoshi.reading.folding import bigrams, folded

# Towns below counties; units are busy as ever.
yard.TREE = (*yard.TREE, (Level.TOWNSHIP, 5))
yard.PEOPLE = {
    "province": (Role.SUPERVISOR, "CN.0:L0", True),
    "city": (Role.SUPERVISOR, "CN.0.3:L0", True),
    "county": (Role.SUPERVISOR, "CN.0.3.5:L0", True),
    "township": (Role.SUPERVISOR, "CN.0.3.5.2:L0", True),
    "line of the province": (Role.SUPERVISOR, "CN.0:L3", False),
    "line of a county": (Role.CLERK, "CN.0.3.5:L3", False),
    "the busiest clerk": (Role.CLERK, "CN.0.3.4:L3", False),
}
# One item in so many is of another list, in a state of its own, or holds a word.
SHARES = (("list", "instructions", 20), ("state", "dispatched", 50), ("state", "returned", 1000))
GRAMS = SearchText._meta.get_field("grams")
# One in so many stands still.
STILL = 30
WORDS = {"水库": 1, "移民": 100, "白蚁": 50_000}


def vary() -> None:
    """Lists and states of some, and what items are found by."""
    yard.hurry()
    with transaction.atomic(), connection.cursor() as cursor:
        for column, value, share in SHARES:
            only = "ended_on IS NULL AND" if column == "state" else ""
            cursor.execute(f"UPDATE ledger_item SET {column} = %s WHERE {only} serial %% %s = 0", [value, share])
        cursor.execute("UPDATE ledger_item SET due_at = NULL WHERE ended_on IS NULL AND serial %% %s = 0", [STILL])
        made = []
        for pk, serial in Item.unguarded.order_by().values_list("pk", "serial"):
            said = "".join(word for word, share in WORDS.items() if serial % share == 0)
            made.append((yard._id(pk), *_text(f"完成辖区内{said}的任务")))
        # SQLite's index is flushed for every row that a trigger adds; made of all rows at once it takes a minute.
        take_away(connection, SearchText._meta.db_table)
        for at in range(0, len(made), yard.BATCH):
            yard._send(SearchText._meta.db_table, ["item_id", "words", "grams"], made[at : at + yard.BATCH])
        put(connection, SearchText._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    connection.close()


@cache
def _text(words: str) -> tuple[str, str]:
    """Words as they are kept to be found."""
    return folded(words), GRAMS.get_db_prep_value(bigrams(folded(words)), connection)


def opening() -> Callable[[str, str], None]:
    """Somebody opens a page as a browser does, signed in."""
    clients = {}
    for name in yard.PEOPLE:
        clients[name] = Client(SERVER_NAME="localhost")
        clients[name].force_login(User.unguarded.get(username=name))

    def open_(name: str, address: str) -> None:
        answer = clients[name].get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} {address}: {answer.status_code}")

    return open_


def main() -> None:
    """Make the yard, say what it took, then time what is asked for: a line `open TIMES WHO TAB ADDRESS` each."""
    count = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    yard.country()
    yard.fill(count)
    vary()
    open_, item = opening(), Item.unguarded.filter(lead__key="CN.0.3.4:L3").first()
    print(f"{time.monotonic() - began:.0f} s", flush=True)

    def opened(_kind: str, name: str) -> Callable[[], None]:
        who, _tab, address = name.partition("\t")
        return partial(open_, who, reverse("item", args=(item.pk,)) if address == "item" and item else address)

    serve(opened)


if __name__ == "__main__":
    main()
