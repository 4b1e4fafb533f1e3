"""Fixtures and options for all tests; says once when the shared material is absent."""

from __future__ import annotations

import pytest
from hypothesis import settings

from .folders import SHARED

settings.register_profile("project", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("project")


def pytest_report_header() -> str:
    where = "there" if SHARED else "NOT there: tests on the shared gold and corpora are left out"
    return f"shared material: {where}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED:
        return
    absent = pytest.mark.skip(reason="the shared material (../shared) is not there")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)
