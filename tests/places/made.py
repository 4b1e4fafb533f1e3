"""A few places and units in time, made for tests: a province, two cities, counties that ended and began."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.test.utils import CaptureQueriesContext

from luoshi.places.gazetteer import PlaceState as State
from luoshi.places.gazetteer import Succession as Passed
from luoshi.places.loading import Counts, load_places

DAY = datetime.date
TODAY = DAY(2025, 12, 31)
MERGED = DAY(2021, 4, 9)
BEGUN = DAY(1980, 1, 1)


def state(key: str, level: Any, name: str, parent: str, since: DAY = BEGUN, until: DAY | None = None) -> State:
    code = "" if key == "CN" else key
    return State(key, level, name, code, parent, since, "day", until, "day" if until else "", "made")


TREE = [
    state("CN", "country", "中国", ""),
    state("330000", "province", "浙江省", "CN"),
    state("330100", "prefecture", "杭州市", "330000"),
    state("330200", "prefecture", "宁波市", "330000"),
    state("330104", "county", "江干区", "330100", until=MERGED),
    state("330102", "county", "上城区", "330100"),
    state("330114", "county", "钱塘区", "330100", MERGED),
    state("330203", "county", "海曙区", "330200"),
    state("330114001", "township", "白杨街道", "330114", MERGED),
    state("320000", "province", "江苏省", "CN"),
    state("320100", "prefecture", "南京市", "320000"),
]
PASSED = [
    Passed("330104", MERGED, "day", "330102", "part", "made"),
    Passed("330104", MERGED, "day", "330114", "part", "made"),
]


def plant(states: list[State] = TREE, passed: list[Passed] = PASSED) -> Counts:
    """Load the tree."""
    return load_places(states, passed, "made")


# What the database was told to write; many rows at once are logged as "12 times: INSERT …".
WRITE = re.compile(r"(?:\d+ times: )?(?:INSERT|UPDATE|DELETE)")


def writes(queries: CaptureQueriesContext) -> list[str]:
    """The statements that wrote."""
    return [query["sql"] for query in queries.captured_queries if WRITE.match(query["sql"])]
