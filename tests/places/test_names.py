"""Names as printed lead to the units that can be asked: by place, rank, day; what is not said is not guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.gazetteer import state_on
from luoshi.places.lines import PlaceNow, generate_units
from luoshi.places.names import Context, Own, directory, mentions, resolve
from tests.places.naming import DIRECTORY, HANGZHOU, NOW, TONGLU, XIHU, ZHEJIANG, in_short, meant


def test_it_works() -> None:
    answer = meant("省发展改革委")
    assert answer.unit == "330000/development_reform"
    assert str(answer.reason) == "按层级指发文地区浙江省，简称“省发展改革委”"


# A place that speaks (- for none), a name, what it means. Keys are first codes: 义乌 is 332526, 金华 332500.
UNITS = """
330000 省发改委 330000/development_reform
- 浙江省发展和改革委员会 330000/development_reform
330122 国家发改委 CN/development_reform
330122 发改局 330122/development_reform
330122 财政局 330122/finance
330122 财政厅 330000/finance
330000 国资委 330000/state_assets
CN 国资委 CN/state_assets
330000 教育部 CN/education
330200 宁波证监局 330200/securities_regulation
330000 省数据局9 330000/data
330122 桐庐县发改局 330122/development_reform
330122 市政府 330100/government
332526 市政府 332526/government
330782 市政府 332526/government
320583112 市政府 322726/government
330782 市中级人民法院 332500/court
330106 区政府 330106/government
330106 市财政局 330100/finance
310115 市经信委 310000/industry_and_information
310115 区发改委 310115/development_reform
450000 区党委宣传部 450000/publicity
450103 区发改委 450103/development_reform
150000 自治区政府 150000/government
532300 州发改委 532300/development_reform
232700 行署 232700/government
CN 喀什地委 653100/party_committee
CN 喀什行署 653100/government
CN 绥德行署 unknown
CN 宁夏地委 unknown
640000 自治区农牧厅 640000/agriculture_rural
150000 自治区农牧厅 150000/agriculture_rural
150100 市农牧局 150100/agriculture_rural
332529@1984 自治县政府 332529@1984/government
533300 自治州财政局 533300/finance
330000 我省商务厅 330000/commerce
330100 本市教育局 330100/education
330000 团省委 330000/youth_league
330000 中共浙江省委组织部 330000/organisation
330000 中国共产党浙江省委员会 330000/party_committee
330000 中共浙江省纪律检查委员会浙江省监察委员会 330000/discipline_inspection
330000 省安委会办公室 330000/work_safety_commission
330000 省委编办 330000/staffing
330000 省委机构编制委员会办公室 330000/staffing
330000 省委机构编制委员会 330000/staffing_commission
330122 县纪委县监委 330122/discipline_inspection
330000 国家税务总局浙江省税务局 330000/taxation
330000 浙江证监局 330000/securities_regulation
330000 国家金融监督管理总局浙江监管局 330000/financial_regulation
330000 人行浙江省分行 330000/central_bank
330000 国家统计局浙江调查总队 330000/statistical_survey
330000 杭州海关 330100/customs
330000 宁波海关 330200/customs
330000 浙江海事局 330000/maritime_safety
330000 省通信管理局 330000/communications
330100 杭州市公安局西湖分局 330106/public_security
330122 市生态环境局桐庐分局 330122/ecology_and_environment
330000 南太湖新区管委会 zone:nantaihu/zone_committee
zone:nantaihu 管委会 zone:nantaihu/zone_committee
zone:nantaihu 新区党工委 zone:nantaihu/party_committee
330000 杭州高新区（滨江）管委会 zone:hangzhou-gaoxinqu/zone_committee
330000 凉山州发改委 513400/development_reform
330000 景宁县政府 332529@1984/government
CN 发展改革委 CN/development_reform
CN 应急部 CN/emergency_management
330000 工信厅 330000/industry_and_information
330000 省工业和信息化厅 330000/industry_and_information
330000 杭州发改委 330100/development_reform
330000 杭州市 330100/government
330000 丽水市莲都区政府 332621/government
330122 分水镇 330122109/government
330122 桐君街道办事处 330122001/government
330000 省教育厅牵头 330000/education
330000 省教育厅等部门按职责分工负责 330000/education
330000 省教育厅（牵头） 330000/education
330000 牵头单位：省教育厅。 330000/education
330000 省教育厅党组 330000/education
330000 省委金融办（省地方金融监管局） 330000/local_finance
330000 省科技厅（省外专局） 330000/science
330000 省发展改⾰委 330000/development_reform
330000 省卫⽣健康委 330000/health
330000 ⼈⾏浙江省分⾏ 330000/central_bank
330000 省“扫黄打非”工作领导小组 330000/pornography_and_illegal_publications
"""


@pytest.mark.parametrize("row", UNITS.strip().splitlines())
def test_a_name_leads_to_its_unit(row: str) -> None:
    place, name, unit = row.split()
    assert in_short(meant(name, None if place == "-" else place)) == unit


def test_names_broken_by_line_ends_and_blanks() -> None:
    assert meant("省发展\n改革 委").unit == "330000/development_reform"
    assert in_short(meant("省教育厅 省财政厅")) == "330000/education + 330000/finance"


# What the words do not decide stays open, with the candidates where they can be counted.
@pytest.mark.parametrize(
    ("name", "place", "kind", "candidates"),
    [
        ("市政府", ZHEJIANG, "unit", 11),
        ("市政府", None, "unknown", 0),
        ("县政府", ZHEJIANG, "unknown", 0),
        ("财政局", ZHEJIANG, "unknown", 0),
        ("省发改委", None, "unknown", 0),
        ("鼓楼区政府", None, "unit", 4),
        ("鼓楼区政府", "320000", "unit", 4),
        ("西湖区政府", None, "unit", 2),
        ("朝阳区政府", None, "unit", 2),
    ],
)
def test_what_is_not_said_is_not_guessed(name: str, place: str | None, kind: str, candidates: int) -> None:
    answer = meant(name, place)
    assert (answer.unit, answer.kind, len(answer.candidates)) == (None, kind, candidates)


@pytest.mark.parametrize(
    ("name", "place", "unit"),
    [
        ("鼓楼区政府", "320100", "320106"),
        ("西湖区政府", ZHEJIANG, XIHU),
        ("西湖区政府", "360000", "360103"),
        ("朝阳区政府", "220100", "220104"),
        ("南昌市西湖区政府", ZHEJIANG, "360103"),
        ("合作市政府", ZHEJIANG, "623001"),
    ],
)
def test_of_places_with_one_name_the_speakers_own_is_meant(name: str, place: str, unit: str) -> None:
    assert meant(name, place).unit == f"{unit}/government"


FALSE_FRIENDS = """
合作 人民 朝阳 东方 平安 公安 南京路 长春花 省时省力 县城
城区 东区 省 市 合作局 合作委员会 国家电网公司 青苗论坛（杭州） 书画学会（宁波市） 人民银行杭州
省委书记 宁波银行 浙江大学 省电力公司 国网浙江电力 中国铁路上海局集团 省数据集团（筹） 某某办公室 局 办
（） 、 牵头
"""


@pytest.mark.parametrize("name", [*FALSE_FRIENDS.split(), ""])
def test_no_false_friends(name: str) -> None:
    assert meant(name).kind == "unknown"


# place, day, name, unit, who does its work on the day
FORMER = """
330000 2005-06-01 省经贸委 330000/economy_and_trade None
330000 2025-12-31 省经贸委 330000/economy_and_trade 330000/industry_and_information
330000 2010-06-01 省环保厅 330000/ecology_and_environment None
330000 2025-12-31 省环保厅 330000/ecology_and_environment None
330122 2025-12-31 县国土局 330122/land_resources 330122/natural_resources
CN 2025-12-31 国家经贸委 CN/economy_and_trade None
CN 2010-06-01 铁道部 CN/railway_ministry None
330100 2019-06-01 杭州市下城区政府 330103/government None
330100 2025-12-31 杭州市下城区政府 330103/government 330105/government
330100 2025-12-31 江干区政府 330104/government None
330100 2025-12-31 下城区经贸局 330103/economy_and_trade 330105/industry_and_information
330100 2025-12-31 余杭市政府 330125/government None
330600 2025-12-31 绍兴县政府 330621/government None
330100 2020-06-01 钱塘新区管委会 zone:qiantang/zone_committee None
330000 2025-12-31 杭州市数据资源局 330100/data None
"""


@pytest.mark.parametrize("row", FORMER.strip().splitlines())
def test_a_former_name_is_of_its_unit_and_says_who_does_the_work(row: str) -> None:
    place, day, name, unit, current = row.split()
    answer = meant(name, place, date.fromisoformat(day))
    assert (answer.unit, str(answer.candidates[0].current)) == (unit, current)


def test_the_reason_of_a_former_unit_says_until_when_and_who() -> None:
    assert str(meant("杭州市下城区政府").reason) == (
        "写明下城区，简称“政府”，到2021-04-09为止，职责划入330105/government：下城区是旧地名，该地区已撤销"
    )
    assert str(meant("江干区政府", HANGZHOU).reason).count("government") == 2


def test_a_place_alone_says_that_its_government_is_meant() -> None:
    assert str(meant("温州市").reason) == "只写地区温州市，指其政府（管委会）"


def test_a_context_has_a_day() -> None:
    assert Context("330000", NOW) == Context(day=NOW, place="330000", sender=None)
    assert Context(day=NOW)._replace(place="330000").place == "330000"
    with pytest.raises(TypeError, match="when was it said"):
        Context("330000")


def test_the_sender() -> None:
    assert meant("省财政厅", None, sender="330000/government").unit == "330000/finance"
    assert meant("我局", TONGLU, sender="330122/finance").unit == "330122/finance"
    assert meant("我局", TONGLU).kind == "unknown"


def test_units_with_names_of_their_own() -> None:
    own = Own("lab:zhijiang", ("之江实验室",), ZHEJIANG, date(2017, 9, 6))
    with_own = directory((), DIRECTORY.lines, [own])
    now, before = (resolve("之江实验室", Context(day=day), with_own) for day in (NOW, date(2010, 1, 1)))
    assert now.unit == before.unit == "lab:zhijiang"
    assert now.candidates[0].score > before.candidates[0].score


def _units(place: str, day: date) -> list[tuple[str, str]]:
    state = state_on(DIRECTORY.places.times, place, day)
    assert state
    now = PlaceNow(state.key, state.level, state.name, state.code, DIRECTORY.places.province_code(state, day))
    units = generate_units([now], DIRECTORY.lines, day)
    return [(unit.key, name) for unit in units for name in (unit.name, unit.short, *unit.aliases)]


SPEAKERS = ("CN", "330000", "310000", "450000", "330100", "152200", "533300", TONGLU, XIHU, "310115", "zone:nantaihu")


@given(st.sampled_from(SPEAKERS), st.sampled_from([date(2005, 6, 1), date(2016, 6, 1), NOW]), st.randoms())
def test_every_name_of_every_unit_leads_back_to_it(place: str, day: date, chance: st.DataObject) -> None:
    if state_on(DIRECTORY.places.times, place, day) is None:
        return
    names = _units(place, day)
    for key, name in chance.sample(names, min(20, len(names))):  # type: ignore[attr-defined]
        assert meant(name, place, day).unit == key


REPEATED = (
    "各有关",
    "各各",
    "和",
    "省委",
    "（",
    "（省）",
    "县（市、区）",
    "各市、",
    "分局",
    "牵头",
    "等部门",
    "高校、",
    "国有",
    "由（",
)


@pytest.mark.parametrize("piece", REPEATED)
def test_names_of_one_word_over_and_over_have_an_answer_too(piece: str) -> None:
    for length in (38, 2000):
        name = (piece * length)[:length] + "某"
        assert meant(name).name == name
        assert mentions(name, Context(ZHEJIANG, NOW), DIRECTORY) is not None


@given(st.text(alphabet="省市县区委政府发改局财厅办公室、，（）和各有关杭州西湖等 \n⾰", max_size=30))
def test_any_text_has_an_answer(name: str) -> None:
    answer = meant(name)
    assert answer.name == name
    assert all(0 < c.score <= 1 for c in answer.candidates)
    assert (answer.kind == "unit") == bool(answer.candidates) and (answer.kind == "several") == bool(answer.members)
