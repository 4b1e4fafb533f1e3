"""The words of the calendar: every name that the packages give has its key, every key its names."""

from __future__ import annotations

import pytest
import yaml

from luoshi.calendar import base
from luoshi.calendar.words import kind_of, name_of, reason_of, words
from tests.folders import PROJECT


def test_it_works() -> None:
    assert reason_of("国庆节") == reason_of("National Day") == "national_day"
    assert [name_of("national_day", language) for language in ("zh-hans", "zh-hant", "en")] == [
        "国庆节",
        "國慶節",
        "National Day",
    ]
    assert (kind_of(" 上班 "), kind_of("Holiday"), kind_of("半天")) == (True, False, None)


def test_every_holiday_of_the_packages_has_a_key() -> None:
    assert {day.reason for day in base().known.days.values()} <= words().names.keys()


def test_no_name_has_two_keys() -> None:
    said = yaml.safe_load((PROJECT / "src/luoshi/calendar/words.yaml").read_text("utf-8"))
    called = [
        name.casefold()
        for each in said["reasons"].values()
        for name in {n.casefold() for n in (each["zh"], each["en"], *each["called"])}
    ]
    assert len(called) == len(set(called))
    assert not set(said["kinds"]["working"]) & set(said["kinds"]["rest"])


@pytest.mark.parametrize("name", ["抗战胜利80周年纪念日", " x "])
def test_a_name_that_nobody_knows_stays(name: str) -> None:
    assert reason_of(name) == name.strip() and name_of(reason_of(name), "zh-hans") == name.strip()
