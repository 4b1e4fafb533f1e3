"""Several names in one are as many answers: lists, plates in brackets, names joined by a word or by nothing."""

from __future__ import annotations

import pytest

from tests.places.naming import in_short, meant


def test_it_works() -> None:
    assert meant("省教育厅、省财政厅").kind == "several"


LISTS = """
温州市、杭州市钱塘区 330300/government + 330114/government
宁波、温州、金华、台州市政府 330200/government + 330300/government + 332500/government + 332700/government
杭州、宁波市发改委 330100/development_reform + 330200/development_reform
杭州市上城、拱墅、西湖区政府 330102/government + 330105/government + 330106/government
长兴、安吉、德清县政府 332129/government + 332130/government + 332127/government
杭州、宁波等市政府 330100/government + 330200/government
省委网信办（省数据局） 330000/cyberspace + 330000/data
省市场监管（知识产权）局 330000/market_regulation + 330000/intellectual_property
省发展和改革委员会和省财政厅 330000/development_reform + 330000/finance
宁波市、温州市财政局 330200/finance + 330300/finance
宁波市和温州市财政局 330200/finance + 330300/finance
宁波市鄞州区、温州市财政局 332226/government + 330300/finance
浙江省、温州市财政局 330000/government + 330300/finance
省财政厅会同温州市财政局 330000/finance + 330300/finance
省市场监管局（杭州） 330000/market_regulation
省委省政府 330000/party_committee + 330000/government
金华市委市政府 332500/party_committee + 332500/government
浙江省委省政府 330000/party_committee + 330000/government
省发展改革委、省财政厅牵头，省教育厅配合 330000/development_reform + 330000/finance + 330000/education
省教育厅、之江实验室 330000/education + unknown
"""


@pytest.mark.parametrize("row", LISTS.strip().splitlines())
def test_several_names_in_one(row: str) -> None:
    name, units = row.split(" ", 1)
    assert in_short(meant(name)) == units


def test_a_name_in_a_list_is_of_the_place_named_before() -> None:
    assert in_short(meant("浙江省经信厅、教育厅", None)) == "330000/industry_and_information + 330000/education"
    assert in_short(meant("江苏省委、省政府、省政协")) == "320000/party_committee + 320000/government + 320000/cppcc"
    assert in_short(meant("江苏省教育厅、省委")) == "320000/education + 320000/party_committee"
    assert in_short(meant("杭州市教育局、省财政厅")) == "330100/education + 330000/finance"
    assert str(meant("江苏省委、省政府").members[1].reason) == "未写地区，随前一名称指江苏省，简称“省政府”"
