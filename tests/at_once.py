"""A piece of work in, what came of it when many did it at one signal, each with a connection of their own, out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

MANY = 6
# SQLite's database of tests lies in memory and lets one write at a time whatever is asked; its file is tried in bench/.
many_connections = pytest.mark.skipif(connection.vendor == "sqlite", reason="one connection in memory")


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What came of the same work done by many: what it returned or raised, by number."""
    found: list[Any] = [None] * MANY
    gate = threading.Barrier(MANY)

    def one(number: int) -> None:
        gate.wait()
        try:
            found[number] = work(number)
        except BaseException as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
