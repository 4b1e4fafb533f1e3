"""Names in old reports lead to the unit that bore them, and from there to the one that does its work."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.lines import PlaceNow, every_name, generate_units, load_lines, successors
from tests.folders import PROJECT
from tests.places.test_lines_names import PLACES

LINES = load_lines()
HERE = {name: PlaceNow(name, level, name, code, province) for name, (level, code, province) in PLACES.items()}
NOW = date(2025, 12, 31)


def bearers(place: PlaceNow, name: str) -> set[tuple[str, bool]]:
    """The lines whose units bore a name at a place, and whether they have ended."""
    return {
        (r.line_key, r.ended)
        for r in every_name(place, LINES, NOW)
        if name in (r.named.name.full, r.named.name.short, *r.named.name.aliases)
    }


def test_it_works() -> None:
    assert bearers(HERE["浙江省"], "省经贸委") == {("economy_and_trade", True)}


@pytest.mark.parametrize(
    ("place", "name", "line", "now"),
    [
        ("浙江省", "省经贸委", "economy_and_trade", "industry_and_information"),
        ("温州市", "市工商局", "industry_and_commerce", "market_regulation"),
        ("桐庐县", "县国土资源局", "land_resources", "natural_resources"),
        ("桐庐县", "县国土局", "land_resources", "natural_resources"),
        ("广东省", "省外经贸厅", "foreign_trade", "commerce"),
        ("杭州市", "市安监局", "work_safety", "emergency_management"),
        ("中国", "国家质检总局", "quality_supervision", "market_regulation"),
        ("浙江省", "省环保厅", "ecology_and_environment", None),
        ("浙江省", "省卫计委", "health", None),
        ("桐庐县", "县农办", "rural_work_office", "agriculture_rural"),
    ],
)
def test_an_old_name_leads_to_the_unit_of_today(place: str, name: str, line: str, now: str | None) -> None:
    here = HERE[place]
    assert bearers(here, name) == {(line, now is not None)}
    found = successors(LINES, line, NOW, here.level, here.province_code, here.code, here.name)
    assert [s.line_key for s in found] == ([now] if now else [])


@given(st.sampled_from(sorted(HERE)), st.dates(date(1980, 1, 1), NOW))
def test_every_unit_of_every_day_is_recalled_by_its_name(place: str, day: date) -> None:
    recalled = {(r.unit, r.named.name.full, r.named.since) for r in every_name(HERE[place], LINES, day)}
    days = {(unit, full): since for unit, full, since in recalled}
    for unit in generate_units([HERE[place]], LINES, day):
        assert (unit.key, unit.name) in days
        assert {(unit.key, former.name.full, former.since) for former in unit.former} <= recalled


def test_outside_the_mainland_nothing_is_recalled() -> None:
    assert list(every_name(PlaceNow("TW", "province", "台湾省", "", ""), LINES, NOW)) == []


def test_the_example_of_the_page_is_true() -> None:
    """docs/lines.md says what its lines of code give."""
    code = re.findall(r"```python\n(.*?)```", (PROJECT / "docs" / "lines.md").read_text("utf-8"), re.S)[0]
    given: dict[str, Any] = {}
    exec(code, given)
    unit = given["units"]["330122/development_reform"]
    assert re.findall(r"\.name +# (.*)", code) == [unit.name]
    assert set(re.findall(r"\.aliases +# (.*), \.\.\.", code)) <= set(unit.aliases) and "县发改局" in code
