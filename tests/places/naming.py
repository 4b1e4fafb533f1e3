"""What the tests of names share: one directory, and a name's answer in a few words."""

from __future__ import annotations

from datetime import date

from luoshi.places.names import Answer, Context, default_directory, resolve

DIRECTORY = default_directory()
NOW = date(2025, 12, 31)
ZHEJIANG, HANGZHOU, TONGLU, XIHU = "330000", "330100", "330122", "330106"


def meant(name: str, place: str | None = ZHEJIANG, day: date = NOW, sender: str | None = None) -> Answer:
    """What a name means, said in a place on a day."""
    return resolve(name, Context(place, day, sender), DIRECTORY)


def in_short(answer: Answer) -> str:
    """An answer as a line: the unit, `?` and the units not told apart, the members, the group, or the kind."""
    if answer.kind == "several":
        return " + ".join(map(in_short, answer.members))
    if answer.kind == "unit":
        return answer.unit or "? " + " ".join(c.unit for c in answer.candidates[:2])
    return f"{answer.kind} {answer.group} {len(answer.units) or ''}".strip()
