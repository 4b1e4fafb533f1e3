"""A reading in, who speaks in it and when out: the context in which its printed names are understood, with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from luoshi.places.gazetteer import ROOT, PlaceState
from luoshi.places.names import Context, Directory, resolve
from luoshi.reading import Reading

PlaceGround = Literal["convener", "meeting", "title", "publisher", "level", "given", "none"]
DayGround = Literal["meeting", "published", "given"]

PLACE: dict[PlaceGround, str] = {
    "convener": "会议由“{words}”召开",
    "meeting": "会议名称为“{words}”",
    "title": "标题为“{words}”",
    "publisher": "发布者为“{words}”",
    "level": "全国性会议",
    "given": "由人指定",
    "none": "文稿没有写明是哪个地区",
}
DAY: dict[DayGround, str] = {"meeting": "会议日期", "published": "发布日期", "given": "文稿没有日期，按指定日期"}
# Levels of a meeting as read (READING.md), and those of the places that hold such meetings: 市 is a prefecture, a
# county-level city or a municipality.
LEVELS: dict[str, tuple[str, ...]] = {
    "province": ("province",),
    "city": ("prefecture", "province", "county"),
    "county": ("county",),
    "township": ("township",),
}


class Speaker(NamedTuple):
    """The context of a report's names; which of its words say where and when it speaks."""

    context: Context
    place_ground: PlaceGround
    place_words: str
    day_ground: DayGround

    @property
    def reason(self) -> str:
        """In Chinese, for the clerk."""
        place = PLACE[self.place_ground].format(words=self.place_words)
        return f"{place}；{DAY[self.day_ground]}{self.context.day.isoformat()}"


def speaker(reading: Reading, directory: Directory, day: date, place: str | None = None) -> Speaker:
    """Who speaks in a report: the first that names a place of the convener of its first meeting, that meeting's name,
    the title, the publisher.

    Args:
        day: the day to take where the report gives no full date of its own.
        place: key of the place, where a person says it; it goes before all.

    Words that may mean several places say nothing. The venue of a meeting is not who holds it, and is not asked.
    """
    spoken, day_ground = _day(reading, day)
    if place:
        return Speaker(Context(place, spoken), "given", place, day_ground)
    level = reading.meetings[0].level if reading.meetings else None
    for ground, words in _said(reading):
        if ground == "level":
            return Speaker(Context(ROOT, spoken), ground, "", day_ground)
        if key := _place(words, ground, level, spoken, directory):
            return Speaker(Context(key, spoken), ground, words, day_ground)
    return Speaker(Context(day=spoken), "none", "", day_ground)


def _day(reading: Reading, otherwise: date) -> tuple[date, DayGround]:
    """A date without its year (--03-12) is none."""
    held = reading.meetings[0].date if reading.meetings else None
    known: tuple[tuple[str | None, DayGround], ...] = ((held, "meeting"), (reading.published, "published"))
    for written, ground in known:
        if written and not written.startswith("-"):
            return date.fromisoformat(written[:10]), ground
    return otherwise, "given"


def _said(reading: Reading) -> Iterator[tuple[PlaceGround, str]]:
    """What may say it, the surest first."""
    meeting = reading.meetings[0] if reading.meetings else None
    if meeting and meeting.convener:
        yield "convener", meeting.convener
    if meeting and meeting.name:
        yield "meeting", meeting.name.text
    if reading.title:
        yield "title", _YEAR.sub("", reading.title.text)
    if meeting and meeting.level == "country":
        yield "level", ""
    if reading.publisher:
        yield "publisher", reading.publisher


# 2025年上海市政府工作报告
_YEAR = re.compile(r"^\d{4}年度?")
# What goes on after the name of a place where it is the place that speaks; a place without its rank says no more alone
# (解放日报 is no paper of a district 解放), and those of a list do not hold the meeting (辽宁、江苏五省座谈会).
_GOES_ON = {
    "title": re.compile(r"召开|举行|部署|[：:]|[省市县区]|全[省市县区]|政府|出台|印发|发布"),
    "meeting": re.compile(r"[省市县区]|全[省市县区]|政府|$"),
    "publisher": re.compile(r"日报|晚报|发布|政府|省|市|人民|广播|电视|新闻网|在线"),
}
_LIST = re.compile("[、和与及]")


def _place(words: str, ground: PlaceGround, level: str | None, day: date, directory: Directory) -> str | None:
    """The key of the one place whose unit the words are, or that they begin with; the level of the meeting decides
    between places of one name. None where it is not sure."""
    if ground == "convener" and (unit := resolve(words, Context(day=day), directory).unit):
        return unit.rpartition("/")[0]
    chains = list(directory.places.begins(words, 0, day))
    if not chains:
        return None
    longest = max(chains, key=lambda chain: (len(chain.text), chain.whole))
    behind = words[len(longest.text) :]
    if _LIST.match(behind):
        return None
    states = [state for state in longest.states if state.on(day)]
    if not longest.whole:
        rule = _GOES_ON.get(ground)
        states = [s for s in states if s.level in ("province", "prefecture")] if not rule or rule.match(behind) else []
    if len(states) > 1:
        states = [state for state in states if _fits(state, level)]
    return states[0].key if len(states) == 1 else None


def _fits(state: PlaceState, level: str | None) -> bool:
    return level not in LEVELS or state.level in LEVELS[level]
