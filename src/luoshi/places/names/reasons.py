"""Why a name means a unit, as a value; its sentence in Chinese out."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

# How the place was found. `rank_*`: by 省, 市, 县 … of the speaker's own place, of one above it, of those below it.
How = Literal[
    "named",
    "stem",
    "rank_own",
    "rank_above",
    "rank_below",
    "context",
    "context_above",
    "country",
    "own",
    "sender",
    "place",
    "branch",
    "before",
    "list",
    "plates",
    "collective",
    "no_place",
    "not_found",
]
# Which name matched. `variant`: with words shortened as offices do; `other`: as units of the line are called elsewhere.
Match = Literal["", "full", "short", "variant", "other", "former", "later"]

HOW: dict[How, str] = {
    "named": "写明{place}",
    "stem": "写明{place}（省去层级）",
    "rank_own": "按层级指发文地区{place}",
    "rank_above": "按层级指发文地区的上级{place}",
    "rank_below": "按层级指发文地区下辖的{place}，未写明是哪一个",
    "context": "未写地区，按发文地区{place}",
    "context_above": "未写地区，按层级指上级{place}",
    "country": "中央单位",
    "own": "单位自有名称",
    "sender": "指发文单位",
    "place": "只写地区{place}，指其政府（管委会）",
    "branch": "{matched}，{place}的派出机构",
    "before": "未写地区，随前一名称指{place}",
    "list": "几个名称",
    "plates": "一个单位的几块牌子",
    "collective": "集合名称",
    "no_place": "未写明是哪个地区",
    "not_found": "没有这个名称",
}
MATCH: dict[Match, str] = {
    "": "",
    "full": "，全称“{matched}”",
    "short": "，简称“{matched}”",
    "variant": "，简写“{matched}”",
    "other": "，“{matched}”是这一条线在别处的名称",
    "former": "，旧称“{matched}”",
    "later": "，“{matched}”是后来的名称",
}


class Reason(NamedTuple):
    """How the place was found, which; which name matched; until when it held (of a former one); to whom the work went.

    `note` is what else is to be said: of collectives, whom they mean.
    """

    how: How
    place: str = ""
    place_name: str = ""
    match: Match = ""
    matched: str = ""
    until: date | None = None
    handed_to: tuple[str, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        said = HOW[self.how].format(place=self.place_name, matched=self.matched) + MATCH[self.match].format(
            matched=self.matched
        )
        if self.until:
            said += f"，到{self.until.isoformat()}为止"
        if self.handed_to:
            said += f"，职责划入{'、'.join(self.handed_to)}"
        return said + (f"：{self.note}" if self.note else "")
