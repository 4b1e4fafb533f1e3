"""The name of a place in, the words that stand for it in names of units out: 省, 省委, 省政府, 浙江省委."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The words of a place, one for each slot of a pattern.

    `place` 浙江省; `committee` 浙江省委 or 广西壮族自治区委员会; `party` 浙江省委 or 广西壮族自治区党委; `government`
    浙江省人民政府 or 锡林郭勒盟行政公署; `gov` 浙江省政府 or 锡林郭勒盟行署; `rank` 省, the last word of `依法治省`;
    `stem` 浙江, of a province alone.
    """

    place: str
    committee: str
    party: str
    government: str
    gov: str
    rank: str
    stem: str


SLOTS = Words._fields

# By the end of a place's name, the longest first: its rank, then what follows the name of the place in place of the
# rank for its committee and party committee, and the two forms of its government. Townships have a 党委 of their own.
ENDINGS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("自治区", "自治区", "自治区委员会", "自治区党委", "自治区人民政府", "自治区政府"),
    ("街道", "街道", "街道工作委员会", "街道党工委", "街道办事处", "街道办事处"),
    ("地区", "地区", "地委", "地委", "地区行政公署", "地区行署"),
    ("新区", "区", "新区区委", "新区区委", "新区人民政府", "新区政府"),
    ("特区", "区", "特区区委", "特区区委", "特区人民政府", "特区政府"),
    ("林区", "区", "林区党委", "林区党委", "林区人民政府", "林区政府"),
    ("盟", "盟", "盟委", "盟委", "盟行政公署", "盟行署"),
    ("乡", "乡", "乡党委", "乡党委", "乡人民政府", "乡政府"),
    ("镇", "镇", "镇党委", "镇党委", "镇人民政府", "镇政府"),
    ("苏木", "苏木", "苏木党委", "苏木党委", "苏木人民政府", "苏木政府"),
    *((r, r, f"{r}委", f"{r}委", f"{r}人民政府", f"{r}政府") for r in ("省", "市", "县", "区", "旗", "州")),
)
# Autonomous regions without their rank and people.
REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
# What people of the place say for it, where it is not the rank with the same end: 自治区党委, 行署.
SPOKEN = {"自治区": ("自治区", "自治区委", "自治区党委", "自治区人民政府", "自治区政府")}


# Zones are spoken of by their kind: 开发区管委会.
ZONES = ("开发区", "高新区", "新区", "示范区", "试验区", "风景名胜区", "度假区", "保税区", "集聚区", "工业园区", "园区")


def words_of(name: str, level: str = "") -> tuple[Words, Words]:
    """The words with the whole name of the place, and those with its rank alone (市, 市委, 市政府).

    A name of no known end has no rank: its second words are empty, so that 管委会 is left.
    """
    for ending, rank, committee, party, government, gov in ENDINGS if level != "zone" else ():
        if name.endswith(ending):
            stem = name[: -len(ending)]
            whole = Words(
                name, stem + committee, stem + party, stem + government, stem + gov, rank[-1], REGIONS.get(name, stem)
            )
            return whole, _spoken(rank, ending, (committee, party, government, gov))
    return _unranked(name), _unranked(next((kind for kind in ZONES if name.endswith(kind)), ""))


def _unranked(name: str) -> Words:
    return Words(name, f"{name}委员会", f"{name}党委", f"{name}人民政府", f"{name}政府", "", name)


def _spoken(rank: str, ending: str, ends: tuple[str, str, str, str]) -> Words:
    if ending in SPOKEN:
        return Words(*SPOKEN[ending], rank=rank[-1], stem=rank)
    if ending != rank and rank == "区":
        return Words("区", "区委", "区委", "区人民政府", "区政府", rank, rank)
    if rank == "地区":
        return Words(rank, "地委", "地委", "行政公署", "行署", rank[-1], rank)
    return Words(rank, *ends, rank[-1], rank)
