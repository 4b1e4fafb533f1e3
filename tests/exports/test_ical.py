"""A calendar of items: well formed, folded, the same bytes for the same items, and read again as what went in."""

from __future__ import annotations

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from luoshi.exports.ical import TITLE, Dated, calendar_of

MOMENT = datetime.datetime(2026, 7, 3, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
ITEM = Dated(
    uuid.UUID(int=7),
    "水库、山塘、堤防全线巡查一遍",
    datetime.date(2026, 7, 31),
    4,
    MOMENT,
    "open",
    ("临川市任务清单〔2026〕1号 · 临川市 · 办理中", "牵头单位：临川市水利局"),
    "https://luoshi.example/items/7/",
)


def read(*items: Dated) -> list[Component]:
    return Calendar.from_ical(calendar_of(items, "落实 · 期限")).subcomponents


def test_it_works() -> None:
    todo, event = read(ITEM)
    assert (todo.name, event.name) == ("VTODO", "VEVENT")
    assert (todo["uid"], event["uid"]) == (f"{ITEM.item}-todo@luoshi", f"{ITEM.item}-due@luoshi")
    assert todo.decoded("due") == event.decoded("dtstart") == ITEM.due
    assert event.decoded("dtend") == datetime.date(2026, 8, 1) and event["transp"] == "TRANSPARENT"
    assert all(each["sequence"] == 4 and str(each["url"]) == ITEM.address for each in (todo, event))
    assert all(each.decoded("dtstamp") == MOMENT.astimezone(datetime.UTC) for each in (todo, event))


def test_the_head_says_what_programs_ask() -> None:
    said = calendar_of((), "落实 · 期限").decode()
    for line in ("VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:落实 · 期限", "REFRESH-INTERVAL;VALUE=DURATION:PT4H"):
        assert f"\r\n{line}\r\n" in said


@pytest.mark.parametrize(("kind", "status"), [("open", "IN-PROCESS"), ("waiting", "NEEDS-ACTION")])
def test_what_a_task_is_waiting_for(kind: str, status: str) -> None:
    assert read(ITEM._replace(kind=kind))[0]["status"] == status


def test_an_item_that_moved_on_is_the_same_entry_with_a_later_sequence() -> None:
    before, after = read(ITEM), read(ITEM._replace(version=5, due=datetime.date(2026, 8, 15)))
    assert [each["uid"] for each in before] == [each["uid"] for each in after]
    assert [each["sequence"] for each in after] == [5, 5]


def test_long_words_are_cut_in_the_title_alone() -> None:
    todo, _ = read(ITEM._replace(words="字" * 500))
    assert len(str(todo["summary"])) == TITLE and "字" * 500 in str(todo["description"])


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=300)


@given(words=WORDS, due=st.dates(datetime.date(1900, 1, 1), datetime.date(2900, 1, 1)), version=st.integers(1, 10**6))
def test_whatever_the_words_the_lines_are_folded_and_read_again(words: str, due: datetime.date, version: int) -> None:
    item = ITEM._replace(words=words, due=due, version=version)
    made = calendar_of([item], "落实")
    assert made == calendar_of([item], "落实")
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and lines[-1] == b"" and b"\n" not in b"".join(lines)
    assert [line for line in lines if line.startswith(b"BEGIN:")] == [
        b"BEGIN:VCALENDAR",
        b"BEGIN:VTODO",
        b"BEGIN:VEVENT",
    ]
    todo, event = read(item)
    assert todo.decoded("due") == event.decoded("dtstart") == due and todo["sequence"] == version
    assert str(todo["description"]).startswith(" ".join(words.split()))
