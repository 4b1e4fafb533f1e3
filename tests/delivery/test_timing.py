"""When something is sent: quiet hours, digests, tries again."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.delivery.timing import AGAIN, Wishes, after_quiet, again, due
from luoshi.ledger.machine.days import CHINA

AT_ONCE = Wishes(False, datetime.time(8, 30), datetime.time(22), datetime.time(8))
DAILY = AT_ONCE._replace(daily=True)
NEVER_QUIET = AT_ONCE._replace(quiet_from=None)
NOON = AT_ONCE._replace(quiet_from=datetime.time(12), quiet_to=datetime.time(13, 30))


def china(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


CASES = [
    (AT_ONCE, china(22, 10), china(22, 10)),
    (AT_ONCE, china(22, 8), china(22, 8)),
    (AT_ONCE, china(22, 7, 59), china(22, 8)),
    (AT_ONCE, china(22, 21, 59), china(22, 21, 59)),
    (AT_ONCE, china(22, 22), china(23, 8)),
    (AT_ONCE, china(30, 23, 30), datetime.datetime(2026, 12, 1, 8, tzinfo=CHINA)),
    (AT_ONCE, china(22, 0), china(22, 8)),
    (NEVER_QUIET, china(22, 3), china(22, 3)),
    (NOON, china(22, 11, 59), china(22, 11, 59)),
    (NOON, china(22, 12), china(22, 13, 30)),
    (NOON, china(22, 3), china(22, 3)),
    (DAILY, china(22, 8, 29), china(22, 8, 30)),
    (DAILY, china(22, 8, 30), china(23, 8, 30)),
    (DAILY, china(22, 23), china(23, 8, 30)),
    (DAILY._replace(digest_at=datetime.time(23)), china(22, 10), china(22, 23)),
]


@pytest.mark.parametrize(("wishes", "moment", "expected"), CASES)
def test_it_works(wishes: Wishes, moment: datetime.datetime, expected: datetime.datetime) -> None:
    assert due(moment, wishes) == expected
    # By the clocks of China, wherever the moment was written down.
    assert due(moment.astimezone(datetime.UTC), wishes) == expected


times = st.none() | st.times()


@given(st.datetimes(datetime.datetime(2004, 1, 1), datetime.datetime(2100, 1, 1)), times, times)
def test_quiet_holds_back_for_less_than_a_day_and_never_twice(
    moment: datetime.datetime, begins: datetime.time | None, ends: datetime.time | None
) -> None:
    wishes, there = Wishes(False, datetime.time(8), begins, ends), moment.replace(tzinfo=CHINA)
    later = after_quiet(there, wishes)
    assert there <= later <= there + datetime.timedelta(days=1)
    assert after_quiet(later, wishes) == later


def test_tries_grow_apart_over_a_weekend_and_end() -> None:
    moment = china(20, 18)
    moments = [again(moment, attempts) for attempts in range(1, len(AGAIN) + 2)]
    assert moments[-1] is None
    assert [later - moment for later in moments[:-1] if later] == list(AGAIN) == sorted(AGAIN)
    assert moment + sum(AGAIN, datetime.timedelta()) > china(23, 9)
