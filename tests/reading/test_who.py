"""Who published, who met, who spoke, who must do it: read from a report as a clerk would."""

from __future__ import annotations

import pytest

from luoshi.reading import Reading, read

REPORT = """全市秋粮收购工作推进会召开

2023-10-09 08:10 来源：某某日报 作者：记者 林小满

某某日报讯（记者 林小满 摄影 陶知远）10月8日下午，市委、市政府召开全市秋粮收购工作推进会。市委副书记、市长周晓禾出席会议并讲话，\
副市长、市粮食安全工作领导小组副组长上官秋白主持。市政协副主席阿依努尔·买买提、市政府秘书长贺川参加会议。

周晓禾指出，当前一些乡镇仓容不足，收储企业资金不到位。

周晓禾强调，各县（市、区）要压实属地责任，10月底前腾出仓容20万吨以上；要畅通举报渠道，让农民卖明白粮。市粮食和储备局要每周调度进度。

会议以视频形式召开，各县（市、区）设分会场。江北县、东湖区作交流发言。各县（市、区）主要负责人在分会场参加会议。

（责任编辑：宋秋）
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(REPORT)


def test_it_works(reading: Reading) -> None:
    (meeting,) = reading.meetings
    assert meeting.name and meeting.name.text == "全市秋粮收购工作推进会"
    assert (meeting.date, meeting.form, meeting.level) == ("2023-10-08", "video", "city")
    assert (meeting.chairs, meeting.speakers) == (("上官秋白",), ("周晓禾",))
    assert meeting.attendees == ("阿依努尔·买买提", "贺川")
    assert meeting.presenters == ("江北县", "东湖区")


def test_publication(reading: Reading) -> None:
    found = (reading.published, reading.publisher, reading.author, reading.editor)
    assert found == ("2023-10-09", "某某日报", "林小满", "宋秋")


def test_posts_stand_with_their_names(reading: Reading) -> None:
    posts = {person.name: person.posts for person in reading.people}
    assert posts["周晓禾"] == ("市委副书记", "市长")
    assert posts["上官秋白"] == ("副市长", "市粮食安全工作领导小组副组长")
    assert posts["阿依努尔·买买提"] == ("市政协副主席",)


def test_every_mention_is_the_name(reading: Reading) -> None:
    for person in reading.people:
        for start, end in person.mentions:
            assert REPORT[start:end] == person.name


def test_units_purpose_problems(reading: Reading) -> None:
    units = [[unit.text for unit in d.units] for d in reading.directives]
    assert units == [["各县（市、区）"], ["各县（市、区）"], ["市粮食和储备局"]]
    assert reading.directives[1].purpose == ("让农民卖明白粮",)
    assert [p.span.text for p in reading.problems] == ["当前一些乡镇仓容不足", "收储企业资金不到位"]


def test_what_the_report_leaves_open_is_said(reading: Reading) -> None:
    first, *_, last = reading.directives
    assert [a.gaps for a in first.actions] == [("deadline", "measure"), ()]
    assert last.actions[0].gaps == ("deadline", "measure")


@pytest.mark.parametrize(
    ("lead", "units"),
    [
        ("要加强管理", []),
        ("我们要加强管理", []),
        ("各级各部门要加强管理", ["各级各部门"]),
        ("各地区、各部门要加强管理", ["各地区、各部门"]),
        ("全县广大党员干部尤其是领导干部要加强管理", ["党员干部", "领导干部"]),
        ("县水利局、县财政局要加强管理", ["县水利局", "县财政局"]),
        ("要鼓励地方探索新路", ["地方"]),
        ("要推动高质量发展", []),
        ("要扶持企业做大做强", []),
    ],
)
def test_units_as_printed(lead: str, units: list[str]) -> None:
    (directive,) = read(f"会议强调，{lead}。").directives
    assert [unit.text for unit in directive.units] == units


def test_printed_owners_hold_for_their_item() -> None:
    reading = read(
        "会议明确了两项任务。（一）严格用水管理。年底前完成改造。（责任单位：县水利局、县财政局）"
        "（二）整治乱占乱建。一律从严查处。（牵头单位：县自然资源局；配合单位：县公安局）"
    )
    units = [[unit.text for unit in d.units] for d in reading.directives]
    assert units == [["县水利局", "县财政局"]] * 2 + [["县自然资源局", "县公安局"]] * 2


def test_nobody_is_named_where_nobody_is() -> None:
    reading = read("加强管理是关键。要压实责任，抓好落实。")
    assert reading.meetings == () and reading.people == () and reading.published is None
    assert all(d.units == () and d.deadline is None and d.targets == () for d in reading.directives)
