"""The whole country: loaded with its units, asked on days, loaded again without a write, and without a fault."""

from __future__ import annotations

import datetime
import os
import re
import shlex
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from luoshi.cli.app import app
from luoshi.places import tree
from luoshi.places.faults import faults
from luoshi.places.finding import find
from luoshi.places.models import Loading, Place, PlaceState, Unit
from tests.folders import PROJECT

from .made import writes

DAY = datetime.date
# The day of the newest list of divisions: Ministry of Civil Affairs, as of 2025-12-31.
LISTED = DAY(2025, 12, 31)
pytestmark = [pytest.mark.django_db, pytest.mark.long]


def load() -> dict[str, dict[str, int]]:
    """What `luoshi load` says it did: rows by what they are and what became of them."""
    answer = CliRunner().invoke(app, ["load", "--on", LISTED.isoformat()])
    assert answer.exit_code == 0, answer.output
    told = (line.partition(": ") for line in answer.stdout.splitlines())
    return {
        what: {word: int(n.replace(",", "")) for n, word in re.findall(r"([\d,]+) (\w+)", s)} for what, _, s in told
    }


@pytest.fixture(scope="module", autouse=True)
def country(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The country, loaded once for this module and taken away after it."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        done = load()
        assert list(done) == ["places", "lines", "units", "handovers"]
        assert set(done["units"]) == {"inserted"} and done["units"]["inserted"] > 200_000
        # What waits to be checked at the end of a transaction would be checked anew after each test: ten seconds each.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


def count(level: str, day: DAY = LISTED) -> int:
    return tree.on(day).filter(level=level).count()


def names(within: str, level: str, day: DAY = LISTED) -> set[str]:
    (state,) = find(within, day)
    return {s.name for s in tree.within(state.place, day).filter(level=level)}


def test_it_works() -> None:
    assert count("province") == 33 + 1  # and Taiwan, which the list gives no code
    assert (count("prefecture"), count("county"), count("township")) == (333, 2_845, 38_723)


def test_zhejiang_has_eleven_cities_and_ninety_counties() -> None:
    (zhejiang,) = find("浙江省", LISTED)
    inside = tree.within(zhejiang.place, LISTED)
    assert [inside.filter(level=level).count() for level in ("prefecture", "county", "township")] == [11, 90, 1_365]


def test_hangzhou_before_and_after_2021() -> None:
    before, after = names("浙江/杭州", "county", DAY(2020, 1, 1)), names("浙江/杭州", "county", DAY(2021, 4, 9))
    assert before - after == {"下城区", "江干区"}
    assert after - before == {"临平区", "钱塘区"}


# A name, a day, its code there (none: not there) and the names above it.
CASES = [
    ("钱塘区", "2020-01-01", None, ""),
    ("钱塘区", "2025-12-31", "330114", "浙江省杭州市"),
    ("临平区", "2025-12-31", "330113", "浙江省杭州市"),
    ("江干区", "2020-01-01", "330104", "浙江省杭州市"),
    ("下城区", "2025-12-31", None, ""),
    ("龙港市", "2018-12-31", None, ""),
    ("龙港市", "2025-12-31", "330383", "浙江省温州市"),
    ("仙桃市", "2025-12-31", "429004", "湖北省"),
    ("东莞市", "2025-12-31", "441900", "广东省"),
    ("儋州市", "2025-12-31", "460400", "海南省"),
    ("浦东新区", "2025-12-31", "310115", "上海市"),
    ("余杭县", "1990-01-01", "330125", "浙江省杭州市"),
    ("余杭市", "1998-01-01", "330184", "浙江省杭州市"),
]


@pytest.mark.parametrize(("name", "day", "code", "above"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_a_place_on_a_day(name: str, day: str, code: str | None, above: str) -> None:
    on = DAY.fromisoformat(day)
    found = [state for state in find(name, on) if state.level in ("county", "prefecture")]
    assert [state.code for state in found] == ([code] if code else [])
    for state in found:
        assert "".join(s.name for s in tree.ancestors(state.place, on)[1:]) == above


def test_towns_hang_straight_under_a_city_without_counties() -> None:
    (dongguan,) = find("东莞市", LISTED)
    assert {s.level for s in tree.children(dongguan.place, LISTED)} == {"township"}


def test_a_functional_zone_has_no_code_and_a_place_in_the_tree() -> None:
    (zone,) = find("浙江 金华开发区", LISTED)
    assert (zone.level, zone.code) == ("zone", "")
    assert [s.name for s in tree.ancestors(zone.place, LISTED)][1:] == ["浙江省", "金华市"]
    assert Unit.objects.filter(place=zone.place, kind="zone_committee").exists()


def test_loaded_again_nothing_is_written() -> None:
    loads = Loading.objects.count()
    with CaptureQueriesContext(connection) as queries:
        done = load()
    assert {word for counts in done.values() for word in counts} == {"unchanged"}
    assert writes(queries) == []
    assert Loading.objects.count() == loads


def test_nothing_is_gravely_wrong_with_the_tree() -> None:
    found = list(faults(LISTED))
    assert [fault for fault in found if fault.grave] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data(), st.dates(DAY(1980, 1, 1), LISTED))
def test_on_any_day_the_path_is_the_chain_of_parents(data: st.DataObject, day: DAY) -> None:
    last = Place.objects.order_by("-pk").values_list("pk", flat=True)[0]
    first = Place.objects.order_by("pk").values_list("pk", flat=True)[0]
    place = Place.objects.get(pk=data.draw(st.integers(first, last)))
    states = list(PlaceState.objects.on(day).filter(place=place))
    assert len(states) <= 1
    for state in states:
        chain, above = [state.place_id], state
        while above.parent_id is not None:
            (above,) = PlaceState.objects.on(day).filter(place_id=above.parent_id)
            assert above.place_id not in chain
            chain.append(above.place_id)
        assert state.path == "/" + "".join(f"{pk}/" for pk in reversed(chain))
        assert [s.place_id for s in tree.ancestors(place, day)] == chain[:0:-1]


SHOWN = re.compile(r"<!-- places: (?P<words>[^\n]+) -->\n```text\n(?P<printed>.*?)```\n", re.S)


def test_the_page_shows_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """With PASTE=1 the page is written anew."""
    page = PROJECT / "docs" / "places.md"
    text = page.read_text("utf-8")
    blocks = list(SHOWN.finditer(text))
    assert len(blocks) >= 4
    fresh = SHOWN.sub(lambda m: f"<!-- places: {m['words']} -->\n```text\n{printed(m['words'])}```\n", text)
    if os.environ.get("PASTE"):
        page.write_text(fresh, "utf-8")
    assert text == fresh
    assert blocks[0]["printed"] in (PROJECT / "README.md").read_text("utf-8")


def printed(words: str) -> str:
    return CliRunner().invoke(app, ["places", *shlex.split(words)], env={"COLUMNS": "100"}).output


def test_a_name_that_is_nowhere_is_said() -> None:
    answer = CliRunner().invoke(app, ["places", "没有这个地方"])
    assert answer.exit_code == 2 and "on any day" in answer.output


def test_a_within_that_is_not_one_place_is_refused() -> None:
    answer = CliRunner().invoke(app, ["places", "--within", "鼓楼区", "--on", "2025-12-31"])
    assert answer.exit_code == 2 and "more than one" in answer.output
