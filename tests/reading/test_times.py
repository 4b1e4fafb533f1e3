"""A phrase and a day of publication in, the day it means out: case tables, and that nothing breaks."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.deadlines import deadlines
from luoshi.reading.times import event_day, holiday, plan_years, small_number


def day(words: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(words) if words else None


def due(text: str, published: str | None) -> list[tuple[str, str | None, str | None]]:
    return [(text[d.start : d.end], d.begins, d.by) for d in deadlines(text, 0, len(text), day(published))]


def test_it_works() -> None:
    assert due("力争6月底前完成清淤", "2024-03-05") == [("6月底前", None, "2024-06-30")]
    assert event_day("3日下午，全市清淤工作会召开。", 0, 14, datetime.date(2024, 3, 5)) == "2024-03-03"


AHEAD = [
    ("汛期前完成除险", "2024-03-01", "汛期前", None, None),
    ("本届政府任期内基本消除隐患", "2024-03-01", "本届政府任期内", None, None),
    ("年底前建成冷库", "2024-03-05", "年底前", None, "2024-12-31"),
    ("2028年底建成冷库", "2024-03-05", "2028年底", None, "2028-12-31"),
    ("1月底前建成冷库", "2024-03-05", "1月底前", None, "2025-01-31"),
    ("2月底前建成冷库", "2024-01-05", "2月底前", None, "2024-02-29"),
    ("十二月底前建成冷库", "2024-01-05", "十二月底前", None, "2024-12-31"),
    ("10月20日前建成冷库", "2024-01-05", "10月20日前", None, "2024-10-20"),
    ("20日前报送台账", "2024-05-24", "20日前", None, "2024-06-20"),
    ("每月8日前报送台账", "2024-05-24", "每月8日前", None, "2024-06-08"),
    ("每年2月底前报送台账", "2024-05-24", "每年2月底前", None, "2025-02-28"),
    ("每季度末报送台账", "2024-05-24", "每季度末", None, "2024-06-30"),
    ("每周五前报送台账", "2024-05-25", "每周五前", None, "2024-05-31"),
    ("月底前报送台账", "2024-02-05", "月底前", None, "2024-02-29"),
    ("下月10日前报送台账", "2024-12-05", "下月10日前", None, "2025-01-10"),
    ("本周内报送台账", "2024-05-24", "本周内", None, "2024-05-26"),
    ("下周三前报送台账", "2024-05-24", "下周三前", None, "2024-05-29"),
    ("本季度末前报送台账", "2024-05-24", "本季度末前", None, "2024-06-30"),
    ("做好一季度项目开工", "2024-01-18", "一季度", "2024-01-01", "2024-03-31"),
    ("做好一季度项目开工", "2023-12-20", "一季度", "2024-01-01", "2024-03-31"),
    ("前三季度完成投资", "2024-05-20", "前三季度", "2024-01-01", "2024-09-30"),
    ("二季度末完成投资", "2024-05-20", "二季度末", None, "2024-06-30"),
    ("上半年完成投资", "2024-01-18", "上半年", "2024-01-01", "2024-06-30"),
    ("明年一季度建成冷库", "2023-10-13", "明年一季度", "2024-01-01", "2024-03-31"),
    ("年内全部清零", "2024-04-19", "年内", None, "2024-12-31"),
    ("到2027年，覆盖率明显提高", "2024-04-19", "到2027年", None, "2027-12-31"),
    ("2030年前达到峰值", "2024-04-19", "2030年前", None, "2030-12-31"),
    ("“十五五”末总量翻番", "2026-04-19", "“十五五”末", None, "2030-12-31"),
    ("确保“十四五”规划顺利收官", "2025-01-19", "“十四五”规划顺利收官", None, "2025-12-31"),
    ("五一前完成检修", "2024-04-01", "五一前", None, "2024-04-30"),
    ("国庆节前完成检修", "2024-04-01", "国庆节前", None, "2024-09-30"),
    ("春节前发放到位", "2023-12-01", "春节前", None, "2024-02-09"),
    ("端午节前完成检修", "2024-05-01", "端午节前", None, "2024-06-09"),
    ("清明节前清理隔离带", "2024-03-01", "清明节前", None, "2024-04-03"),
    ("做好国庆假期值守", "2024-09-01", "国庆假期", "2024-10-01", "2024-10-07"),
    ("三年内建成冷库", "2024-02-29", "三年内", None, "2027-02-28"),
    ("半年内建成冷库", "2024-08-31", "半年内", None, "2025-02-28"),
    ("两周内建成冷库", "2024-05-01", "两周内", None, "2024-05-15"),
    ("9月上旬前建成冷库", "2024-05-01", "9月上旬前", None, "2024-09-10"),
    ("9月中旬建成冷库", "2024-05-01", "9月中旬", "2024-09-11", "2024-09-20"),
    ("确保全年不发生一起溃坝", "2024-05-01", "全年", "2024-01-01", "2024-12-31"),
    ("一季度开好局", None, "一季度", "--01-01", "--03-31"),
    ("6月底前完成清淤", None, "6月底前", None, "--06-30"),
    ("国庆前完成清淤", None, "国庆前", None, "--09-30"),
    ("2026年4月底前完成清淤", None, "2026年4月底前", None, "2026-04-30"),
]


@pytest.mark.parametrize(("text", "published", "quote", "begins", "by"), AHEAD)
def test_deadlines(text: str, published: str | None, quote: str, begins: str | None, by: str) -> None:
    assert due(text, published) == [(quote, begins, by)]


NONE = [
    ("坚持落实到底，守住底线", "2024-05-01"),
    ("从今年4月开始全面执行", "2024-01-01"),
    ("2024年，启动三项试点", "2024-01-01"),
    ("“十四五”时期重点建设灌区", "2024-01-01"),
    ("“十四五”规划收官之年", "2025-01-01"),
    ("截至3月底，已完工两座", "2024-05-01"),
    ("去年年底前已建成", "2024-05-01"),
    ("2023年6月底前完成清淤", "2024-05-01"),
    ("总结上半年工作", "2024-05-01"),
    ("一季度开好局", "2024-06-01"),
    ("收到申请之日起10天内答复", "2024-03-01"),
    ("24小时内上报", "2024-03-01"),
    ("早日建成", "2024-03-01"),
    ("每月99月底", "2024-03-01"),
    ("月底前报送台账", None),
    ("春节前发放到位", None),
]


@pytest.mark.parametrize(("text", "published"), NONE)
def test_what_is_no_deadline(text: str, published: str | None) -> None:
    assert due(text, published) == []


def test_a_year_named_before_is_inherited() -> None:
    assert [d[2] for d in due("2026年3月底前开工，9月底前完工", "2024-05-01")] == ["2026-03-31", "2026-09-30"]
    assert [d[2] for d in due("2026年起，每年2月底前自查", "2024-05-01")] == ["2026-02-28"]


EVENTS = [
    ("5日下午，全省会议召开", "2022-01-06", "2022-01-05"),
    ("24日，全省会议召开", "2022-01-06", "2021-12-24"),
    ("31日，全省会议召开", "2022-03-02", "2022-01-31"),
    ("12月30日，全省会议召开", "2022-01-06", "2021-12-30"),
    ("2022年1月5日，全省会议召开", None, "2022-01-05"),
    ("3月12日，全省会议召开", None, "--03-12"),
    ("18日至19日，全省会议召开", "2022-03-20", "2022-03-18"),
    ("四月二十九日，全省会议召开", "2022-05-01", "2022-04-29"),
    ("本月8日，全省会议召开", "2022-05-11", "2022-05-08"),
    ("今天上午，全省会议召开", "2022-05-11", "2022-05-11"),
    ("昨日，全省会议召开", "2022-03-01", "2022-02-28"),
    ("5日，全省会议召开", None, None),
    ("今日，全省会议召开", None, None),
    ("日前，全省会议召开", "2022-05-11", None),
    ("近日，全省会议召开", "2022-05-11", None),
    ("20日前报送", "2022-05-11", None),
    ("2月30日", "2022-05-11", None),
]


@pytest.mark.parametrize(("text", "published", "held"), EVENTS)
def test_event_day(text: str, published: str | None, held: str | None) -> None:
    assert event_day(text, 0, len(text), day(published)) == held


def test_what_the_calendar_says() -> None:
    assert holiday("春节", 2027) == datetime.date(2027, 2, 6)
    assert holiday("元宵节", 2024) == datetime.date(2024, 2, 24)
    assert holiday("春节", 2050) is None
    assert plan_years("十四五") == (2021, 2025)
    assert [small_number(words) for words in ("十", "二十一", "7", "三")] == [10, 21, 7, 3]


WORDS = st.text(
    alphabet="0123456789一二三十两半年月日前底末内到至季度上下中旬周每“”五国庆春节全，。今明确保起已 \n第-—",
    max_size=40,
)


@given(WORDS | st.text(max_size=40), st.none() | st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)))
def test_anything_can_be_scanned(text: str, published: datetime.date | None) -> None:
    end = 0
    for found in deadlines(text, 0, len(text), published):
        assert end <= found.start < found.end <= len(text)
        assert found.begins is None or (found.by is not None and found.begins <= found.by)
        end = found.end
    held = event_day(text, 0, len(text), published)
    assert held is None or len(held) in (7, 10)


@given(WORDS, st.integers(0, 40), st.integers(0, 40))
def test_what_is_found_lies_in_the_stretch(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    for found in deadlines(text, start, end, datetime.date(2024, 5, 1)):
        assert start <= found.start < found.end <= end
