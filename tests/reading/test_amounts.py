"""Written numbers in, values out; directives in, numbers to be reached out: case tables, and that nothing breaks."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.amounts import targets
from luoshi.reading.numerals import number_at, numbers, value_of


def aims(text: str) -> list[tuple[str, str, float, float | None, str | None]]:
    return [(text[a.start : a.end], a.relation, a.value, a.upper, a.unit) for a in targets(text, 0, len(text))]


def test_it_works() -> None:
    assert aims("力争茶园亩均产值增长8%以上") == [("增长8%以上", "at least", 8, None, "%")]


NUMBERS = [
    ("增长5.5%", 5.5, None, "%"),
    ("增长百分之五", 5, None, "%"),
    ("两万五千", 25000, None, None),
    ("三百二十公里", 320, None, "公里"),
    ("投资3.5亿元", 3.5, None, "亿元"),
    ("投资1042.8亿元", 1042.8, None, "亿元"),
    ("面积35万亩", 35, None, "万亩"),
    ("共1,000家", 1000, None, "家"),
    ("压缩一半", 50, None, "%"),
    ("降低两成", 2, None, "成"),
    ("投资两亿元", 2, None, "亿元"),
    ("两万五千亩", 25000, None, "亩"),
    ("培养三至五名", 3, 5, "名"),
    ("不高于30微克/立方米", 30, None, "微克/立方米"),
    ("提高5个百分点", 5, None, "个百分点"),
    ("增长1.5倍", 1.5, None, "倍"),
    ("增长10%—15%", 10, 15, "%"),
    ("建设3-5个", 3, 5, "个"),
    ("时延1ms", 1, None, "ms"),
    ("十余个", 10, None, "个"),
    ("30万余元", 30, None, "万元"),
    ("120个工作日", 120, None, "个工作日"),
]


@pytest.mark.parametrize(("text", "value", "upper", "unit"), NUMBERS)
def test_numbers(text: str, value: float, upper: float | None, unit: str | None) -> None:
    assert [(n.value, n.upper, n.unit) for n in numbers(text, 0, len(text))] == [(value, upper, unit)]


NAMES = [
    "“8+4”政策",
    "“415X”集群",
    "415X集群",
    "一号工程",
    "H7N9疫情",
    "MU5735航班",
    "建站20周年",
    "八八战略",
    "第十五次会议",
    "第3名",
    "党的二十大",
    "十四五规划",
    "2027年",
    "2024—2027年",
    "3月5日",
    "〔2019〕4号",
    "一要加强管理",
    "二是抓好落实",
    "三大差距",
    "两个维护",
    "一个平台",
    "千方百计",
    "5G网络",
    "1号线",
    "进一步",
]


@pytest.mark.parametrize("text", NAMES)
def test_numbers_in_names_are_none(text: str) -> None:
    assert numbers(text, 0, len(text)) == []


TARGETS = [
    ("新建茶园防霜设施不少于12处", "不少于12处", "at least", 12, None, "处"),
    ("确保抽检合格率不低于98%", "不低于98%", "at least", 98, None, "%"),
    ("确保良种覆盖率达到96%以上", "达到96%以上", "at least", 96, None, "%"),
    ("确保失业率控制在5%以内", "控制在5%以内", "at most", 5, None, "%"),
    ("办理时限不超过3个工作日", "不超过3个工作日", "at most", 3, None, "个工作日"),
    ("把平均等候时间压缩至20分钟以内", "压缩至20分钟以内", "at most", 20, None, "分钟"),
    ("力争工业投资增长9%左右", "增长9%左右", "about", 9, None, "%"),
    ("力争港口吞吐量突破300万标箱", "突破300万标箱", "more than", 300, None, "万标箱"),
    ("确保漏损率低于9%", "低于9%", "less than", 9, None, "%"),
    ("力争产值增长10%—15%", "增长10%—15%", "range", 10, 15, "%"),
    ("新增公共车位300个", "新增公共车位300个", "exactly", 300, None, "个"),
    ("年底前完成37座山塘整治", "37座山塘整治", "exactly", 37, None, "座"),
    ("取消盖章、复印等25项证明材料", "25项证明材料", "exactly", 25, None, "项"),
    ("培育10家以上种业企业", "10家以上种业企业", "at least", 10, None, "家"),
    ("每月至少开展2次夜查", "至少开展2次夜查", "at least", 2, None, "次"),
    ("招引5亿元以上项目6个", "招引5亿元以上项目6个", "exactly", 6, None, "个"),
    ("全年不发生一起溺水事故", "不发生一起溺水事故", "exactly", 0, None, "起"),
    ("将审批材料精简一半", "精简一半", "exactly", 50, None, "%"),
    ("力争旅居客人达600万", "达600万", "exactly", 600, None, "万"),
    ("在9个山区县建成康复中心", "9个山区县", "exactly", 9, None, "个"),
    ("确保年底前8户困难企业实现盈利", "8户困难企业", "exactly", 8, None, "户"),
]


@pytest.mark.parametrize(("text", "quote", "relation", "value", "upper", "unit"), TARGETS)
def test_targets(text: str, quote: str, relation: str, value: float, upper: float | None, unit: str | None) -> None:
    assert aims(text) == [(quote, relation, value, upper, unit)]


NO_TARGETS = [
    "聚焦12条产业链精准发力",
    "对排查出的86件积案逐案化解",
    "支持林山纺织等5家企业做强做优",
    "加快3个码头项目进度",
    "对投资5000万元以上的项目专班服务",
    "推动人口10万以上的镇提质",
    "对超过30天未整改的",
    "去年新增车位300个",
    "已建成泵站12座",
    "过去三年，新建泵站12座",
    "完成了12座泵站改造",
    "严格执行24小时值班制度",
    "深入实施三年行动",
    "一要抓好三件事",
    "落实《条例》第12条",
    "学习贯彻“两个维护”要求",
]


@pytest.mark.parametrize("text", NO_TARGETS)
def test_what_is_no_target(text: str) -> None:
    assert aims(text) == []


def test_one_verb_for_several() -> None:
    assert [a[0] for a in aims("更新农机50万台、水泵800台")] == ["更新农机50万台", "水泵800台"]
    assert [a[2] for a in aims("通车和通邮比例分别达70%、78%")] == [70, 78]


def test_what_is_measured() -> None:
    def what(text: str) -> list[str | None]:
        return [a.what for a in targets(text, 0, len(text))]

    assert what("力争技术合同成交额超过90亿元") == ["技术合同成交额"]
    assert what("培育特色书店20家") == ["特色书店"]
    assert what("新增公共车位300个") == ["新增公共车位"]
    assert what("建成5座泵站，全力保供") == ["泵站"]


def test_value_of() -> None:
    assert [value_of(words) for words in ("两万五千", "二点五", "一百零三", "三亿", "十二")] == [
        25000,
        2.5,
        103,
        3e8,
        12,
    ]


def test_a_number_at_its_place() -> None:
    number = number_at("增长5%", 2)
    assert number and (number.start, number.end) == (2, 4)
    assert number_at("增长5%", 0) is None


WORDS = st.text(
    alphabet="0123456789.,，%一二两三十百千万亿点分之成半余多个家座元亩以上左右不少于达到增长“”的、企业。—-第年",
    max_size=40,
)


@given(WORDS | st.text(max_size=40), st.integers(0, 40))
def test_anything_can_be_scanned(text: str, start: int) -> None:
    start = min(start, len(text))
    end = start
    for number in numbers(text, start, len(text)):
        assert end <= number.start < number.end <= len(text)
        assert math.isfinite(number.value)
        end = number.end
    for aim in targets(text, start, len(text)):
        assert start <= aim.start < aim.end <= len(text)
        assert aim.relation != "range" or (aim.upper or 0) > aim.value
