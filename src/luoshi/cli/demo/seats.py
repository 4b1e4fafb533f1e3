"""people.yaml in, who works in the demonstration out, and how each is told to whoever tries it. No database."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

PEOPLE = Path(__file__).parent / "people.yaml"


class Person(NamedTuple):
    """One line of people.yaml; `place` is one of Stage.places, `unit` the key of a line."""

    user: str
    name: str
    place: str
    unit: str
    role: str
    purpose: str
    all_lines: bool


class Seat(NamedTuple):
    """A person of the demonstration as told to whoever tries it; without a password once that was told."""

    user: str
    name: str
    unit: str
    role: str
    purpose: str
    password: str = ""


def people() -> tuple[Person, ...]:
    """Everybody of people.yaml, in its order."""
    listed = yaml.safe_load(PEOPLE.read_text("utf-8"))
    return tuple(
        Person(e["user"], e["name"], e["place"], e["unit"], e["role"], e["for"], e.get("all", False)) for e in listed
    )
