"""Files in, reports and what became of them out: as they are sent, listed, looked at and downloaded."""

from __future__ import annotations

import datetime
import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.desk.reports.listing import PAGE
from luoshi.desk.reports.unreadable import SAID, in_words
from luoshi.documents.models import Report
from luoshi.intake.actions import confirm, merge, refuse
from luoshi.intake.models import Draft
from tests.documents.made import FLOOD, FLOOD_AGAIN
from tests.intake.conftest import there
from tests.intake.made import MEETING
from tests.ledger.office import Office

from .reports_made import brought, client, drafts, long_meeting

pytestmark = pytest.mark.django_db
__all__ = ["there"]


def file(text: str | bytes = MEETING, name: str = "纪要.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def sent(office: Office, *files: SimpleUploadedFile, name: str = "city", **fields: Any) -> Any:
    given = {"place": office.world.places["A1"].pk, "published": "", "files": files, **fields}
    return client(office, name).post("/reports/new/", given)


def zipped(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


def test_it_works(there: Office) -> None:
    answer = sent(there, file())
    report = Report.unguarded.get()
    assert answer.status_code == 302 and answer["Location"] == f"/reports/{report.pk}/desk/"
    assert report.place == there.world.places["A1"] and Draft.unguarded.filter(report=report).count() > 3
    assert f"/reports/{report.pk}/" in client(there).get("/reports/").content.decode()


# What is sent, and words of the line that answers it.
WRONG: tuple[tuple[str, bytes, str], ...] = (
    ("空.txt", b"", "文件里没有文字"),
    ("程序.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 64, "这不是文稿"),
    ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版 Word"),
    ("讲话.rtf", b"{\\rtf1 text}", "还不能读这种格式"),
    ("演示.pptx", zipped("ppt/slides/slide1.xml"), "这是演示文稿"),
    ("几份.zip", zipped("a.txt"), "这是压缩包"),
    ("断.docx", b"PK\x03\x04 cut off", "损坏或不完整"),
    ("坏.pdf", b"%PDF-1.7 nothing", "损坏或不完整"),
    ("大.txt", b"x" * (10 * 1024 * 1024 + 1), "超过 10 MB"),
)


@pytest.mark.parametrize(("name", "data", "said"), WRONG, ids=[case[0] for case in WRONG])
def test_what_cannot_be_read_is_one_line_and_the_others_are_taken_in(
    there: Office, name: str, data: bytes, said: str
) -> None:
    answer = sent(there, file(data, name), file())
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count('class="failed"') == 1 and name in shown and said in shown
    assert Report.unguarded.get().title == "临川市召开水库安全工作会议"


def test_every_line_about_an_unreadable_file_is_reached() -> None:
    assert all(re.search("[\u4e00-\u9fff]", in_words(words)) for words, _said in SAID)
    assert "out of the blue" in in_words("out of the blue")


def test_a_form_that_is_not_filled_in_says_so(there: Office) -> None:
    answer = client(there).post("/reports/new/", {"place": "9" * 30, "published": "昨天"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and Report.unguarded.count() == 0
    assert all(said in shown for said in ("请选择文稿", "请选择这是哪里的文稿", "2026-11-21", 'value="昨天"'))


def test_a_place_beyond_ones_own_is_not_offered_and_not_taken(there: Office) -> None:
    shown = client(there).get("/reports/").content.decode()
    assert "青溪县" in shown and "石桥镇" in shown and "望海市" not in shown
    assert sent(there, file(), place=there.world.places["A2"].pk).status_code == 422


def test_who_only_looks_brings_nothing(there: Office) -> None:
    assert "multipart" not in client(there, "observer").get("/reports/").content.decode()
    assert sent(there, file(), name="observer").status_code == 403
    assert Report.unguarded.count() == 0


def test_a_line_of_ones_own_is_the_reports(there: Office) -> None:
    assert sent(there, file(), name="water").status_code == 302
    assert Report.unguarded.get().line == there.world.lines["water"]


def test_the_same_again_is_there_already_and_a_reprint_says_so(there: Office) -> None:
    sent(there, file(FLOOD))
    shown = sent(there, file(FLOOD), file(FLOOD_AGAIN, "转.txt")).content.decode()
    assert "早已在库" in shown and "转载" in shown
    assert Draft.unguarded.values("report").distinct().count() == 1


HOSTILE = (
    ("a.html", b"<!doctype html><html><body><script>alert(1)</script><p>" + MEETING.encode() + b"</p></body></html>"),
    (
        "b.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><text>" + MEETING.encode() + b"</text></svg>",
    ),
    ('c".html\r\nX-Bad: 1', MEETING.encode() + b"<script>alert(2)</script>"),
)


@pytest.mark.parametrize(("name", "data"), HOSTILE, ids=["html", "svg", "name"])
def test_an_original_is_downloaded_and_never_shown(there: Office, name: str, data: bytes) -> None:
    report = brought(there, data, name=name)
    answer = client(there).get(f"/reports/{report.pk}/original/")
    assert b"".join(answer) == data
    assert answer["Content-Type"] == "application/octet-stream" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;") and "sandbox" in answer["Content-Security-Policy"]
    assert "X-Bad" not in answer.headers
    page = client(there).get(f"/reports/{report.pk}/desk/").content.decode()
    assert "<script>alert" not in page and "<svg xmlns" not in page


def test_reports_are_listed_in_pages_newest_first(there: Office) -> None:
    first = brought(there, long_meeting(2))
    for number in range(PAGE + 4):
        later = first.brought_at + datetime.timedelta(minutes=number // 2)
        brought(there, f"第{number}次会议\n\n会议强调，要修订第{number}号应急预案。\n", now=later)
    seen: list[str] = []
    browser, address = client(there), "/reports/"
    while address:
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get(address).content.decode()
        assert len(asked) <= 15
        seen += re.findall(r'class="title"><a href="/reports/(\d+)/"', shown)
        following = re.search(r'href="(\?after=[^"]+)" rel="next"', shown)
        address = f"/reports/{following[1]}" if following else ""
    assert len(seen) == len(set(seen)) == PAGE + 5
    newest = Report.unguarded.order_by("-brought_at", "-pk").values_list("pk", flat=True)
    assert seen == [str(pk) for pk in newest]


@pytest.mark.parametrize("after", ["", "x", "2026-11-22_1", "2026-11-22T00:00:00+08:00_99999999999999999999", "_", "²"])
def test_a_page_that_is_not_begins_anew(there: Office, after: str) -> None:
    brought(there)
    assert client(there).get("/reports/", {"after": after}).content.decode().count('class="title"') == 1


def test_what_became_of_each_directive(there: Office) -> None:
    report = brought(there)
    first, second, third, fourth, *left = drafts(report)
    now, city = timezone.now(), there["city"]
    confirm(city, first.pk, 1, now)
    merge(city, [(second.pk, 1), (third.pk, 1)], second.pk, now)
    refuse(city, fourth.pk, "done", "上月已办结", 1, now)
    answer = client(there).get(f"/reports/{report.pk}/")
    shown = answer.content.decode()
    counted = dict(re.findall(r"</svg> (\w+) <b>(\d+)</b>", shown))
    assert counted == {"已立项": "1", "合并或并入": "1", "不立项": "1", "未跟进": str(len(left) + 1)}
    assert sum(map(int, re.findall(r'<rect class="\w+" x="\d+" y="0.5" width="(\d+)"', shown))) in range(996, 1001)
    number = Draft.unguarded.select_related("item").get(pk=first.pk).item
    assert number is not None and number.number in shown and "上月已办结" in shown and "已经完成" in shown
    assert "穆清扬" in shown and "水库安全工作会议" in shown


def test_a_page_of_a_long_report_asks_little(there: Office) -> None:
    report, browser = brought(there, long_meeting()), client(there)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"/reports/{report.pk}/")
    assert len(asked) <= 15 and len(answer.content) <= 250_000


def test_reprints_lead_to_each_other(there: Office) -> None:
    report, again = brought(there, FLOOD), brought(there, FLOOD_AGAIN)
    assert f"/reports/{again.pk}/" in client(there).get(f"/reports/{report.pk}/").content.decode()
    assert f"/reports/{report.pk}/" in client(there).get(f"/reports/{again.pk}/").content.decode()


@pytest.mark.parametrize("path", ["", "desk/", "original/"])
def test_out_of_sight_is_not_found(there: Office, path: str) -> None:
    report = brought(there)
    assert client(there, "elsewhere").get(f"/reports/{report.pk}/{path}").status_code == 404
    assert client(there).get(f"/reports/{report.pk + 99}/{path}").status_code == 404
