"""Names of units in running text are found where they stand, with what they mean; other words are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.names import Context, Own, directory, mentions, resolve
from tests.places.naming import DIRECTORY, NOW, ZHEJIANG, in_short

HERE = Context(ZHEJIANG, NOW)


def found(text: str, context: Context = HERE) -> list[tuple[str, str]]:
    """What stands in the text, and what it means."""
    return [(text[m.start : m.end], in_short(m.answer)) for m in mentions(text, context, DIRECTORY)]


def test_it_works() -> None:
    assert found("会议要求省发展改革委会同浙江省教育厅抓好落实。") == [
        ("省发展改革委", "330000/development_reform"),
        ("浙江省教育厅", "330000/education"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由省委组织部、团省委牵头。", {"省委组织部": "330000/organisation", "团省委": "330000/youth_league"}),
        ("江苏省委、省政府来浙考察。", {"江苏省委": "320000/party_committee", "省政府": "320000/government"}),
        ("各设区市政府要压实责任。", {"各设区市政府": "set every_prefecture_government 11"}),
        ("有关县（市、区）政府配合。", {"有关县（市、区）政府": "class some_counties"}),
        ("宁波、台州市政府要带头。", {"宁波、台州市政府": "330200/government + 332700/government"}),
        ("省发展\n改⾰委负责。", {"省发展\n改⾰委": "330000/development_reform"}),
        (
            "广州市天河区、佛山市水利局发言。",
            {"佛山市水利局": "440600/water"},
        ),
        ("召开县政府常务会议", {"县政府": "unknown"}),
        ("省财政厅会同县财政局办理。", {"省财政厅": "330000/finance", "县财政局": "unknown"}),
        ("市委和县委部署", {"市委": "? 330100/party_committee 330200/party_committee", "县委": "unknown"}),
        ("安徽省和县政府说", {"安徽省和县政府": "342626/government"}),
        ("省 教 育 厅负责。", {"省 教 育 厅": "330000/education"}),
        ("杭州市公安局西湖分局办理。", {"杭州市公安局西湖分局": "330106/public_security"}),
        ("中国人民银行浙江省分行说。", {"中国人民银行浙江省分行": "330000/central_bank"}),
        ("（责任单位：省水利厅）", {"省水利厅": "330000/water"}),
        ("省农业农村厅厅长介绍情况。", {"省农业农村厅": "330000/agriculture_rural"}),
        ("长兴县农业农村局、财政局。", {"长兴县农业农村局": "332129/agriculture_rural", "财政局": "332129/finance"}),
    ],
)
def test_names_in_a_sentence(text: str, names: dict[str, str]) -> None:
    assert found(text) == list(names.items())


@pytest.mark.parametrize(
    "text",
    [
        "加快城市政府债务化解，节省政府开支。",
        "供给侧改革，合作局面，人民银幕，长春花开。",
        "省时省力，南京路步行街，县域经济，区域合作。",
        "建成示范县政府网站，各市局要配合，滁州经开区安委办。",
        "财政局长和省委书记、市长出席，人大代表参加。",
        "组织部门、宣传部门和农业部门要文明办事。",
        "企业和群众办事，政府放权，发展改革取得成效。",
        "省政府系统要过紧日子，睦邻合作委员会开会。",
        "矿务局的发改工作，集中办公，国办法规。",
        "社区政府服务点，各区域发展，所有县城通公路。",
        "",
    ],
)
def test_no_false_friends(text: str) -> None:
    assert found(text) == []


def test_a_name_whose_place_is_not_said_is_found_and_left_open() -> None:
    assert found("由市财政局牵头。", Context(day=NOW)) == [("市财政局", "unknown")]


def test_own_names_are_found() -> None:
    own = directory((), DIRECTORY.lines, [Own("lab:zhijiang", ("之江实验室",))])
    (mention,) = mentions("依托之江实验室建设。", Context(day=NOW), own)
    assert (mention.start, mention.end, mention.answer.unit) == (2, 7, "lab:zhijiang")


PIECES = (
    "省发展改革委",
    "各地各部门",
    "杭州市",
    "政府",
    "、",
    "，",
    "和",
    "\n",
    " ",
    "会同",
    "要",
    "⾰",
    "（",
    "）",
    "宁波",
    "局",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_mentions_stand_in_order_and_mean_what_they_mean_alone(text: str) -> None:
    spans = mentions(text, HERE, DIRECTORY)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for start, end, answer in spans:
        alone = resolve(text[start:end], HERE, DIRECTORY)
        assert 0 <= start < end <= len(text)
        assert alone.kind == answer.kind and alone.unit in (answer.unit, None)


SENTENCE = "省教育厅、省财政厅会同杭州市人民政府落实，有关设区市政府、各地各部门配合，国家发展改革委指导。"


@given(st.lists(st.integers(0, len(SENTENCE)), max_size=6))
def test_breaks_and_blanks_change_nothing(breaks: list[int]) -> None:
    broken = "".join(("\n " if at in breaks else "") + character for at, character in enumerate(SENTENCE))
    whole = [(name, means) for name, means in found(SENTENCE)]
    assert [("".join(name.split()), means) for name, means in found(broken)] == whole


def test_what_stands_far_off_changes_nothing() -> None:
    once = found(SENTENCE)
    assert found(SENTENCE * 30) == once * 30
