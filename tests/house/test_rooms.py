"""Tables know only tables of their own room and of rooms below: what import-linter cannot see in a name in quotes."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

# Rooms with tables, from the bottom up (DESIGN, the house).
ROOMS = ("places", "calendar", "people", "documents", "ledger", "intake", "delivery", "desk")
# Who made a change is noted beside every kept state, by django-simple-history.
NOTED = {"history_user"}


def upward() -> list[str]:
    """Relations from a table to one of a room above it."""
    rank = {room: number for number, room in enumerate(ROOMS)}
    found = []
    for model in [m for room in ROOMS for m in apps.get_app_config(room).get_models(include_auto_created=True)]:
        for field in model._meta.get_fields():
            to = getattr(field, "related_model", None)
            if field.auto_created or to is None or isinstance(to, str) or field.name in NOTED:
                continue
            if rank.get(to._meta.app_label, -1) > rank[model._meta.app_label]:
                found.append(f"{model.__name__}.{field.name} → {to.__name__}")
    return found


def test_it_works() -> None:
    assert upward() == []


def test_a_relation_upward_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.house.test_rooms.ROOMS", ("people", "places"))
    assert "Post.unit → Unit" in upward()


def test_every_room_with_tables_is_ranked() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("luoshi.")}
    assert ours == set(ROOMS)
    assert all(issubclass(model, models.Model) for room in ROOMS for model in apps.get_app_config(room).get_models())
