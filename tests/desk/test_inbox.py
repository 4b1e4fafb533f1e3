"""The inbox: what waits for whom, with the move to make; one button, several at once, pages, and few queries."""

from __future__ import annotations

import datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.desk.bookmarks import read, spelled
from luoshi.desk.inbox.rows import WHO
from luoshi.desk.inbox.tabs import NAMES, tabs
from luoshi.intake.models import Draft
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.clocks.days import end_of
from luoshi.ledger.models import Event, Item
from tests.ledger.office import NOW, Desk, Office, at, in_hand, opened, proof

from .conftest import As
from .pages import form, text

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 12, 250_000


def dispatched(there: Office, words: str = "修好水库", due: str = "2026-12-31") -> Desk:
    desk = opened(there, words=words)
    desk.act("city", "dispatch", lead="A1:water", due=due)
    return desk


def test_it_works(there: Office, browsing: As) -> None:
    """Each sees what is theirs to do, as it goes from hand to hand."""
    desk = opened(there)
    story: tuple[tuple[str, str, str, dict[str, str]], ...] = (
        ("city", "交办", "dispatch", {"lead": "A1:water", "due": "2026-12-31"}),
        ("water", "签收", "sign", {}),
        ("water", "反馈", "ask_closure", {"result": "完工"}),
        ("checker", "核查属实", "verify", {"method": "on_site", "finding": "属实"}),
        ("city", "销号", "close", {}),
    )
    for name, button, verb, fields in story:
        for other in ("city", "water", "checker"):
            page = text(browsing(other).get("/inbox/"))
            assert ("修好青溪县三座病险水库" in page) is (other == name), (other, verb)
        assert button in text(browsing(name).get("/inbox/"))
        files = [proof()] if verb == "ask_closure" else []
        desk.act(name, verb, *files, **fields)
    assert "没有等您办理的" in text(browsing("water").get("/inbox/"))


def test_one_is_led_to_it(there: Office, browsing: As) -> None:
    assert browsing("water").get("/")["Location"] == "/inbox/"
    assert browsing("admin").get("/")["Location"] == "/me/"
    assert browsing("admin").get("/inbox/").status_code == 200


def test_one_button_signs(there: Office, browsing: As) -> None:
    desk, client = dispatched(there), browsing("water")
    page = client.get("/inbox/?tab=to_sign")
    sent = form(page, "/items/moves/sign/")
    assert f'name="one" value="{desk.item}:2"' in page.content.decode()
    done = client.post("/items/moves/sign/", {**sent, "one": f"{desk.item}:2"})
    assert (done.status_code, done["Location"]) == (303, "/inbox/?tab=to_sign")
    assert desk.row.state == "in_hand" and "已办理" in text(client.get("/inbox/"))
    client.post("/items/moves/sign/", {**sent, "one": f"{desk.item}:2"})
    assert desk.row.sequence == 3 and Event.unguarded.filter(item=desk.item, verb="sign").count() == 1


def test_several_are_signed_at_once_each_by_itself(there: Office, browsing: As) -> None:
    desks = [dispatched(there, f"第{n}件") for n in range(4)]
    client = browsing("water")
    tickets = [f"{desk.item}:2" for desk in desks]
    desks[3].act("city", "remind")
    answer = client.post("/items/moves/sign/", {"item": tickets}, follow=True)
    page = text(answer)
    assert "已办理 3 件" in page and "您填写时事项已有新的办理记录" in page
    assert [desk.row.state for desk in desks] == ["in_hand"] * 3 + ["dispatched"]


@pytest.mark.parametrize("sent", [[], ["nonsense"], ["x:y"], [f"{UUID(int=1)}:1"], [f"{UUID(int=1)}:-1"]])
def test_wrong_ticks_are_told(sent: list[str], there: Office, browsing: As) -> None:
    answer = browsing("water").post("/items/moves/sign/", {"item": sent, "back": "//elsewhere"}, follow=True)
    assert answer.redirect_chain == [("/inbox/", 303)]
    assert "没有选中事项" in text(answer) or "没有找到该事项" in text(answer)


def test_others_moves_are_not_made_in_bulk(there: Office, browsing: As) -> None:
    desk = dispatched(there)
    for verb in ("nonsense", "close", "dispatch"):
        answer = browsing("water").post(f"/items/moves/{verb}/", {"one": f"{desk.item}:2"}, follow=True)
        assert answer.status_code == 200 and desk.row.sequence == 2


def test_late_ones_come_first_and_pages_leave_nothing_out(there: Office, browsing: As) -> None:
    first = Item.unguarded.get(pk=dispatched(there, "最早的", "2026-11-23").item)
    rows = []
    for n in range(119):
        row = Item.unguarded.get(pk=first.pk)
        row.pk, row.serial, row.number, row.words = UUID(int=n + 1), n + 100, f"〔{n}〕", f"事项{n}号"
        row.due = None if n % 10 == 0 else NOW.date() + datetime.timedelta(n)
        row.due_at = end_of(row.due) if row.due and n % 7 else None
        rows.append(row)
    Item.unguarded.bulk_create(rows)
    client, address, found = browsing("water"), "/inbox/", []
    for size in (50, 50, 20):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert len(asked) <= MOST_QUERIES and len(answer.content) <= MOST_BYTES
        items = [row.item for row in answer.context["rows"]]
        assert len(items) == size
        found += items
        address = f"/inbox/?tab=waiting&after={answer.context['next']}"
    assert answer.context["next"] == "" and len({row.item for row in found}) == 120
    dues = [row.due_at for row in found]
    assert dues == sorted(dues, key=lambda due: (due is None, due or NOW))
    assert "99+" in text(client.get("/inbox/"))


@pytest.mark.parametrize("name", ["city", "province", "water", "checker", "mayor", "observer"])
@pytest.mark.parametrize("tab", [*tabs(), "nonsense"])
def test_every_tab_for_everybody(tab: str, name: str, there: Office, browsing: As) -> None:
    in_hand(there)
    dispatched(there)
    client = browsing(name)
    for query in ("", "&after=nonsense", f"&after=_{UUID(int=0)}", "&after=2026-13-45_x"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/inbox/?tab={tab}{query}").status_code == 200
        assert len(asked) <= MOST_QUERIES


def test_drafts_that_wait_are_told_to_who_supervises_there(there: Office, browsing: As) -> None:
    place, line = there.world.places["A1"], there.world.lines["water"]
    for n in range(3):
        Draft.unguarded.create(origin="hand", rank=n, made_at=at(0), place=place, line=line, words="待确认")
    assert "有 3 条待确认" in text(browsing("city").get("/inbox/"))
    assert "待确认" not in text(browsing("water").get("/inbox/")) + text(browsing("elsewhere").get("/inbox/"))


def test_the_tables_name_what_there_is() -> None:
    states = {state.key for playbook in playbooks() for state in playbook.states}
    assert set(tabs()) == set(NAMES)
    assert {way for wanted in tabs().values() for way in wanted} == set(WHO)
    assert {state for wanted in tabs().values() for each in wanted.values() for state in each or ()} <= states


def test_every_state_that_waits_is_somebodys(there: Office) -> None:
    """But those that wait for time: paused, and a response that goes on until somebody stands it down."""
    due = {state for each in tabs()["waiting"].values() for state in each or ()}
    going_on = {s.key for playbook in playbooks() for s in playbook.states if s.kind in ("open", "waiting")}
    assert going_on - due == {"active", "paused"}


@pytest.mark.parametrize("after", [(None, UUID(int=7)), (NOW, UUID(int=9)), (NOW.replace(microsecond=7), UUID(int=9))])
def test_where_a_page_begins_is_read_as_it_was_spelled(after: tuple[datetime.datetime | None, UUID]) -> None:
    assert read(spelled(after)) == after


def test_units_are_offered_by_letters(there: Office, browsing: As) -> None:
    client = browsing("water")
    options = client.get("/units/?field=lead&lead=水利&place=A1a", headers={"hx-request": "true"}).content.decode()
    assert '<option value="青溪县水利局">青溪县</option>' in options and "临川市水利局" not in options
    assert "临川市水利局" in text(client.get("/units/?q=水利"))
    for query in ("", "q=", "q=%00", "q=水利&place=nowhere", "q=" + "长" * 500, "field=x", "q=%ED%A0%80"):
        assert client.get(f"/units/?{query}").status_code == 200
