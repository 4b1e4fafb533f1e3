"""A name of a county or prefecture goes in; its stem, free of rank and of the names of peoples, comes out."""

from __future__ import annotations

import re
from functools import cache

# The peoples that stand in names of autonomous counties, prefectures and townships.
PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|朝鲜|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|"
    "傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|"
    "仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克|怒族|乌孜别克|俄罗斯族|鄂温克族|德昂族|崩龙族|保安族|裕固族|京族|塔塔尔|独龙族|"
    "鄂伦春|赫哲族|门巴族|珞巴族|基诺族|各族"
)
_AUTONOMOUS = re.compile(rf"(?:{PEOPLES})*自治[县州旗]$")
_RANK = re.compile(r"(?:特别行政区|行政区|行政委员会|工农区|林区|特区|矿区|地区|专区|新区|[县市区旗盟镇])$")
# Names that many cities share: they say which part of a city, not which city.
GENERIC = frozenset(
    ["城区", "郊区", "市区", "市郊区", "矿区", "新区", "城关区", "市中区", "中区", "东区", "西区", "南区", "北区"]
)

SUFFIXES = {
    "province": ("省", "市", "自治区", "特别行政区"),
    "prefecture": ("市", "地区", "盟", "自治州", "行政区"),
    "county": ("县", "市", "区", "旗", "井冈山", "畹町镇"),
    "township": ("镇", "乡", "街道", "苏木", "区公所"),
}


@cache
def stem(name: str) -> str:
    """The name without its rank (余杭 of 余杭县, 余杭市, 余杭区); a name that would be one character stays whole."""
    short = _AUTONOMOUS.sub("", name)
    if short == name:
        short = _RANK.sub("", name)
    return short if len(short) > 1 else name


def lowered(old: str, new: str) -> bool:
    """A city does not become a county: sources that say so took the county beside the city for it."""
    return old.endswith("市") and new.endswith("县")


def suffix_known(level: str, name: str) -> bool:
    """Whether the name ends as names of its level do; levels without a table pass."""
    return name.endswith(SUFFIXES.get(level, ("",)))
