"""What somebody who means ill sends to the pages, or has put into rows, in; nothing that is not theirs out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from luoshi.documents.models import Report
from luoshi.intake.actions import merge
from luoshi.intake.models import Draft
from luoshi.ledger.models import Evidence, Item
from luoshi.places.models import Unit
from tests.ledger.office import NOW, Office, closed, open_task, opened

from .conftest import As
from .every_page import addresses, made
from .reports_made import brought, drafts
from .wrong.noun import counts

pytestmark = pytest.mark.django_db
IMAGE = "<img src=x onerror=alert(1)>"
SEA = "望海市召开海堤会议\n\n会议强调，要加固望海海堤八十里，备足防台物资。\n"
LAKE = "临川市召开湖堤会议\n\n会议强调，要加固临川湖堤六十里，备足防汛物资。\n"


def test_it_works(there: Office, browsing: As) -> None:
    desk = opened(there)
    assert browsing("city").get(f"/items/{desk.item}/").status_code == 200


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"]
)
def test_no_form_leads_to_another_site(there: Office, browsing: As, to: str) -> None:
    desk, client = opened(there), browsing("city")
    sent = {"expected": "1", "lead": "临川市水利局", "due": "2099-12-31", "back": to, "next": to}
    answers: list[Any] = [client.post(f"/items/{desk.item}/moves/dispatch/?back={to}&next={to}", sent)]
    answers.append(client.post("/items/moves/remind/", {"item": [f"{desk.item}:2"], "back": to}))
    answers.append(client.post("/i18n/setlang/", {"language": "en", "next": to}))
    answers.append(client.post("/drafts/confirm/", {"drafts": [], "report": to, "next": to}))
    answers.append(client.get("/search/", {"q": to}))
    for answer in answers:
        assert answer.status_code in (302, 303) and "evil" not in answer.url.partition("?")[0], answer.url
        assert answer.url.startswith("/") and not answer.url.startswith(("//", "/\\")), answer.url


def test_an_item_out_of_sight_is_not_there_to_link_to(there: Office, browsing: As) -> None:
    """The answer about a foreign item is that about none, but for what was typed."""
    foreign = open_task(there["elsewhere"], place="A2", words="加固望海海堤")
    draft, client = drafts(brought(there))[0], browsing("city")
    told = []
    for item in (str(foreign.item), foreign.number, "0" * 8 + str(foreign.item)[8:]):
        answer = client.post(f"/drafts/{draft.pk}/link/", {"item": item, "expected": draft.version})
        told.append(answer.content.decode().replace(item, "…"))
        assert answer.status_code == 422 and "加固望海海堤" not in told[-1]
    assert told[0].count("没有找到") == told[1].count("没有找到") == told[2].count("没有找到") > 0


def test_foreign_rows_among_ones_own_change_nothing(there: Office, browsing: As) -> None:
    mine, theirs = drafts(brought(there))[0], drafts(brought(there, SEA, by="elsewhere", place="A2"))[0]
    item = open_task(there["elsewhere"], place="A2", words="加固望海海堤")
    client, before = browsing("city"), counts()
    pair = f"{theirs.pk}:{theirs.version}"
    client.post("/drafts/confirm/", {"drafts": [pair]})
    client.post("/items/moves/remind/", {"item": [f"{item.item}:1"]})
    answer = client.post(f"/drafts/{mine.pk}/merge/", {"expected": mine.version, "drafts": [pair]})
    assert answer.status_code == 422 and theirs.words not in answer.content.decode()
    assert counts() == before


def test_what_a_draft_was_merged_into_out_of_sight_is_not_told(there: Office, browsing: As) -> None:
    """Somebody above puts two cities' drafts under one; each city sees its own words only."""
    report = brought(there, LAKE)
    mine, theirs = drafts(report)[0], drafts(brought(there, SEA, by="elsewhere", place="A2"))[0]
    merge(there["province"], [(mine.pk, mine.version), (theirs.pk, theirs.version)], theirs.pk, NOW)
    for path in (f"/reports/{report.pk}/", f"/reports/{report.pk}/desk/", f"/drafts/{mine.pk}/", "/inbox/"):
        assert "望海海堤" not in browsing("city").get(path).content.decode(), path
    assert "望海海堤" in browsing("province").get(f"/reports/{report.pk}/").content.decode()


def test_lists_searches_and_counts_know_nothing_of_elsewhere(there: Office, browsing: As) -> None:
    open_task(there["elsewhere"], place="A2", words="加固望海海堤", lead="A2:water")
    brought(there, SEA, by="elsewhere", place="A2")
    client = browsing("city")
    asked = (
        "/lists/tasks/?q=海堤",
        "/lists/all/?place=A2&show=all",
        "/lists/all/?lead=A2:water",
        "/lists/all/?by=place",
        "/reports/",
        "/inbox/",
        "/meetings/?q=海堤",
    )
    for path in asked:
        page = client.get(path)
        assert page.status_code == 200 and "加固望海海堤" not in page.content.decode(), path
        assert "望海市召开" not in page.content.decode(), path
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get("/lists/all/excel/?show=all"))))
    assert not any("海堤" in str(cell) for sheet in book for row in sheet.values for cell in row)


def test_a_file_is_had_through_its_own_item_only(there: Office, browsing: As) -> None:
    mine, theirs = closed(there), opened(there)
    sha256 = Evidence.unguarded.get(item=mine.item).sha256
    client = browsing("city")
    assert client.get(f"/items/{mine.item}/evidence/{sha256}/").status_code == 200
    assert client.get(f"/items/{theirs.item}/evidence/{sha256}/").status_code == 404
    assert browsing("elsewhere").get(f"/items/{mine.item}/evidence/{sha256}/").status_code == 404


def test_the_same_bytes_brought_elsewhere_tell_nothing_of_the_first(there: Office, browsing: As) -> None:
    """Who brings what others brought sees the text, and neither their drafts nor what they decided."""
    brought(there, SEA, by="elsewhere", place="A2")
    first = Draft.unguarded.order_by("pk")[0]
    Draft.unguarded.filter(pk=first.pk).update(
        note="望海内部意见", state="refused", refusal="other", version=F("version") + 1
    )
    client, place = browsing("city"), there.world.places["A1"].pk
    file = SimpleUploadedFile("转.txt", SEA.encode())
    answer = client.post("/reports/new/", {"place": place, "published": "", "files": [file]}, follow=True)
    report = Report.unguarded.get()
    pages = [answer, client.get(f"/reports/{report.pk}/"), client.get("/reports/")]
    assert not any("望海内部意见" in page.content.decode() for page in pages)
    assert client.get(f"/drafts/{first.pk}/").status_code == 404


def test_no_words_of_others_act_on_a_page(settings: Any, tmp_path: Path, db: None) -> None:
    """Words of an element with a program stand in every row; no page has the element."""
    settings.MEDIA_ROOT = tmp_path
    all_ = made()
    Item.unguarded.filter(pk=all_.item).update(words=IMAGE)
    Report.unguarded.update(name=IMAGE, title=IMAGE)
    Draft.unguarded.update(words=IMAGE, measure=IMAGE, basis=IMAGE, note=IMAGE)
    Unit.objects.update(name=IMAGE)
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(all_.office["city"])
    sent = dict.fromkeys(
        ("words", "q", "lead", "item", "place", "by", "note", "reason", "back", "field", "from", "after"), IMAGE
    )
    for address in addresses(all_):
        for headers in ({}, {"HX-Request": "true"}):
            for answer in (
                client.get(address.url, sent, headers=headers),
                client.post(address.url, sent, headers=headers),
            ):
                body = b"" if answer.streaming else answer.content
                assert b"<img" not in body, (address.url, headers)


def test_a_workbook_holds_no_formula_of_others(there: Office, browsing: As) -> None:
    for words in ('=HYPERLINK("http://evil.example")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1"):
        open_task(there["city"], words=words)
    data = b"".join(browsing("city").get("/lists/tasks/excel/"))
    cells = [cell for sheet in openpyxl.load_workbook(BytesIO(data)) for row in sheet.rows for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)


def test_every_page_says_how_it_is_to_be_treated(there: Office, browsing: As) -> None:
    report = brought(there)
    desk, client = closed(there), browsing("city")
    sha256 = Evidence.unguarded.get(item=desk.item).sha256
    files = (f"/reports/{report.pk}/original/", f"/items/{desk.item}/evidence/{sha256}/")
    for path in ("/inbox/", "/reports/", f"/items/{desk.item}/", *files):
        answer: Any = client.get(path)
        told = answer.headers
        assert told["X-Content-Type-Options"] == "nosniff" and told["Referrer-Policy"] == "same-origin", path
        assert "unsafe" not in told["Content-Security-Policy"] and told["X-Frame-Options"] == "DENY", path
        assert "private" in told["Cache-Control"], path
        if path in files:
            assert told["Content-Disposition"].startswith("attachment"), path
            assert "sandbox" in told["Content-Security-Policy"], path


def test_a_form_sent_twice_confirms_once(there: Office, browsing: As) -> None:
    draft = drafts(brought(there))[0]
    for name in ("city", "province", "city"):
        browsing(name).post(f"/drafts/{draft.pk}/confirm/", {"expected": draft.version})
    assert Item.unguarded.count() == 1
