"""Reports written for the tests of this room, and older readers that read them worse."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from luoshi.documents.actions import Taken, take_in
from luoshi.documents.models import (
    Action,
    Beginning,
    Bringing,
    Correction,
    Directive,
    Meeting,
    Original,
    Reading,
    Report,
    Work,
)
from luoshi.people.models import Post
from luoshi.places.models import Place
from luoshi.reading import pipeline
from luoshi.reading.draft import Draft

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=30)
TABLES = (Original, Work, Beginning, Report, Bringing, Reading, Meeting, Directive, Action, Correction)

FLOOD = """青溪县召开防汛备汛工作会议 鲍闻舟主持并讲话

2026-05-12 08:30 来源：青溪日报

5月11日下午，青溪县在县行政中心召开防汛备汛工作会议，分析今年汛情，安排下一步工作。县委书记鲍闻舟主持会议并讲话，县长穆清扬出席。

鲍闻舟强调，要压实防汛责任，加密巡堤查险。要确保6月底前完成12座小型水库除险加固，必须落实值班值守。县水利局要抓紧修订应急预案。

会议要求，各乡镇要备足抢险物资。严禁迟报瞒报汛情。要开展转移演练，力争山洪灾害易发村覆盖率达到95%以上。
"""
# The same with another title page and a source of its own: a reprint.
FLOOD_AGAIN = (
    FLOOD.replace("青溪县召开防汛备汛工作会议 鲍闻舟主持并讲话", "筑牢青溪防汛安全线")
    .replace("来源：青溪日报", "来源：临川新闻网")
    .replace("县水利局要抓紧修订应急预案。", "")
)
SCHOOL = """望海市教育局部署秋季开学工作

2026-08-20 来源：望海晚报

8月19日，望海市教育局召开秋季开学工作会议。会议强调，要抓好校园食品安全，全面排查校舍隐患。要在9月15日前新增学位1800个，推动课后服务全覆盖。
"""


def taken(
    text: str | bytes = FLOOD,
    name: str = "fangxun.txt",
    *,
    post: Post | None = None,
    place: Place | None = None,
    **more: Any,
) -> Taken:
    data = text.encode() if isinstance(text, str) else text
    return take_in(data, name, **{"post": post, "place": place, "now": NOW, **more})


def counts() -> dict[str, int]:
    """How many rows there are of each table."""
    return {model.__name__: model._default_manager.count() for model in TABLES}


def directive(report: Report, words: str) -> Directive:
    return Directive.unguarded.get(report=report, words__contains=words)


def action(report: Report, words: str) -> Action:
    return Action.unguarded.get(report=report, words__contains=words)


@contextmanager
def weak_lexicon() -> Iterator[None]:
    """The reader as it was before its lexicon had words for strength: everything but a cue that binds is `push`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("luoshi.reading.strength.first", lambda *_: None)
        yield


@contextmanager
def version(number: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in ("luoshi.reading.form", "luoshi.documents.actions.rereading"):
            patch.setattr(f"{module}.__version__", number)
        yield


@contextmanager
def missing(words: str) -> Iterator[None]:
    """A reader that does not find the directive with these words."""

    def without(draft: Draft) -> Draft:
        found = pipeline._directives(draft)
        assert found.told is not None and found.cleaned
        text = found.cleaned.text
        return found._replace(told=tuple(t for t in found.told if words not in text[t.start : t.end]))

    stages = tuple(replace(s, run=without) if s.name == "directives" else s for s in pipeline.STAGES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "STAGES", stages)
        yield


@contextmanager
def narrow_names() -> Iterator[None]:
    """A reader that takes the last two characters (会议) for no part of a meeting's name."""

    def narrower(draft: Draft) -> Draft:
        found = pipeline._meetings(draft)
        assert found.meetings is not None
        held = [replace(each, name=each.name and (each.name[0], each.name[1] - 2)) for each in found.meetings]
        return found._replace(meetings=tuple(held))

    stages = tuple(replace(s, run=narrower) if s.name == "meetings" else s for s in pipeline.STAGES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "STAGES", stages)
        yield
