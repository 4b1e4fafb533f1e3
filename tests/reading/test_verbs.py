"""Verb and object of a clause, as the words show them: a case table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.verbs import verb_and_object

CASES = [
    ("压实各方责任", "压实", "各方责任"),
    ("扎紧制度的笼子", "扎紧", "制度的笼子"),
    ("6月底前完成整治", "完成", "整治"),
    ("把险段巡查抓在前", "抓", "险段巡查"),
    ("将审批材料压减到3份", "压减", "审批材料"),
    ("将台账报县水利局", "报", "台账"),
    ("对不达标工地一律整改", "整改", "不达标工地"),
    ("对欠薪线索要及时下发督办单", "下发", "督办单"),
    ("围绕秋粮收购开展检查", "开展", "检查"),
    ("聚焦", "聚焦", None),
    ("在为民服务上再发力", "发力", None),
    ("不得搞变通", "搞", "变通"),
    ("党员干部的作风", None, None),
]


@pytest.mark.parametrize(("clause", "verb", "thing"), CASES)
def test_it_works(clause: str, verb: str | None, thing: str | None) -> None:
    assert verb_and_object(clause) == (verb, thing)


@given(st.text(alphabet="把将对要抓落实推进责任，、到在完成上的了好6月底前一", max_size=24))
def test_verb_and_object_stand_in_the_clause(clause: str) -> None:
    verb, thing = verb_and_object(clause)
    assert verb is None or verb in clause
    assert thing is None or thing in clause
