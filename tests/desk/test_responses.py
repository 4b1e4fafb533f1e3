"""Pages of emergency responses: chosen, previewed, activated once, looked at, raised, stood down; nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.intake.models import PreparedItem
from luoshi.ledger.models import Item
from tests.desk.conftest import As
from tests.intake.responses import COUNTIES, flood, parts, ready
from tests.ledger.office import Office

pytestmark = pytest.mark.django_db
NEW = "/responses/new/"
CHOSEN: dict[str, Any] = {"set": "flood", "level": "iii", "places": list(COUNTIES), "basis": "市防指〔2026〕3号令"}


@pytest.fixture
def there(there: Office) -> Office:
    return ready(there)


def hidden(answer: Any) -> dict[str, list[str]]:
    """What the form that confirms would send."""
    form = re.search(r'<form method="post" class="confirm">(.*?)</form>', answer.content.decode(), re.S)
    assert form
    given: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[1]):
        given.setdefault(name, []).append(value)
    return given


def running(client: Client) -> Item:
    """A response activated by the pages alone."""
    shown = client.post(NEW, {**CHOSEN, "sent": "s1"})
    answer = client.post(NEW, {**hidden(shown), "activate": "1"})
    assert answer.status_code == 303
    return Item.unguarded.get(playbook="response", parent=None)


def test_it_works(there: Office, browsing: As) -> None:
    client = browsing("city")
    assert "临川市" in client.get(NEW).content.decode()
    shown = client.post(NEW, {**CHOSEN, "sent": "s1"})
    said = shown.content.decode()
    assert shown.status_code == 200 and not Item.unguarded.exists()
    assert "启动响应，下达 11 件" in said and "3 件没有单位" in said and "白塔区农业农村局2" not in said
    row = running(client)
    assert row.facts["basis"] == CHOSEN["basis"]
    page = client.get(reverse("response", args=[row.pk])).content.decode()
    assert page.count('<a href="/items/') == 12 and "没有对应单位" in page and "对应单位不止一个" in page
    assert row.words in client.get("/responses/").content.decode()


def test_sent_twice_it_is_one(there: Office, browsing: As) -> None:
    client = browsing("city")
    given = {**hidden(client.post(NEW, {**CHOSEN, "sent": "s1"})), "activate": "1"}
    first, second = client.post(NEW, given), client.post(NEW, given)
    assert first.headers["Location"] == second.headers["Location"]
    assert Item.unguarded.filter(playbook="response", parent=None).count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"set": ""}, "预案"),
        ({"set": "plague"}, "预案"),
        ({"level": ""}, "响应级别"),
        ({"level": "v"}, "响应级别"),
        ({"places": []}, "请选择受影响的地区"),
        ({"places": ["A2"]}, "受影响的地区"),
        ({"places": ["\x00"]}, "受影响的地区"),
        ({"more": "无此县"}, "您的职务范围内没有“无此县”"),
        ({"more": "望海市"}, "您的职务范围内没有“望海市”"),
        ({"basis": "字" * 201}, "启动依据"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "activate"])
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    there: Office, browsing: As, change: dict[str, Any], said: str, step: str
) -> None:
    answer = browsing("city").post(NEW, {**CHOSEN, **change, step: "1"})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and not Item.unguarded.exists()
    assert "basis" in change or CHOSEN["basis"] in page
    assert "places" in change or page.count("checked") == 2


def test_places_by_name(there: Office, browsing: As) -> None:
    client = browsing("city")
    client.post(NEW, {**CHOSEN, "places": ["A1b"], "more": "石桥镇、青溪县", "activate": "1"})
    assert set(PreparedItem.unguarded.values_list("place__key", flat=True)) == {"A1a", "A1b", "A1a1"}


@pytest.mark.parametrize("name", ["water", "mayor", "observer", "checker", "admin"])
def test_who_may_not_is_not_asked(there: Office, browsing: As, name: str) -> None:
    client = browsing(name)
    assert client.get(NEW).status_code == client.post(NEW, {**CHOSEN, "activate": "1"}).status_code == 403
    assert NEW not in client.get("/responses/").content.decode() and not Item.unguarded.exists()


def test_another_city_does_not_see_it(there: Office, browsing: As) -> None:
    made = flood(there)
    assert made.number not in browsing("elsewhere").get("/responses/").content.decode()
    for name in ("response", "response_level", "response_stand_down"):
        assert browsing("elsewhere").get(reverse(name, args=[made.response])).status_code == 404


def test_a_part_or_a_task_is_no_response(there: Office, browsing: As) -> None:
    part = parts(flood(there).response)["A1a:patrol"]
    assert browsing("city").get(reverse("response", args=[part.pk])).status_code == 404
    page = browsing("city").get(reverse("item", args=[part.pk])).content.decode()
    assert "响应总览" in page and "待签收" in page and "响应中" not in page


def test_who_only_looks_sees_the_grid_and_no_button(there: Office, browsing: As) -> None:
    made = flood(there)
    page = browsing("mayor").get(reverse("response", args=[made.response])).content.decode()
    assert "待签收" in page and "/level/" not in page and "/stand-down/" not in page
    for name in ("response_level", "response_stand_down"):
        assert browsing("mayor").post(reverse(name, args=[made.response]), {"words": "x"}).status_code == 303
    assert Item.unguarded.get(pk=made.response).sequence == 2


def test_raised(there: Office, browsing: As) -> None:
    client = browsing("city")
    row = running(client)
    address = reverse("response_level", args=[row.pk])
    shown = client.post(address, {"level": "ii", "sent": "s2"})
    assert "8 件，下达" in shown.content.decode()
    given = {**hidden(shown), "set": "1"}
    assert client.post(address, given).status_code == 303
    row.refresh_from_db()
    assert row.facts["level"] == "ii" and len(parts(row.pk)) == 19
    assert client.post(address, given).status_code == 303 and len(parts(row.pk)) == 19


def test_lowered_with_a_reason(there: Office, browsing: As) -> None:
    client = browsing("city")
    row = running(client)
    address = reverse("response_level", args=[row.pk])
    shown = client.post(address, {"level": "iv", "sent": "s2", "words": ""})
    assert "不再需要的 6 件" in shown.content.decode()
    refused = client.post(address, {**hidden(shown), "set": "1"})
    assert refused.status_code == 422 and "降低级别须说明理由" in refused.content.decode()
    done = client.post(address, {**hidden(shown), "words": "雨势减弱", "set": "1"})
    assert done.status_code == 303
    row.refresh_from_db()
    assert row.facts["level"] == "iv"
    assert Item.unguarded.filter(parent=row.pk, state="dropped").count() == 6


def test_somebody_else_was_faster(there: Office, browsing: As) -> None:
    client = browsing("city")
    row = running(client)
    address = reverse("response_level", args=[row.pk])
    given = {"level": "ii", "expected": "1", "set": "1", "sent": "s3", "words": "水位上涨"}
    answer = client.post(address, given)
    assert answer.status_code == 422 and "水位上涨" in answer.content.decode() and len(parts(row.pk)) == 11


def test_stood_down(there: Office, browsing: As) -> None:
    client = browsing("city")
    row = running(client)
    address = reverse("response_stand_down", args=[row.pk])
    page = client.get(address).content.decode()
    chosen = {f"part-{part.pk}": "stood_down" for part in parts(row.pk).values()}
    assert all(name in page for name in chosen)
    nothing = client.post(address, {**chosen, "expected": row.sequence})
    assert nothing.status_code == 422 and "终止理由" in nothing.content.decode()
    odd = client.post(address, {**chosen, next(iter(chosen)): "boredom", "words": "雨停水退", "expected": row.sequence})
    assert odd.status_code == 422 and "雨停水退" in odd.content.decode()
    keep = next(iter(chosen))
    given = {**chosen, keep: "keep", "words": "雨停水退", "expected": row.sequence, "sent": "s4"}
    done = client.post(address, given, follow=True)
    assert "1 件留待办结和核查" in done.content.decode()
    row.refresh_from_db()
    assert row.state == "winding_up"
    assert Item.unguarded.get(pk=keep.removeprefix("part-")).state == "dispatched"


def test_in_english_nothing_stays_chinese_but_the_words_of_the_office(there: Office, browsing: As) -> None:
    client = browsing("city")
    made = flood(there)
    client.cookies["django_language"] = "en"
    for address in (NEW, "/responses/", reverse("response_stand_down", args=[made.response])):
        page = client.get(address).content.decode()
        labels = re.findall(r"<(?:h1|h2|label|legend|button|th)[^>]*>([^<]+)", page)
        ours = [label for label in labels if re.search("[一-鿿]", label)]
        assert [label for label in ours if not re.search("临川|青溪|白塔|石桥|简体|繁|〔", label)] == []
