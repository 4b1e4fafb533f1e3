"""Notices brought in: what they settle and change, what is told of those that are wrong, and that nothing is half done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from luoshi.calendar import base, current
from luoshi.calendar.actions import bring
from luoshi.calendar.checking import findings
from luoshi.calendar.installed import _calendar, calendar_of, papers
from luoshi.calendar.models import CalendarDay, Notice
from luoshi.calendar.noticed import Given, Paper, noticed
from luoshi.places.tables import BadTable

from .made import CHANGED, d, rows, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)


def test_it_works() -> None:
    assert current() is base() and base().version == "1.11.0+0"
    brought = bring(table(), NOW, "2027年放假安排")
    assert brought.number == 1 and not brought.lacking and not brought.sums
    assert [f"{after.date:%m-%d}" for _, after in brought.changed] == CHANGED
    calendar = current()
    assert calendar.version == "1.11.0+1" and calendar.known == brought.calendar.known
    assert calendar.day(d("1-31")) == (d("1-31"), True, "make_up", False, "notice 1")
    assert calendar.day(d("2-5")) == (d("2-5"), False, "spring_festival", False, "notice 1")
    assert calendar.day(d("3-3")) == (d("3-3"), True, "ordinary", False, "notice 1")
    assert calendar.add(d("2-4"), 1).end == d("2-15") and not calendar.add(d("2-4"), 1).provisional
    assert calendar.day(date(2026, 2, 14)) == base().day(date(2026, 2, 14))
    assert calendar.day(date(2028, 1, 3)).provisional


def test_a_calendar_costs_one_query(django_assert_num_queries: Any) -> None:
    bring(table(), NOW)
    first = current()
    with django_assert_num_queries(1):
        assert current() is first


def test_a_calendar_read_late_holds_no_notice_after_its_own() -> None:
    """Between finding out which notice is the newest and reading its days, another may come."""
    bring(table(), NOW)
    digest, before = Notice.objects.get().digest, current()
    bring("日期,班休,节日\n2027-10-08,放假,国庆节\n2027-10-10,上班,国庆节\n".encode(), NOW)
    _calendar.cache_clear()
    late = calendar_of(digest)
    assert (late.version, late.known) == (before.version, before.known) != (current().version, current().known)


def test_the_same_notice_again_writes_nothing() -> None:
    bring(table(), NOW)
    before = current()
    again = bring(table(), NOW)
    assert again.number is None and again.changed == () and current() is before
    assert Notice.objects.count() == 1


def test_a_later_notice_prevails_day_by_day_and_the_first_can_come_back() -> None:
    bring(table(), NOW)
    later = bring("日期,班休,节日\n2027-10-08,放假,国庆节\n2027-10-10,上班,国庆节\n".encode(), NOW)
    assert later.number == 2 and [after.date for _, after in later.changed] == [d("10-8"), d("10-10")]
    assert current().day(d("10-8")).source == "notice 2" and current().day(d("10-7")).source == "notice 1"
    back = bring(b"date,kind,name\n2027-10-08,working,\n2027-10-10,rest,\n", NOW)
    assert back.number == 3 and len(back.changed) == 2
    assert current().day(d("10-8")).reason == "ordinary" and current().day(d("10-10")).reason == "weekend"


def test_a_year_is_settled_only_when_its_statutory_holidays_are_given() -> None:
    brought = bring(table(without="2027-06-09"), NOW)
    assert brought.lacking == {2027: (d("6-9"),)}
    day = current().day(d("6-9"))
    assert not day.working and day.provisional and current().day(d("3-3")).provisional
    # Nor do days in lieu go: what is not settled is still assumed.
    assert current().day(d("5-4")).reason == "labour_day" and current().add(d("3-1"), 1).provisional


def test_a_notice_with_a_day_too_few_is_told() -> None:
    assert bring(table(without="2027-10-09"), NOW).sums == {2027: (247, 248)}
    assert [each.grave for each in findings(date(2027, 1, 1))] == [False]


def test_a_notice_for_a_year_that_was_announced_changes_what_differs() -> None:
    brought = bring("日期,班休,节日\n2026-12-31,放假,元旦\n2026-10-10,上班,国庆节\n".encode(), NOW)
    assert [after.date for _, after in brought.changed] == [date(2026, 12, 31)]
    assert current().day(date(2026, 12, 31)) == (date(2026, 12, 31), False, "new_year", False, "notice 1")
    assert current().day(date(2026, 10, 1)).source == "chinesecalendar 1.11.0"
    told = [str(each) for each in findings(date(2026, 11, 22))]
    assert told == ["2026-12-31：通知为放假，chinesecalendar 1.11.0不同"]


def test_a_holiday_that_nobody_knows_keeps_its_name() -> None:
    bring("日期,班休,节日\n2026-09-03,休,抗战胜利纪念日\n".encode(), NOW)
    assert current().day(date(2026, 9, 3)).reason == "抗战胜利纪念日"


WRONG = {
    "no day": ("2027-02-30,放假,春节", ["第2行“日期”", "2027-02-30"]),
    "no kind": ("2027-02-05,半天,春节", ["第2行“班休”", "半天"]),
    "either kind": ("2027-02-05,调休,春节", ["第2行“班休”", "调休"]),
    "no name": ("2027-02-05,放假,", ["第2行“节日”", "周一至周五"]),
    "twice": ("2027-02-05,放假,春节\n2027-02-06,放假,春节\n2027年2月5日,上班,春节", ["第4行“日期”", "第2行"]),
    "out of sight": ("1066-10-14,放假,甲", ["第2行“日期”", "2004", "2100"]),
    "nothing": ("", ["第1行", "没有日子"]),
    "every fault": ("去年,放假,春节\n2027-02-05,放假,\n,上班,", ["第2行", "第3行", "第4行"]),
    "a cell more": ("2027-02-05,放假,春节,x", ["第2行"]),
}


@pytest.mark.parametrize(("lines", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_table_is_told_by_line_and_column_and_changes_nothing(lines: str, said: list[str]) -> None:
    good = "2027-01-01,放假,元旦\n" if lines else ""
    with pytest.raises(BadTable) as told:
        bring(f"日期,班休,节日\n{lines}\n{good}".encode(), NOW)
    assert all(each in str(told.value) for each in said)
    assert not Notice.objects.exists() and not CalendarDay.objects.exists() and current() is base()


def test_two_at_once_leave_one(monkeypatch: pytest.MonkeyPatch) -> None:
    bring(table(), NOW)

    def as_if_none(*_: object, **__: object) -> int:
        raise IntegrityError

    monkeypatch.setattr("luoshi.calendar.actions._write", as_if_none)
    with pytest.raises(BadTable, match="再导入一次"):
        bring("日期,班休,节日\n2027-10-08,放假,国庆节\n".encode(), NOW)
    assert Notice.objects.count() == 1


def test_what_was_altered_behind_our_back_is_found() -> None:
    bring(table(), NOW)
    assert list(findings(date(2027, 11, 30))) == []
    CalendarDay.objects.filter(date=d("2-11")).update(working=True)
    assert [str(each) for each in findings(date(2027, 11, 30)) if each.grave] == ["通知1的日子与导入时不同"]


WANTED: tuple[tuple[date, list[int]], ...] = (
    (date(2026, 11, 30), []),
    (date(2026, 12, 1), [2027]),
    (date(2027, 1, 5), [2027]),
    (date(2027, 12, 1), [2027, 2028]),
)


@pytest.mark.parametrize(("on", "years"), WANTED)
def test_a_year_without_its_notice_is_told_in_time(on: date, years: list[int]) -> None:
    assert [int(str(each)[:4]) for each in findings(on) if each.grave] == years


def test_rolled_back_is_as_if_it_had_not_been() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        bring(table(), NOW)
        raise RuntimeError
    assert current() is base()
    other = bring("日期,班休,节日\n2027-10-08,放假,国庆节\n".encode(), NOW)
    assert other.number == 1 and current().working(d("1-31")) is False


def test_notices_are_the_same_from_the_tables_and_without_them() -> None:
    bring(table(), NOW)
    days = [Given(date.fromisoformat(on), kind == "上班", name) for on, kind, name in rows()]
    assert noticed(base(), [Paper(1, days)]).known == current().known == noticed(base(), papers([1])).known


@pytest.mark.parametrize("count", [0, 1])
def test_without_notices_the_calendar_is_that_of_the_packages(count: int) -> None:
    assert noticed(base(), [Paper(1, [])] * count).known == base().known
