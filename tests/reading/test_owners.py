"""The names of owner brackets and cells with their roles; brackets that name nobody."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.clean import clean
from luoshi.reading.owner_blocks import blocks
from luoshi.reading.owners import read_owners

# What is printed, those who lead, those who support.
PRINTED = (
    ("市水利局、市财政局", "市水利局 市财政局", ""),
    ("市水利局，各县（市、区）人民政府", "市水利局 各县（市、区）人民政府", ""),
    ("责任单位：市水利局、市财政局", "市水利局 市财政局", ""),
    ("牵头单位：市水利局；配合单位：市财政局、市住建局", "市水利局", "市财政局 市住建局"),
    ("牵头单位：市水利局；责任单位：市财政局", "市水利局", "市财政局"),
    ("市水利局牵头，市财政局、市住建局配合", "市水利局", "市财政局 市住建局"),
    ("市水利局牵头，市财政局、市住建局按职责分工负责", "市水利局", "市财政局 市住建局"),
    ("市水利局牵头、市财政局配合", "市水利局", "市财政局"),
    ("市水利局牵头市财政局配合", "市水利局", "市财政局"),
    ("由市水利局会同市财政局负责", "市水利局", "市财政局"),
    ("市水利局（牵头）、市财政局", "市水利局", "市财政局"),
    ("市水利局、市财政局共同牵头", "市水利局 市财政局", ""),
    ("市水利局、市财政局分别负责", "市水利局 市财政局", ""),
    ("市水利局、市财政局等部门按职责分工负责", "市水利局 市财政局", ""),
    ("市人力资源和社会保障局和市财政局", "市人力资源和社会保障局 市财政局", ""),
    ("各有关部门和单位", "各有关部门和单位", ""),
    ("省市场监管局（省知识产权局）、省数据集团（筹）", "省市场监管局（省知识产权局） 省数据集团（筹）", ""),
    ("县水利局\n县财政局", "县水利局 县财政局", ""),
    ("县发展改\n革局、县财政局", "县发展改革局 县财政局", ""),
    ("县水利局 县财政局 周晓禾", "县水利局 县财政局", ""),
    ("市水利局、市财政局；2025年6月底前", "市水利局 市财政局", ""),
    ("牵头领导：周晓禾；责任单位：市水利局；完成时限：年底前", "市水利局", ""),
    ("市水利局、市财政局、市水利局", "市水利局 市财政局", ""),
    ("省委、省政府", "省委 省政府", ""),
    ("无", "", ""),
    ("下同", "", ""),
)


@pytest.mark.parametrize(("printed", "lead", "support"), PRINTED)
def test_it_works(printed: str, lead: str, support: str) -> None:
    owners = read_owners(printed)
    assert [o.name for o in owners if o.role == "lead"] == lead.split()
    assert [o.name for o in owners if o.role == "support"] == support.split()


def test_the_first_leads_where_the_document_says_so() -> None:
    owners = read_owners("市水利局、市财政局、各县区", first_leads=True)
    assert [(o.name, o.role) for o in owners] == [("市水利局", "lead"), ("市财政局", "support"), ("各县区", "support")]
    said = read_owners("市财政局配合，市水利局牵头", first_leads=True)
    assert [o.name for o in said if o.role == "lead"] == ["市水利局"]


NOT_OWNERS = (
    "在有条件的县（市、区）推广。",
    "建成平台（以下简称平台）。",
    "落实规划（2021—2025年）。",
    "完成改造任务（见附件1）。",
    "新增学位（含幼儿园）600个。",
    "印发管理办法（试行）。",
    "依照条例（第十二条）处置。",
    "软件物料清单（SBOM）管理。",
    "全市夏收结束。（记者 周晓禾）",
    "会同市市场监管局（市知识产权局）。",
    "本网消息（来源：市水利局）。",
)


@pytest.mark.parametrize("line", NOT_OWNERS)
def test_brackets_that_name_nobody(line: str) -> None:
    text = clean(line).text
    assert [text[b.start : b.end] for b in blocks(text, 0, len(text)) if b.owned] == []


SAID = (
    ("疏浚河道。由县水利局负责。", "县水利局", ""),
    ("疏浚河道。由县水利局牵头，县财政局、各乡镇配合，6月底前完成。", "县水利局", "县财政局 各乡镇"),
    ("疏浚河道，由县水利局会同县财政局负责（6月底前）。", "县水利局", "县财政局"),
    ("疏浚河道。县水利局牵头，县财政局配合。", "县水利局", "县财政局"),
    ("本办法由县水利局负责解释。", "", ""),
    ("疏浚河道。由县水利局负责资金保障。", "", ""),
    ("疏浚河道。由于县水利局人手不足，各乡镇配合。", "", ""),
    ("疏浚河道（由县水利局负责）堤段。", "", ""),
)


@pytest.mark.parametrize(("line", "lead", "support"), SAID)
def test_a_sentence_that_only_says_who_does_it(line: str, lead: str, support: str) -> None:
    found = [block for block in blocks(line, 0, len(line)) if block.kind == "said"]
    owners = [owner for block in found for owner in read_owners(line[slice(*block.inside)])]
    assert [o.name for o in owners if o.role == "lead"] == lead.split()
    assert [o.name for o in owners if o.role == "support"] == support.split()


PIECES = """市水利局 县财政局 各县（市、区） 周晓禾 牵头 配合 负责 会同 等部门 和 、 ， ； 牵头单位： 责任单位： 配合单位：
完成时限： 2025年6月底前 （ ） （牵头） 下同 。由 。 （6月底前）"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n", " "]), max_size=14)


@given(WORDS.map("".join), st.booleans())
def test_names_stand_where_they_are_said_to_and_once(text: str, first_leads: bool) -> None:
    owners = read_owners(text, first_leads)
    assert all("".join(text[o.start : o.end].split()) == o.name for o in owners)
    assert len({o.name for o in owners}) == len(owners)
    assert not owners or any(o.role == "lead" for o in owners) or "配合" in text or "会同" in text


@given(WORDS.map("".join))
def test_blocks_do_not_overlap(text: str) -> None:
    found = blocks(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= b.start <= b.inside[0] <= b.inside[1] <= b.end <= len(text) for b in found)
