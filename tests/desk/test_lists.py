"""The page of a list: narrowed by its address, paged both ways, in few queries, and as a workbook."""

from __future__ import annotations

import datetime
import io
import random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]

from luoshi.ledger.clocks.days import end_of
from luoshi.ledger.models import Item
from luoshi.people.seeing import sees
from tests.ledger.office import NOW, Desk, Office, open_task
from tests.people.made import DAY

from .conftest import As

pytestmark = pytest.mark.django_db
COUNT = 130
LONG = "统筹抓好辖区内所有病险水库、山塘和堤防的除险加固并逐座明确责任单位责任人和完成时限每季度通报一次进展情况直至全部销号"


@pytest.fixture(autouse=True)
def _the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.desk.views.lists.today", lambda: DAY)
    for where in ("views.lists", "templatetags.luoshi_desk", "listing.sheet"):
        monkeypatch.setattr(f"luoshi.desk.{where}.now", lambda: NOW)


@pytest.fixture
def full(there: Office) -> Office:
    """A hundred items more of one place, of different deadlines."""
    chance, first = random.Random(2), Item.unguarded.get(pk=open_task(there["city"], words="=1+1修堤").item)
    rows = []
    for n in range(COUNT):
        row = Item.unguarded.get(pk=first.pk)
        row.pk, row.serial, row.number, row.words = (
            UUID(int=chance.getrandbits(128)),
            n + 2,
            f"第{n}号",
            LONG[: n % 60 + 2],
        )
        row.lead = there.world.units["A1:water" if n % 2 else "A1a:civil"]
        row.place = there.world.places["A1" if n % 2 else "A1a"]
        row.due = None if n % 10 == 0 else DAY + datetime.timedelta(n - 40)
        row.due_at = end_of(row.due) if row.due else None
        rows.append(row)
    Item.unguarded.bulk_create(rows)
    return there


def numbers(answer: Any) -> list[str]:
    return [line.row.number for line in answer.context["rows"]]


def test_it_works(desk: Desk, browsing: As) -> None:
    answer = browsing("city").get("/lists/tasks/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert desk.row.number in text and "临川市水利局" in text and "办理中" in text and "1 项" in text
    assert reverse("item", args=(desk.item,)) in text


def test_the_box_on_every_page_leads_to_a_list(browsing: As) -> None:
    assert browsing("city").get("/search/?q=水库").headers["Location"] == "/lists/all/?q=%E6%B0%B4%E5%BA%93&show=all"
    assert browsing("city").get("/search/").headers["Location"] == "/lists/all/"


def test_words_are_found(desk: Desk, browsing: As) -> None:
    assert numbers(browsing("city").get("/lists/all/?q=水库")) == [desk.row.number]
    assert numbers(browsing("city").get("/lists/all/?q=养老")) == []


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("", 50), ("light=late", 36), ("light=near", 7), ("light=normal", 50), ("light=undated", 14), ("show=ended", 0),
        ("place=A1a", 50), ("line=civil", 0), ("lead=临川市水利局", 50), ("lead=A1:water", 50), ("state=in_hand", 0),
        ("from=2026-11-22&to=2026-11-24", 2), ("sort=new", 50), ("mine=1", 50), ("by=state", 50), ("light=none", 50),
    ],
)  # fmt: skip
def test_it_is_narrowed_by_its_address(full: Office, browsing: As, asked: str, count: int) -> None:
    answer = browsing("city").get(f"/lists/tasks/?{asked}")
    assert (answer.status_code, len(numbers(answer))) == (200, count)


@pytest.mark.parametrize(
    ("asked", "field"),
    [("place=nowhere", "place"), ("line=x", "line"), ("lead=某局", "lead"), ("from=morgen", "from"),
     ("to=2026-13-40", "to"), ("from=2026-12-02&to=2026-12-01", "to")],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_and_kept(full: Office, browsing: As, asked: str, field: str) -> None:
    answer = browsing("city").get(f"/lists/tasks/?{asked}")
    assert answer.status_code == 422 and numbers(answer) == []
    assert list(answer.context["faults"]) == [field] and answer.context["values"]


def test_pages_forth_and_back(full: Office, browsing: As) -> None:
    client, pages = browsing("city"), []
    address = "?light=&place=A1"
    while address:
        answer = client.get(f"/lists/tasks/{address}")
        pages.append(numbers(answer))
        address, back = answer.context["after"], answer.context["before"]
    assert [len(page) for page in pages] == [50, 50, 31] and len({each for page in pages for each in page}) == 131
    assert numbers(client.get(f"/lists/tasks/{back}")) == pages[1]


@pytest.mark.parametrize("after", ["x", "2026-11-11_x", "_", "2026-99-99_00000000-0000-0000-0000-000000000000", "\0"])
def test_a_wrong_place_in_a_list_is_its_beginning(full: Office, browsing: As, after: str) -> None:
    assert len(numbers(browsing("city").get("/lists/tasks/", {"after": after}))) == 50


def test_few_queries_and_a_small_page(full: Office, browsing: As) -> None:
    client = browsing("city")
    for asked in ("", "q=水库&by=place&place=A1a", "mine=1&show=all", "sort=new"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"/lists/tasks/?{asked}")
        assert len(queries) <= 25, asked
        assert len(answer.content) < 120_000


def test_another_rule_lights_lists_by_its_own_dates(
    full: Office, browsing: As, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three working days from 2026-11-22, a Sunday, on: up to Wednesday; rows, filter and workbook say the same."""
    settings.LUOSHI_LIGHTS = "suqian"
    monkeypatch.setattr("luoshi.desk.templatetags.luoshi_desk.today", lambda: DAY)
    client = browsing("city")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/lists/tasks/?light=near")
    assert str(DAY) == "2026-11-22" and len(queries) <= 27
    dues = {line.row.due for line in answer.context["rows"]}
    assert dues == {row.due for row in Item.unguarded.all() if row.due and 0 <= (row.due - DAY).days <= 3}
    page = answer.content.decode()
    assert page.count('class="light near blue"') == len(answer.context["rows"]) > 1 and "▲ 蓝色预警" in page
    with CaptureQueriesContext(connection) as queries:
        book: Any = client.get("/lists/tasks/excel/?place=A1")
        rows = list(load_workbook(io.BytesIO(b"".join(book.streaming_content))).active.iter_rows(values_only=True))
    assert {"红色预警", "蓝色预警", "正常", "未定期限"} <= {row[10] for row in rows[3:]} | {row[11] for row in rows[3:]}
    assert sum("calendar_notice" in query["sql"] for query in queries) == 1


def test_what_is_out_of_sight_is_not_listed(full: Office, browsing: As) -> None:
    assert numbers(browsing("abroad").get("/lists/tasks/")) == []
    assert numbers(browsing("abroad").get("/lists/tasks/?place=A1")) == []
    assert browsing("city").get("/lists/nonsense/").status_code == 404


def test_groups_add_up(full: Office, browsing: As) -> None:
    groups = browsing("city").get("/lists/tasks/?by=place").context["groups"]
    assert {group.name: group.number for group in groups} == {"临川市": 66, "青溪县": 65}
    assert len(numbers(browsing("city").get(f"/lists/tasks/{groups[1].address}"))) == 50


def test_a_workbook_holds_the_same(full: Office, browsing: As) -> None:
    answer: Any = browsing("city").get("/lists/tasks/excel/?place=A1a&light=late")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    wanted = [
        row for row in Item.seen.within(sees(full["city"], DAY)) if row.due and row.due < DAY and row.place.key == "A1a"
    ]
    assert rows[0][0] == "任务清单台账" and "地区：青溪县" in rows[1][0] and rows[2][:3] == ("序号", "事项编号", "事项")
    assert {row[1] for row in rows[3:]} == {row.number for row in wanted} and len(rows) - 3 == len(wanted)
    assert all(isinstance(row[9], datetime.datetime) for row in rows[3:])


def test_a_workbook_reckons_nothing(full: Office, browsing: As) -> None:
    answer: Any = browsing("city").get("/lists/tasks/excel/?light=undated")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=1+1")]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
    assert NOW.date() == DAY


def test_a_wrong_filter_gives_no_workbook(full: Office, browsing: As) -> None:
    assert browsing("city").get("/lists/tasks/excel/?place=nowhere").status_code == 302
