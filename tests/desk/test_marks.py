"""Days and lights as pages write them."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone, translation

from luoshi.desk.lights import light
from luoshi.desk.templatetags.luoshi_desk import day

DAY = datetime.date(2026, 11, 22)


def test_it_works() -> None:
    year = timezone.localdate().year
    there = datetime.date(year, 11, 21)
    assert day(there) == f"11月21日 周{'一二三四五六日'[there.weekday()]}"
    assert day(datetime.date(year - 1, 3, 2)) == f"{year - 1}年3月2日"
    with translation.override("en"):
        assert day(datetime.date(year - 1, 3, 2)) == f"2 Mar {year - 1}"


LIGHTS = (
    ("open", None, "undated"),
    ("open", 8, "normal"),
    ("open", 7, "near"),
    ("waiting", 0, "near"),
    ("open", -1, "late"),
    ("done", -1, "done"),
    ("dropped", -30, "dropped"),
)


@pytest.mark.parametrize(("kind", "left", "key"), LIGHTS)
def test_a_light_follows_from_the_state_and_the_deadline(kind: str, left: int | None, key: str) -> None:
    due = None if left is None else DAY + datetime.timedelta(left)
    lit = light(kind, due, DAY)
    assert lit.key == key and lit.shape and lit.word and (lit.reason or kind in ("done", "dropped"))
