"""Pairs of reports in the project's own words, each with whether a careful reader calls them one work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.folders import GOLD
from tests.gold import is_clean
from tests.noisy import made

REPORTS = {path.stem: path.read_text("utf-8") for path in sorted(GOLD.glob("gold-*.txt"))}
CLEAN = {name: text for name, text in REPORTS.items() if is_clean(text)}
FOOT = "\n（责任编辑：林小滿）\n相关阅读\n全市春耕备耕现场会召开\n联系我们 网站地图\n"


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def retitled(text: str) -> str:
    rest = _paragraphs(text)[1:]
    return "\n".join(["一图读懂这次会议说了什么", "来源：融媒体中心 编辑：何小禾", *rest]) + FOOT


def noisy(*kinds: str) -> Callable[[str], str]:
    return lambda text: made(text, list(kinds), len(text)).text


def cut(text: str) -> str:
    """Without its last two paragraphs."""
    return "\n".join(_paragraphs(text)[:-2])


def abridged(text: str) -> str:
    """Its first half, to the end of a sentence."""
    half = text[: len(text) * 11 // 20]
    return half[: half.rfind("。") + 1]


def thinned(text: str) -> str:
    """Every fifth sentence left out."""
    sentences = re.split("(?<=。)", text)
    return "".join(s for place, s in enumerate(sentences, 1) if place % 5)


def of_another_day(text: str) -> str:
    """How the next meeting of the same body is reported: its opening, one point in common, everything else new."""
    paragraphs = _paragraphs(text)
    lead = next(i for i, words in enumerate(paragraphs) if len(words) > 60)
    opening = re.sub(r"\d+(?=日)", lambda day: str(int(day.group()) % 28 + 1), paragraphs[lead])
    return "\n".join([paragraphs[0], opening, *NEXT, paragraphs[-1]])


NEXT = (
    "会议指出，入冬以来气温起伏大，居家取暖用电进入高峰，老旧线路跳闸时有发生，群众反映强烈。要逐户摸清独居老人取暖方式，"
    "把炉具检修排在雪前，把应急发电车停到最远的乡镇。要算清全年燃料缺口，分三批到货，绝不让一间教室断暖。",
    "会议强调，冬修水利只剩四十天窗口。要抢在封冻之前完成渠首清淤，把去年拖到开春的六处险段排在最前面，谁的标段谁蹲点。"
    "对施工队人手不足的，由县里统一调配机械，每周五公布进度排名。",
    "会议要求，要办好年货下乡这件实事，在十二个偏远集镇设直供点，价格当天上墙；市场监管人员进场抽检，短斤少两的当场停售。",
)
WEEKLY = (
    "云溪县委常委会召开会议\n"
    "{day}，县委书记程远山主持召开县委常委会会议，传达学习上级有关会议精神，研究部署我县贯彻落实工作。\n"
    "会议指出，要深入学习领会会议精神，切实把思想和行动统一到上级决策部署上来，结合我县实际抓好贯彻落实。\n"
    "{body}\n"
    "会议还研究了其他事项。\n"
)
WEEKS = (
    ("3月4日", "会议听取了春季植树进展情况汇报，强调要抢抓墒情，把荒坡沟壑一寸一寸绿起来，月底前补植侧柏四十万株。"),
    ("3月11日", "会议研究了民办幼儿园收费备案办法，要求教育部门公开每一所园的收费标准，家长一扫码就能看到、就能投诉。"),
    ("3月18日", "会议审议了老城区停车改造方案，决定腾出七处闲置院落，夜间向居民免费开放，白天按半小时计费。"),
    ("3月25日", "会议通报了农机购置补贴核查结果，对虚报台数的三家合作社追回补贴，要求举一反三，把家底清清楚楚晒出来。"),
)


def same() -> Iterator[tuple[str, str, str]]:
    """What it is a case of, and two texts that are one work."""
    edits: dict[str, Callable[[str], str]] = {
        "retitled": retitled,
        "traditional with readings": noisy("pinyin"),
        "framed by a site": noisy("chrome"),
        "broken lines": noisy("broken", "marked"),
        "cut": cut,
        "abridged": abridged,
        "thinned": thinned,
    }
    for name, text in CLEAN.items():
        for kind, edit in edits.items():
            yield f"{name} {kind}", text, edit(text)
    for name in sorted(REPORTS.keys() - CLEAN.keys()):
        for edit in (retitled, abridged):
            yield f"{name} {edit.__name__}", REPORTS[name], edit(REPORTS[name])
    names = list(CLEAN)
    for name, other in zip(names[::3], names[1::3], strict=False):
        yield f"{name} and behind it {other}", CLEAN[name], CLEAN[name] + "\n" + CLEAN[other]


def different() -> Iterator[tuple[str, str, str]]:
    """What it is a case of, and two texts that are two works."""
    names = list(REPORTS)
    for place, name in enumerate(names):
        yield f"{name} and another", REPORTS[name], REPORTS[names[place - 1]]
    for name, text in CLEAN.items():
        yield f"{name} and the next of its meetings", text, of_another_day(text)
    clean = list(CLEAN)
    for name, other in zip(clean[::2], clean[1::2], strict=False):
        yield f"{other} behind {name}", CLEAN[other], CLEAN[name] + "\n" + CLEAN[other]
    weeks = [WEEKLY.format(day=day, body=body) for day, body in WEEKS]
    for i, one in enumerate(weeks):
        for j in range(i):
            yield f"weeks {j} and {i}", weeks[j], one
