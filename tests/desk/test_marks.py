"""Days and lights as pages write them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone, translation

from luoshi.desk.lights import called, light, limits
from luoshi.desk.templatetags.luoshi_desk import day
from luoshi.measuring.lights import names

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


@pytest.mark.django_db
@pytest.mark.parametrize("rule", names())
def test_every_rule_lights_pages_and_lists_alike(rule: str, settings: Any) -> None:
    settings.LUOSHI_LIGHTS = rule
    found = limits(DAY)
    for left in range(-20, 20):
        due = DAY + datetime.timedelta(left)
        first, last = found[light("open", due, DAY).key]
        assert (first is None or first <= due) and (last is None or due <= last)
    assert called("undated") == "○ 未定期限"


def test_a_light_speaks_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert light("open", DAY, DAY)[1:] == ("▲", "Due soon", "yellow", "Due today")
    with translation.override("zh-hant"):
        assert light("dropped", None, DAY).reason == "已中止" and called("near") == "▲ 臨近"
