"""Reports in, who is understood to speak in them, and why."""

from __future__ import annotations

import datetime

import pytest

from luoshi.intake.speaking import Speaker, speaker
from luoshi.places.names import default_directory
from luoshi.reading import read

DAY = datetime.date(2026, 11, 22)


def of(text: str, published: str | None = None, place: str | None = None) -> Speaker:
    return speaker(read(text, published), default_directory(), DAY, place)


def test_it_works() -> None:
    made = of(
        "浙江省政府召开防汛工作视频会议\n2024年6月18日，浙江省政府召开全省防汛工作会议。会议强调，要压实防汛责任。"
    )
    assert made.context == ("330000", datetime.date(2024, 6, 18), None)
    assert "召开" in made.reason and "会议日期2024-06-18" in made.reason


# A report's words, and the place that speaks by them.
SAYS = (
    ("桐庐县召开安全生产例会\n会议要求，各单位要加强排查。", "330122"),
    ("衢州市柯城区召开信访工作会议\n会议要求，要压实责任。", "332502"),
    ("国务院召开常务会议\n昨天，国务院召开常务会议。会议指出，要稳定就业。", "CN"),
    ("2025年上海市政府工作报告\n一、要抓好项目。", "310000"),
    ("浙江：全省信访工作会议召开\n会议要求，要压实责任。", "330000"),
    ("甘肃、青海、宁夏三省区座谈会召开\n会议要求，要压实责任。", None),
    ("解放日报评论员\n会议要求，要压实责任。", None),
    ("北京冬奥会筹办会议召开\n会议要求，要压实责任。", None),
    ("全市安全生产会议召开\n会议要求，市应急局要加强排查。", None),
    ("鼓楼区召开防汛会议\n会议要求，要加强值守。", None),
    ("学校召开党委会\n会议要求，各学院要抓好落实。", None),
)


@pytest.mark.parametrize(("text", "place"), SAYS)
def test_the_place_is_the_one_that_the_words_name(text: str, place: str | None) -> None:
    assert of(text).context.place == place


def test_a_person_goes_before_all() -> None:
    made = of("桐庐县召开安全生产例会\n会议要求，要加强排查。", place="330100")
    assert (made.context.place, made.place_ground) == ("330100", "given")


def test_days_come_from_the_meeting_or_the_publication_or_are_said_to_be_given() -> None:
    text = "桐庐县召开安全生产例会\n会议要求，要加强排查。"
    assert of(text, "2022-03-01").context.day == datetime.date(2022, 3, 1)
    assert of(text).context.day == DAY and "按指定日期" in of(text).reason
    yearless = of("桐庐县召开安全生产例会\n3月5日，桐庐县召开安全生产例会。会议要求，要加强排查。")
    assert yearless.day_ground == "given"
