"""Messages, notification settings, what was not delivered, letters: who sees what, and what forms change."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pytest_django import DjangoAssertNumQueries

from luoshi.delivery.fanning import fan_out
from luoshi.delivery.inbox import PAGE, SAID
from luoshi.delivery.models import Channel, Delivery, Kind, Message
from luoshi.delivery.sealing import unseal
from luoshi.ledger.models import Event
from tests.desk.conftest import As
from tests.desk.pages import text
from tests.ledger.office import Desk, Office, at, in_hand, opened

HOOK = "http://127.0.0.1:9000/hook"


@pytest.fixture(autouse=True)
def _offered(settings: Any) -> None:
    settings.LUOSHI_CHANNELS = ("mail", "webhook", "dingtalk")
    settings.LUOSHI_WEBHOOK_HOSTS, settings.LUOSHI_WEBHOOK_SCHEMES = ("127.0.0.1:9000",), ("http",)


def told(desk: Desk) -> None:
    desk.act("city", "remind", note="请抓紧")
    fan_out(at(5))


def bar(client: Client) -> str:
    """What the bar says beside 消息."""
    found = re.search(
        r'href="/messages/"[^>]*>消息(?: <strong[^>]*>([^<]*)</strong>)?', client.get("/inbox/").content.decode()
    )
    assert found
    return found[1] or ""


def test_it_works(desk: Desk, browsing: As) -> None:
    told(desk)
    water = browsing("water")
    assert bar(water) == "2"
    page = water.get("/messages/")
    said = text(page)
    assert "催办" in said and "交办" in said and desk.row.words in said and desk.row.number in said
    newest = Message.unguarded.filter(user=desk.office["water"]).latest("pk")
    answer = water.post("/messages/", {"open": newest.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/items/{desk.item}/")
    assert bar(water) == "1"
    water.post("/messages/", {"all": "1"})
    assert bar(water) == "" and "没有未读消息" in text(water.get("/messages/?unread=1"))


def test_nobody_reads_or_marks_those_of_others(desk: Desk, browsing: As) -> None:
    told(desk)
    mine = Message.unguarded.filter(user=desk.office["water"]).latest("pk")
    for name in ("civil", "mayor", "admin", "elsewhere"):
        client = browsing(name)
        assert desk.row.number not in client.get("/messages/").content.decode()
        assert client.post("/messages/", {"open": mine.pk}).headers["Location"] == "/messages/"
        client.post("/messages/", {"all": "1"})
    assert not Message.unguarded.filter(pk=mine.pk, read_at__isnull=False).exists()


def test_what_is_out_of_sight_is_not_said(desk: Desk, browsing: As) -> None:
    told(desk)
    post = desk.office.posts["water"]
    type(post).unguarded.filter(pk=post.pk).update(until="2020-01-01", since="2019-01-01")
    said = browsing("water").get("/messages/").content.decode()
    assert "已不在您的范围内" in said and desk.row.words not in said


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=99999999999999999999", "before=²", "unread=2"])
def test_odd_addresses_break_nothing(query: str, desk: Desk, browsing: As) -> None:
    told(desk)
    assert browsing("water").get(f"/messages/?{query}").status_code == 200


@pytest.mark.parametrize("sent", [{"open": "x"}, {"open": "9" * 30}, {}, {"all": ""}])
def test_odd_forms_break_nothing(sent: dict[str, str], desk: Desk, browsing: As) -> None:
    assert browsing("water").post("/messages/", sent).status_code == 302


def test_many_messages_come_in_pages_and_few_queries(
    desk: Desk, browsing: As, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    event = Event.unguarded.filter(item=desk.item).latest("sequence")
    other = in_hand(desk.office)
    events = [event, *Event.unguarded.filter(item=other.item)]
    made = [Message(user=desk.office["mayor"], event=each, item_id=each.item_id, created_at=at(1)) for each in events]
    Message.unguarded.bulk_create(made)
    mayor = browsing("mayor")
    mayor.get("/messages/")
    with django_assert_max_num_queries(8):
        mayor.get("/messages/")
    assert PAGE < SAID


def test_the_bar_asks_one_query_more(desk: Desk, browsing: As, django_assert_max_num_queries: Any) -> None:
    water = browsing("water")
    with django_assert_max_num_queries(60) as asked:
        water.get("/inbox/")
    mine = [query for query in asked.captured_queries if "delivery_" in query["sql"]]
    assert len(mine) == 1


def receiving(client: Client, kind: str, **change: Any) -> Any:
    """The form of a kind, as it stands on the page, changed and sent."""
    fields = {
        f"{kind}-rhythm": "once",
        f"{kind}-digest_at": "08:30",
        f"{kind}-quiet_from": "22:00",
        f"{kind}-quiet_to": "08:00",
        **{f"{kind}-{name}": value for name, value in change.items()},
    }
    return client.post("/receiving/", {"kind": kind, **fields})


def test_a_webhook_is_chosen_and_its_secret_shown_once(there: Office, browsing: As) -> None:
    water = browsing("water")
    answer = receiving(water, "webhook", on="on", target=HOOK)
    channel = Channel.unguarded.get(user=there["water"])
    secret = unseal(channel.sealed).secret
    assert answer.status_code == 200 and secret in answer.content.decode()
    page = water.get("/receiving/").content.decode()
    assert secret not in page and HOOK not in page and "末尾是 hook" in page
    assert receiving(water, "webhook", on="on", target="", rhythm="daily").status_code == 302
    channel.refresh_from_db()
    assert (channel.rhythm, unseal(channel.sealed)) == ("daily", (HOOK, secret))
    renewed = receiving(water, "webhook", on="on", target="", renew="on")
    channel.refresh_from_db()
    assert unseal(channel.sealed).secret != secret and unseal(channel.sealed).secret in renewed.content.decode()


def test_one_way_is_sent_at_a_time_and_the_others_stay(there: Office, browsing: As) -> None:
    water = browsing("water")
    receiving(water, "mail", on="on", target="clerk@example.gov.cn")
    receiving(water, "dingtalk", target="abcdef0123456789", secret="SECabc")
    rows = {row.kind: row for row in Channel.unguarded.all()}
    assert (rows[Kind.MAIL].on, rows[Kind.DINGTALK].on) == (True, False)
    assert unseal(rows[Kind.DINGTALK].sealed) == ("abcdef0123456789", "SECabc")
    page = water.get("/receiving/").content.decode()
    assert "clerk@example.gov.cn" in page and "abcdef0123456789" not in page and "SECabc" not in page


WRONG = [
    ({"target": "http://169.254.169.254/", "on": "on"}, "169.254.169.254"),
    ({"target": "http://[::1]:22/", "on": "on"}, "不在允许之列"),
    ({"target": "file:///etc/passwd", "on": "on"}, "只能以"),
    ({"target": "http://u:p@127.0.0.1:9000/", "on": "on"}, "用户名或密码"),
    ({"on": "on"}, "启用前请填写地址"),
    ({"target": HOOK, "quiet_to": ""}, "要么都填"),
    ({"target": HOOK, "digest_at": "25:99"}, "汇总时间"),
    ({"target": HOOK, "rhythm": "sometimes"}, "频率"),
    ({"target": "x" * 2000}, "回调网址"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_what_is_wrong_is_told_and_nothing_kept(change: dict[str, str], said: str, there: Office, browsing: As) -> None:
    answer = receiving(browsing("water"), "webhook", **change)
    assert answer.status_code == 422 and said in text(answer)
    assert not Channel.unguarded.exists()


def test_an_unknown_way_changes_nothing(there: Office, browsing: As) -> None:
    water = browsing("water")
    for kind in ("feishu", "pigeon", ""):
        assert receiving(water, kind, on="on", target="abcdef0123456789").status_code == 422
    assert not Channel.unguarded.exists()


def test_an_address_is_erased(there: Office, browsing: As) -> None:
    water = browsing("water")
    receiving(water, "mail", on="on", target="clerk@example.gov.cn")
    assert "清除地址" in text(water.get("/receiving/"))
    water.post("/receiving/", {"kind": "mail", "forget": "1"})
    channel = Channel.unguarded.get()
    assert (channel.sealed, channel.on) == ("", False)


def test_where_nothing_is_offered_the_page_says_so(there: Office, browsing: As, settings: Any) -> None:
    settings.LUOSHI_CHANNELS = ()
    assert "没有开通" in text(browsing("water").get("/receiving/"))


def test_what_was_given_up_is_for_administrators(desk: Desk, browsing: As) -> None:
    receiving(browsing("water"), "webhook", on="on", target=HOOK)
    told(desk)
    Delivery.unguarded.update(state="dead", error="timeout", attempts=9, ended_at=at(6))
    assert browsing("city").get("/undelivered/").status_code == 403
    admin = browsing("admin")
    said = text(admin.get("/undelivered/"))
    assert "超时未应答" in said and "water" in said
    assert desk.row.number not in said and desk.row.words not in said and "127.0.0.1" not in said
    one = Delivery.unguarded.latest("pk")
    assert browsing("city").post("/undelivered/", {"delivery": one.pk}).status_code == 403
    admin.post("/undelivered/", {"delivery": one.pk})
    one.refresh_from_db()
    assert (one.state, one.attempts) == ("waiting", 0)
    admin.post("/undelivered/", {"all": "1"})
    assert not Delivery.unguarded.filter(state="dead").exists()
    assert "没有未送达的" in text(admin.get("/undelivered/"))
    assert admin.post("/undelivered/", {"delivery": ["x", "9" * 40, "9" * 5000]}).status_code == 302


GIVEN_OUT: list[tuple[int, str, str, dict[str, str]]] = [
    (24, "city", "reassign", {"lead": "A1:water", "reason": "水库不归民政局管"}),
    (48, "water", "return", {"return_reason": "wrong_duty", "reason": "属于住建局"}),
    (72, "city", "dispatch", {"lead": "A1:water", "due": "2026-12-31"}),
]


def test_a_supervisor_drafts_letters(desk: Desk, browsing: As) -> None:
    desk.act("city", "remind", note="请抓紧")
    city = browsing("city")
    assert "提醒函" in text(city.get(f"/items/{desk.item}/"))
    answer: Any = city.get(f"/items/{desk.item}/letter/?kind=reminder")
    assert answer.status_code == 200 and ".docx" in answer.headers["Content-Disposition"]
    said = "\n".join(p.text for p in Document(io.BytesIO(b"".join(answer.streaming_content))).paragraphs)
    for known in (desk.row.number, desk.row.words, "临川市水利局", "2026年12月31日", "已催办1次", "临川市人民政府"):
        assert known in said, known
    assert city.get(f"/items/{desk.item}/letter/?kind=love").status_code == 404
    water = browsing("water")
    assert water.get(f"/items/{desk.item}/letter/").status_code == 403
    assert "提醒函" not in text(water.get(f"/items/{desk.item}/"))
    assert browsing("abroad").get(f"/items/{desk.item}/letter/").status_code == 404


def test_a_letter_calls_nothing_late_that_stands_still(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    desk.act("city", "pause", pause_reason="season", reason="冰冻")
    answer: Any = browsing("city").get(f"/items/{desk.item}/letter/?kind=reminder")
    said = "\n".join(p.text for p in Document(io.BytesIO(b"".join(answer.streaming_content))).paragraphs)
    assert "办理时限现停止计算" in said and "距完成期限" not in said


def test_a_letter_says_when_it_was_given_out_last(there: Office, browsing: As) -> None:
    """Reassigned, returned and dispatched once more, each on another day."""
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:civil", due="2026-12-31")
    for hours, name, verb, fields in GIVEN_OUT:
        desk.hours = hours
        desk.act(name, verb, **fields)
    answer: Any = browsing("city").get(f"/items/{desk.item}/letter/?kind=reminder")
    said = "\n".join(p.text for p in Document(io.BytesIO(b"".join(answer.streaming_content))).paragraphs)
    assert "该事项于2026年11月25日交办" in said
