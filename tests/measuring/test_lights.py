"""Lights: every rule by its own examples, and what holds of all of them at any moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.calendar import base
from luoshi.ledger.machine.days import CHINA
from luoshi.measuring.lights import (
    BrokenRule,
    Confidence,
    Standing,
    end_of,
    judged,
    light,
    limits,
    load,
    names,
    scale,
    shown,
    timeless,
)
from luoshi.measuring.lights.lighting import _left, fits
from luoshi.measuring.lights.loading import disproved

CALENDAR = base()
NOW = datetime(2026, 11, 22, 10, tzinfo=CHINA)
RULES = names()
PLAIN = load("default")


def test_it_works() -> None:
    assert RULES == ["default", "sanming", "suqian", "yichang"]
    lit = light(PLAIN, Standing("open", end_of(date(2026, 11, 20))), None, NOW)
    assert (lit.key, lit.shape, lit.colour, lit.rule, lit.version) == ("late", "■", "red", "default", 1)
    assert (lit.word.zh, lit.word.en) == ("逾期", "Overdue")
    assert (lit.reason.zh, lit.reason.en) == ("已逾期 2 天", "overdue: 2 d")


@pytest.mark.parametrize("name", RULES)
def test_the_examples_beside_a_rule_hold_and_every_row_has_one(name: str) -> None:
    rule = load(name)
    assert disproved(rule, CALENDAR) == []
    tried = set()
    for example in rule.examples:
        left = _left(rule, example.standing.due_at, CALENDAR, example.now)
        tried.add(next(number for number, row in enumerate(rule.rows) if fits(row.when, example.standing, left)))
    assert tried == set(range(len(rule.rows)))


@pytest.mark.parametrize("name", RULES)
def test_a_light_is_told_without_its_colour(name: str) -> None:
    rule = load(name)
    assert len({lamp.shape for lamp in rule.lights.values()}) == len(rule.lights)
    assert len({lamp.word for lamp in rule.lights.values()}) == len(rule.lights)
    assert rule.source and rule.ours


def test_a_rest_day_is_not_counted_where_working_days_are() -> None:
    rule = load("suqian")
    friday = datetime(2026, 2, 13, 10, tzinfo=CHINA)
    assert light(rule, Standing("open", end_of(date(2026, 2, 25))), CALENDAR, friday).key == "near"
    assert light(PLAIN, Standing("open", end_of(date(2026, 2, 25))), CALENDAR, friday).key == "normal"


moments = st.datetimes(datetime(2003, 1, 1), datetime(2103, 1, 1)).map(lambda m: m.replace(tzinfo=CHINA))
confidences = st.builds(
    Confidence, st.sampled_from(sorted(scale().levels)), st.just("资金未到位"), st.dates(), st.just("post:1")
)
standings = st.builds(
    Standing,
    st.sampled_from(["open", "waiting", "done", "dropped"]),
    st.none() | moments,
    st.booleans(),
    st.none() | moments,
    st.booleans(),
    st.booleans(),
    st.integers(0, 5),
    st.booleans(),
    st.none() | confidences,
)


@given(st.sampled_from(RULES), standings, moments)
def test_everything_has_a_light_with_a_reason(name: str, standing: Standing, now: datetime) -> None:
    lit = light(load(name), standing, CALENDAR, now)
    assert lit.key in load(name).lights and lit.rule == name
    assert lit.reason.zh and lit.reason.en and "{" not in lit.reason.zh + lit.reason.en
    assert (lit.key == "done") == (standing.kind == "done")


@given(st.sampled_from(RULES), standings, confidences, moments)
def test_what_a_person_judges_makes_no_light(
    name: str, standing: Standing, confidence: Confidence, now: datetime
) -> None:
    rule = load(name)
    both = shown(rule, scale(), standing._replace(confidence=confidence), CALENDAR, now)
    assert both.light == light(rule, standing._replace(confidence=None), CALENDAR, now)
    assert both.judgement == judged(scale(), confidence)
    assert shown(rule, scale(), standing._replace(confidence=None), CALENDAR, now).judgement is None


@given(st.sampled_from(RULES), standings, moments, st.timedeltas(timedelta(0), timedelta(400)))
def test_time_alone_never_makes_a_light_calmer(name: str, standing: Standing, now: datetime, more: timedelta) -> None:
    rule = load(name)
    if standing.kind not in ("done", "dropped") and standing.due_at and not standing.still:
        plain = Standing("open", standing.due_at)
        order = list(limits(rule, CALENDAR, now))
        before, after = (light(rule, plain, CALENDAR, at).key for at in (now, now + more))
        assert order.index(after) <= order.index(before)


# Up to a limit: whole days, as of clocks by days, hours, and the moments next to those.
lefts = st.builds(
    lambda days, hours, ticks: timedelta(days, hours=hours, microseconds=ticks),
    st.integers(-60, 60),
    st.sampled_from([0, 0, 2, 10, 23]),
    st.integers(-1, 1),
)


@given(
    st.sampled_from(RULES),
    st.datetimes(datetime(2004, 1, 1), datetime(2030, 12, 31)).map(lambda m: m.replace(tzinfo=CHINA)),
    lefts,
    st.booleans(),
)
def test_lists_look_for_the_moments_that_have_the_light(
    name: str, now: datetime, left: timedelta, of_days: bool
) -> None:
    rule, due_at = load(name), (end_of(now.date()) if of_days else now) + left
    key = light(rule, Standing("open", due_at), CALENDAR, now).key
    found = limits(rule, CALENDAR, now)
    assert [k for k, (a, b) in found.items() if (a is None or a < due_at) and (b is None or due_at <= b)] == [key]


@pytest.mark.parametrize("name", RULES)
def test_what_is_not_due_at_any_moment_has_lights_of_its_own(name: str) -> None:
    rule = load(name)
    assert timeless(rule, NOW) == {"still": "still", "undated": "undated"}
    assert not timeless(rule, NOW).keys() & limits(rule, CALENDAR, NOW).keys()


def test_what_stands_still_says_since_when_where_it_is_known() -> None:
    since = datetime(2026, 11, 2, 9, tzinfo=CHINA)
    known, unknown = (
        light(PLAIN, Standing("open", still=True, since=each), None, NOW).reason for each in (since, None)
    )
    assert (known.zh, known.en) == ("自2026-11-02起停止计时", "Its clock has stood still since 2026-11-02")
    assert (unknown.zh, unknown.en) == ("停止计时", "Its clock has stood still")


def test_the_first_and_the_last_day_of_all_have_a_light() -> None:
    for due in (date.min, date.max):
        for rule in map(load, RULES):
            assert light(rule, Standing("open", end_of(due)), CALENDAR, NOW).key in rule.lights


def test_confidence_is_in_the_words_of_its_source() -> None:
    given_ = Confidence("amber_red", "两个标段未开工", date(2026, 11, 20), "post:7")
    said = judged(scale(), given_)
    assert (said.meaning.en, said.reason, said.on, said.by) == ("in doubt", given_.reason, given_.on, given_.by)
    assert [level.meaning.en.split(",")[0] for level in scale().levels.values()] == [
        "highly likely",
        "probable",
        "feasible but significant issues",
        "in doubt",
        "unachievable",
    ]


@pytest.mark.parametrize(("level", "reason"), [("purple", "有理由"), ("green", " ")])
def test_a_judgement_without_a_level_or_a_reason_is_refused(level: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"purple|reason"):
        judged(scale(), Confidence(level, reason, date(2026, 11, 20), "post:7"))


OWN = """
key: own
version: 3
name: {zh: 本局亮灯, en: Ours}
source: ours
ours: all of it
lights:
  normal: {shape: ●, word: {zh: 正常, en: Fine}, colour: ink}
  late: {shape: ■, word: {zh: 逾期, en: Late}, colour: red}
  done: {shape: ✓, word: {zh: 办结, en: Done}, colour: green}
  dropped: {shape: –, word: {zh: 中止, en: Dropped}, colour: quiet}
  undated: {shape: ○, word: {zh: 未定, en: Undated}, colour: quiet}
rows:
  - {light: done, when: {kinds: [done]}, because: {zh: 已办结, en: Done}}
  - {light: dropped, when: {kinds: [dropped]}, because: {zh: 已中止, en: Dropped}}
  - {light: undated, when: {undated: true}, because: {zh: 无期限, en: No date}}
  - {light: late, when: {over: {working_days: 2}}, because: {zh: "已过 {days} 天", en: "{days} d"}}
  - {light: normal, because: {zh: 正常, en: Fine}}
examples:
  - {given: {now: 2026-11-24T10:00, due: 2026-11-20}, light: late, because: 已过 4 天}
"""
# What is changed in it, and what must be said.
WRONG = {
    "no YAML": (("key: own", "key: [own"), "no YAML"),
    "no such colour": (("colour: red", "colour: pink"), "lights.late.colour"),
    "a word more": (("version: 3", "version: 3\nformula: 1"), "formula"),
    "no such light": (("light: late, when", "light: lost, when"), "no light lost"),
    "a light that nothing lights": (("light: late, when", "light: normal, when"), "lights.late"),
    "one that is needed": (("light: undated", "light: normal"), "lights.undated"),
    "nothing fits at last": (
        ("{light: normal, because", "{light: normal, when: {important: true}, because"),
        "the last one",
    ),
    "words nobody fills in": (("{days} 天", "{weeks} 天"), "rows.3.because"),
    "both kinds of days": (("{working_days: 2}", "{working_days: 2, days: 1}"), "not both"),
    "no moment": (("2026-11-24T10:00", "noon"), "examples"),
    "an example that does not hold": (("已过 4 天}", "已过 5 天}"), "examples.0: late 已过 4 天"),
    "a light of what is due and of what stands still": (
        (
            "  - {light: undated, when",
            "  - {light: late, when: {still: true}, because: {zh: 停, en: Still}}\n  - {light: undated, when",
        ),
        "late is of what is due",
    ),
    "a light that comes again": (
        (
            "  - {light: normal, because",
            "  - {light: late, when: {within: {days: 1}}, because: {zh: 甲, en: A}}\n  - {light: normal, because",
        ),
        "late comes again",
    ),
}


def test_an_office_may_have_its_own_rule(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, "utf-8")
    rule = load(str(file))
    assert rule.counts and (rule.key, rule.version) == ("own", 3)
    assert timeless(rule, NOW) == {"undated": "both"}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_a_broken_rule_is_told_with_its_file_and_path(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    assert change[0] in OWN
    file = tmp_path / "own.yaml"
    file.write_text(OWN.replace(*change), "utf-8")
    with pytest.raises(BrokenRule) as told:
        load(str(file))
    assert said in str(told.value) and all(line.startswith(str(file)) for line in str(told.value).splitlines())


def test_a_rule_that_is_not_there_is_told() -> None:
    for name, said in (("purple", "there are default, sanming"), ("none.yaml", "No such file")):
        with pytest.raises(BrokenRule, match=said):
            load(name)
