"""Days and lights as pages write them."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import pytest
from django.utils import timezone, translation

from luoshi.desk.lights import called, light, limits, standing, timeless
from luoshi.desk.templatetags.luoshi_desk import day
from luoshi.ledger.machine.days import CHINA
from luoshi.measuring.lights import end_of, names

NOW = datetime.datetime(2026, 11, 22, 10, tzinfo=CHINA)
DAY = NOW.date()


class Row(NamedTuple):
    """As much of an item as a list knows."""

    kind: str
    due_at: Any
    due: datetime.date | None


def row(kind: str, left: int | None, hours: float = 24) -> Row:
    """What is due so many days from now, at an hour of that day; at its end, if not said."""
    if left is None:
        return Row(kind, None, None)
    due = DAY + datetime.timedelta(left)
    return Row(kind, end_of(due) - datetime.timedelta(hours=24 - hours), due)


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
    lit = light(standing(row(kind, left)), NOW)
    assert lit.key == key and lit.shape and lit.word and (lit.reason or kind in ("done", "dropped"))


# Days from now, and hours of the day at which they are due.
ROWS = [row("open", left, hours) for left in range(-20, 20) for hours in (0, 9, 10, 10.5, 24)]


@pytest.mark.django_db
@pytest.mark.parametrize("rule", names())
def test_every_rule_lights_pages_and_lists_alike(rule: str, settings: Any) -> None:
    settings.LUOSHI_LIGHTS = rule
    found = limits(NOW)
    for each in ROWS:
        after, to = found[light(standing(each), NOW).key]
        assert (after is None or after < each.due_at) and (to is None or each.due_at <= to)
    assert called("undated") == "○ 未定期限" and called("still") == "‖ 停计"


def test_what_has_no_moment_stands_still_or_has_no_deadline() -> None:
    still, undated = Row("waiting", None, DAY), Row("waiting", None, None)
    none = timeless(NOW)
    assert [none[light(standing(each), NOW).key] for each in (still, undated)] == ["still", "undated"]
    assert light(standing(still), NOW).reason == "停止计时"
    assert light(standing(Row("done", None, DAY)), NOW).key == "done"


def test_a_light_speaks_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert light(standing(row("open", 0)), NOW)[1:] == ("▲", "Due soon", "yellow", "Due today")
    with translation.override("zh-hant"):
        assert light(standing(row("dropped", None)), NOW).reason == "已中止" and called("near") == "▲ 臨近"
