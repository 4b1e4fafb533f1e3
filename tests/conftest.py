"""Fixtures and options for all tests; says once when the shared material is absent."""

from __future__ import annotations

import gc

import pytest
from django.utils import translation
from hypothesis import settings

from .folders import SHARED

settings.register_profile("project", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("project")


@pytest.fixture(autouse=True)
def _a_language_is_not_carried_over() -> None:
    """A page asked for in English leaves English behind for whatever the same process tries next."""
    translation.deactivate()


def pytest_collection_finish() -> None:
    """What is there by now stays; to look through it for what can be thrown away took an eighth of the time of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_report_header() -> str:
    where = "there" if SHARED else "NOT there: tests on the shared gold and corpora are left out"
    return f"shared material: {where}"


# Files that take longest are begun first, so that no process is left alone with one of them at the end.
LONG = (
    "places/test_country.py",
    "desk/test_every_page.py",
    "desk/test_wrong_input.py",
    "browser/test_every_page.py",
    "browser/test_stories.py",
    "ledger/test_faults.py",
    "ledger/test_walks.py",
    "streams/test_stopping.py",
    "house/test_docs.py",
    "ledger/test_backup.py",
    "ledger/test_wandering.py",
    "ledger/test_sweep_kills.py",
    "cli/test_hostile.py",
    "cli/test_demo.py",
    "cli/test_read.py",
    "ledger/schedule/test_any_plan.py",
)


def _rank(item: pytest.Item) -> int:
    """The place of a test's file among the long ones; the others keep their order behind them."""
    return next((place for place, name in enumerate(LONG) if item.path.as_posix().endswith(name)), len(LONG))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_rank)
    if SHARED:
        return
    absent = pytest.mark.skip(reason="the shared material (../shared) is not there")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)
