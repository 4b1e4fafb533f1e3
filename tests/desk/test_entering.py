"""Pages on which staff enter something themselves: a ledger, a task, an instruction, a meeting; as each of an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from luoshi.desk.entering.meetings import initial_of, seen_as
from luoshi.documents.models import Correction, Meeting, Report
from luoshi.intake.models import Draft
from tests.documents.made import taken
from tests.intake.books import PLAIN, book
from tests.ledger.office import NOW, Office, in_hand, office

pytestmark = pytest.mark.django_db
NEW = "/ledgers/new/"


@pytest.fixture(autouse=True)
def _originals(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def made() -> Iterator[Office]:
    # A page in English would leave the tests after it in English.
    with translation.override("zh-hans"):
        yield office()


def signed_in(made: Office, name: str) -> Client:
    client = Client()
    client.force_login(made[name])
    return client


def upload(client: Client, data: bytes, name: str = "台账.xlsx", **fields: str) -> Any:
    return client.post(NEW, {"file": SimpleUploadedFile(name, data), "place": "临川市", "line": "", **fields})


def import_(client: Client, there: str, **fields: str) -> Any:
    return client.post(there.partition("?")[0], {"place": "临川市", "line": "", **fields})


def test_it_works(made: Office) -> None:
    """Uploaded, shown, imported; then the reading desk of what was imported."""
    client = signed_in(made, "city")
    sent = upload(client, book(*PLAIN))
    assert sent.status_code == 302
    page = client.get(sent.url)
    said = page.content.decode()
    assert "修好青溪县三座病险水库" in said and "临川市水利局" in said and "导入 3 条" in said
    assert not Draft.unguarded.exists()
    done = import_(client, sent.url)
    assert (done.status_code, Draft.unguarded.count()) == (302, 3)
    assert done.url == f"/reports/{Report.unguarded.get().pk}/desk/"
    assert "已导入 3 条" in client.get(done.url).content.decode()


def test_sent_twice_it_is_done_once(made: Office) -> None:
    client = signed_in(made, "city")
    there = upload(client, book(*PLAIN)).url
    assert {import_(client, there).url for _ in range(3)} == {f"/reports/{Report.unguarded.get().pk}/desk/"}
    assert Draft.unguarded.count() == 3


def test_a_column_is_chosen(made: Office) -> None:
    client = signed_in(made, "city")
    there = upload(client, book(("甲", "乙"), ("改造养老院两所", "临川市民政局"))).url
    assert "认不出哪一列是工作任务" in client.get(there).content.decode()
    shown = client.get(there, {"place": "临川市", "c0-0": "task", "c0-1": "lead"}).content.decode()
    assert "导入 1 条" in shown and '<option value="lead" selected>' in shown
    import_(client, there, **{"c0-0": "task", "c0-1": "lead"})
    draft = Draft.unguarded.select_related("lead").get()
    assert (draft.words, str(draft.lead)) == ("改造养老院两所", "临川市民政局")


def test_with_a_fault_nothing_is_imported_and_its_place_is_told(made: Office) -> None:
    client = signed_in(made, "city")
    there = upload(client, book(*PLAIN, (4, None, "临川市水利局"))).url
    page = client.get(there).content.decode()
    assert "工作表“台账” 第 5 行 B 列" in page and "导入 3 条" not in page
    assert import_(client, there).status_code == 422
    assert not Draft.unguarded.exists() and not Report.unguarded.exists()


WRONG = (
    (b"", "a.xlsx", "文件里没有内容"),
    (b"\xd0\xcf\x11\xe0 Workbook", "a.xls", "旧格式"),
    (b"<svg onload='alert(1)'/>", "a.svg", "不是 Excel"),
    (book(*PLAIN)[:700], "a.xlsx", "损坏"),
)


@pytest.mark.parametrize(("data", "name", "said"), WRONG, ids=[row[1] + str(len(row[0])) for row in WRONG])
def test_a_file_that_cannot_be_read(made: Office, data: bytes, name: str, said: str) -> None:
    page = upload(signed_in(made, "city"), data, name, place="青溪县")
    text = page.content.decode()
    assert page.status_code == 422 and said in text and 'value="青溪县"' in text


def test_no_file_and_no_place(made: Office) -> None:
    client = signed_in(made, "city")
    page = client.post(NEW, {"place": "云口市"})
    text = page.content.decode()
    assert page.status_code == 422 and "请选择一个文件" in text and "职务范围内没有“云口市”" in text
    assert "autofocus" in text


def test_a_file_belongs_to_the_session_that_uploaded_it(made: Office) -> None:
    there = upload(signed_in(made, "city"), book(*PLAIN)).url
    other: Any = signed_in(made, "province").get(there)
    assert (other.status_code, other.url) == (302, NEW)


@pytest.mark.parametrize("path", [NEW, "/drafts/new/", "/instructions/new/"])
@pytest.mark.parametrize("name", ["water", "mayor", "checker", "observer", "admin"])
def test_supervisors_alone(made: Office, path: str, name: str) -> None:
    client = signed_in(made, name)
    assert (client.get(path).status_code, client.post(path, {}).status_code) == (403, 403)
    assert Client().get(path).status_code == 302


def test_pages_ask_little(made: Office, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [(i, f"清淤第{i}段河道", "临川市水利局", "临川市民政局", "2026年12月底前") for i in range(150)]
    client = signed_in(made, "city")
    there = upload(client, book(PLAIN[0][:5], *rows)).url
    client.get(there)
    with django_assert_max_num_queries(25):
        page = client.get(there)
    assert len(page.content) < 250_000 and "另有 130 条" in page.content.decode()
    for number in range(120):
        Meeting.unguarded.create(origin="hand", name=f"第{number}次例会", place=made.world.places["A1"], entered_at=NOW)
    with django_assert_max_num_queries(12):
        assert client.get("/meetings/").content.decode().count("次例会") == 50


TASK = {"words": "清淤河道三公里", "basis": "市政府专题会议纪要〔2026〕8号", "place": "临川市", "line": ""}


def test_a_task_by_hand(made: Office) -> None:
    client = signed_in(made, "city")
    sent = re.search(r'name="sent" value="(\w+)"', client.get("/drafts/new/").content.decode())
    given = {**TASK, "lead": "临川市水利局", "due": "2026-12-01", "sent": sent[1] if sent else ""}
    for _ in range(2):
        done: Any = client.post("/drafts/new/", given)
        assert done.status_code == 302
    draft = Draft.unguarded.select_related("lead", "made_by").get()
    assert done.url == f"/drafts/{draft.pk}/"
    assert (draft.origin, str(draft.lead), str(draft.due), draft.made_by) == (
        "hand",
        "临川市水利局",
        "2026-12-01",
        made.posts["city"],
    )
    assert draft.words in client.get("/drafts/").content.decode()
    assert draft.words not in signed_in(made, "elsewhere").get("/drafts/").content.decode()


TASK_FAULTS = (
    ({"words": ""}, "必填|字段|这个"),
    ({"basis": ""}, "必填|字段|这个"),
    ({"place": "岭西省"}, "职务范围内没有"),
    ({"lead": "临川市开心局"}, "没有叫“临川市开心局”的单位"),
    ({"due": "明天"}, "日期"),
    ({"line": "nothing"}, "nothing|选择"),
)


@pytest.mark.parametrize(("more", "said"), TASK_FAULTS, ids=[next(iter(more)) for more, _ in TASK_FAULTS])
def test_faults_of_a_task_are_at_their_field_and_nothing_typed_is_lost(
    made: Office, more: dict[str, str], said: str
) -> None:
    page = signed_in(made, "city").post("/drafts/new/", {**TASK, **more})
    text = page.content.decode()
    assert page.status_code == 422 and re.search(said, text) and 'role="alert"' in text
    kept = {**TASK, **more}
    assert all(value in text for name, value in kept.items() if name not in ("line",) and value)
    assert not Draft.unguarded.exists()


INSTRUCTION = {"words": "请市水利局十二月底前清淤河道三公里。", "by": "市长", "on": "2026-11-01", "place": "临川市"}


def test_an_instruction(made: Office) -> None:
    client = signed_in(made, "city")
    done: Any = client.post("/instructions/new/", INSTRUCTION)
    report = Report.unguarded.get()
    assert done.url == f"/reports/{report.pk}/desk/"
    draft = Draft.unguarded.get()
    assert (draft.list, draft.basis, draft.basis_kind) == ("instructions", "市长批示（2026年11月1日）", "instruction")
    assert "清淤河道" in draft.words


def test_an_instruction_about_an_item(made: Office) -> None:
    item = in_hand(made)
    given = {**INSTRUCTION, "about": item.row.number}
    client = signed_in(made, "city")
    done: Any = client.post("/instructions/new/", given)
    assert done.status_code == 302 and str(item.item) in done.url
    assert item.row.sequence == item.sequence + 1 and not Report.unguarded.exists()


def test_an_instruction_as_a_file(made: Office) -> None:
    file = SimpleUploadedFile("批示.txt", INSTRUCTION["words"].encode())
    done = signed_in(made, "city").post("/instructions/new/", {**INSTRUCTION, "words": "", "file": file})
    assert done.status_code == 302 and Draft.unguarded.get().list == "instructions"


INSTRUCTION_FAULTS = (
    ({"words": ""}, "请写批示内容"),
    ({"by": ""}, "必填"),
    ({"on": "2999-01-01"}, "在今天之后"),
    ({"about": "临川市任务清单〔2026〕99号"}, "没有找到编号为"),
    ({"place": "云口市"}, "职务范围内没有"),
)


@pytest.mark.parametrize(("more", "said"), INSTRUCTION_FAULTS, ids=[next(iter(m)) for m, _ in INSTRUCTION_FAULTS])
def test_faults_of_an_instruction(made: Office, more: dict[str, str], said: str) -> None:
    page = signed_in(made, "city").post("/instructions/new/", {**INSTRUCTION, **more})
    text = page.content.decode()
    assert page.status_code == 422 and said in text
    assert all(value in text for value in {**INSTRUCTION, **more}.values() if value)


MEETING = {
    "name": "全市三季度重点工作推进会",
    "date": "2026-10-09",
    "place": "临川市",
    "line": "",
    "main_venue": "市行政中心三楼",
    "branch_venues": "石桥镇 18\n白塔区（25人）\n青溪县",
    "attendance": "260",
    "presenters": "石桥镇\n市民政局",
    "chairs": "穆清扬",
    "form": "video",
    "level": "city",
}


def test_a_meeting_by_hand(made: Office) -> None:
    client = signed_in(made, "city")
    done: Any = client.post("/meetings/new/", MEETING)
    held = Meeting.unguarded.get()
    assert done.url == f"/meetings/{held.pk}/"
    assert [(v["name"], v["attendance"]) for v in held.branch_venues] == [
        ("石桥镇", 18),
        ("白塔区", 25),
        ("青溪县", None),
    ]
    assert (held.presenters, held.attendance, held.form) == (["石桥镇", "市民政局"], 260, "video")
    assert "全市三季度重点工作推进会" in client.get("/meetings/?q=三季").content.decode()
    assert "没有这样的会议" in client.get("/meetings/?q=四季").content.decode()
    assert client.post("/meetings/new/", MEETING).headers["Location"] == done.url
    again = client.post("/meetings/new/", {**MEETING, "attendance": "261"})
    assert again.status_code == 422 and "已录入" in again.content.decode()


def corrected(client: Client, held: Meeting, **more: str) -> Any:
    page = client.get(f"/meetings/{held.pk}/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    return client.post(f"/meetings/{held.pk}/", {**MEETING, "seen": seen[1] if seen else "", **more})


def test_a_meeting_is_corrected(made: Office) -> None:
    client = signed_in(made, "city")
    client.post("/meetings/new/", MEETING)
    held = Meeting.unguarded.get()
    assert corrected(client, held).status_code == 302 and not Correction.unguarded.exists()
    assert corrected(client, held, attendance="300").status_code == 302
    held.refresh_from_db()
    assert held.attendance == 300
    page = client.get(f"/meetings/{held.pk}/").content.decode()
    assert "<del>260</del>" in page and "<ins>300</ins>" in page and "临川市人民政府" in page
    stale = corrected(client, held, seen="0", attendance="301")
    assert (
        stale.status_code == 422
        and "刚被他人更正过" in stale.content.decode()
        and 'value="301"' in stale.content.decode()
    )
    wrong = corrected(client, held, date="明天", branch_venues="石桥镇\n石桥镇")
    assert (
        wrong.status_code == 422 and "日期应写作" in wrong.content.decode() and "分会场重复" in wrong.content.decode()
    )


def test_a_meeting_that_was_read_is_corrected_and_its_report_is_a_click_away(made: Office) -> None:
    report = taken(post=made.posts["city"], place=made.world.places["A1"]).report
    held = Meeting.unguarded.get()
    client = signed_in(made, "city")
    assert f"/reports/{report.pk}/" in client.get(f"/meetings/{held.pk}/").content.decode()
    done = corrected(client, held, name=held.name, date=held.date)
    assert done.status_code == 302
    held.refresh_from_db()
    assert held.attendance == 260 and "attendance" in held.corrected


def test_what_was_not_touched_is_not_corrected(made: Office) -> None:
    """Groups hold the marks that part names, days may lack their year: a form that is sent as it is changes nothing."""
    taken(post=made.posts["city"], place=made.world.places["A1"])
    Meeting.unguarded.update(groups=["各县（市、区）", "市直部门"], date="--05-11", branch_venues=[{"name": "一室 2"}])
    held = Meeting.unguarded.get()
    client = signed_in(made, "city")
    page = client.get(f"/meetings/{held.pk}/")
    assert 'value="--05-11"' in page.content.decode() and 'type="date"' not in page.content.decode()
    sent = {name: "" if value is None else value for name, value in initial_of(held).items()}
    done = client.post(f"/meetings/{held.pk}/", {**sent, "seen": seen_as(held), "chairs": "穆清扬"})
    assert done.status_code == 302
    assert [each.field for each in Correction.unguarded.all()] == ["chairs"]


def test_who_sees_and_who_corrects_a_meeting(made: Office) -> None:
    signed_in(made, "city").post("/meetings/new/", MEETING)
    address = f"/meetings/{Meeting.unguarded.get().pk}/"
    seen = {
        name: signed_in(made, name).get(address).status_code for name in ("province", "mayor", "elsewhere", "county")
    }
    assert seen == {"province": 200, "mayor": 200, "elsewhere": 404, "county": 404}
    assert signed_in(made, "mayor").post(address, MEETING).status_code == 403
    assert "保存更正" not in signed_in(made, "mayor").get(address).content.decode()


@pytest.mark.parametrize("path", [NEW, "/drafts/new/", "/instructions/new/", "/meetings/", "/meetings/new/"])
def test_in_english(made: Office, path: str) -> None:
    client = signed_in(made, "city")
    client.cookies["django_language"] = "en"
    main = re.search(r"<main.*?</main>", client.get(path).content.decode(), re.S)
    said = re.sub(
        r"<datalist.*?</datalist>|<select.*?</select>|value=\"[^\"]*\"|“.*?”", "", main[0] if main else "", flags=re.S
    )
    assert not re.search("[\u4e00-\u9fff]", said)
