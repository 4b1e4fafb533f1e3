"""Said before: pairs that somebody marked without seeing what judges them; and what is found in a database, by whom."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.intake.repeats import SAME, Context, compare
from luoshi.intake.said_before import Said, said_before
from luoshi.intake.wordings import GAP, table, wordings
from luoshi.ledger.models import Item
from luoshi.people.seeing import sees
from luoshi.reading.folding import folded
from tests.documents.made import FLOOD, FLOOD_AGAIN, taken
from tests.ledger.office import NOW, Office, at, office, open_task

CASES = Path(__file__).parent / "cases"
# F1 on the half that was written and held back before there was an engine, and on all; measured, and never to fall.
HELD_FLOOR, ALL_FLOOR = 0.79, 0.90


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@cache
def pairs(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8")))


def context(pair: dict[str, Any], side: str) -> Context:
    known = (pair.get("context") or {}).get(side) or {}
    return Context(known.get("place", ""), known.get("due"))


def judged(pair: dict[str, Any]) -> bool:
    return compare(pair["one"], pair["other"], context(pair, "one"), context(pair, "other")).same


def score(marked: tuple[dict[str, Any], ...], judge: Any) -> Score:
    said = [(judge(pair), pair["same"]) for pair in marked]
    right = said.count((True, True))
    return Score(right / max(sum(one for one, _ in said), 1), right / sum(other for _, other in said))


def test_it_works() -> None:
    verdict = compare("加快城南水厂二期项目建设", "已开工的城南水厂二期要抓紧建成")
    assert verdict.same and verdict.reason
    assert not compare("加快城南水厂二期项目建设", "加快城北水厂二期项目建设").same


def test_the_marked_pairs() -> None:
    dev, held = pairs("said_before"), pairs("said_before_held")
    assert len(dev) == len(held) == 100
    found = {"dev": score(dev, judged), "held": score(held, judged), "all": score(dev + held, judged)}
    equal = score(dev + held, lambda pair: pair["one"] == pair["other"])
    print({name: (*each, each.f1) for name, each in {**found, "equal words": equal}.items()})
    assert found["held"].f1 >= HELD_FLOOR and found["all"].f1 >= ALL_FLOOR
    assert equal.f1 < 0.2


def test_every_pair_that_may_be_looked_at_is_judged_right() -> None:
    wrong = [(pair["one"], pair["other"]) for pair in pairs("said_before") if judged(pair) != pair["same"]]
    assert wrong == []


OWN = yaml.safe_load((CASES / "said_before_own.yaml").read_text("utf-8"))


@pytest.mark.parametrize("same", [True, False], ids=["same", "different"])
def test_own_pairs(same: bool) -> None:
    """Pairs that the tables were made with, kind by kind."""
    rows = [pair for kind in OWN["same" if same else "different"].values() for pair in kind]
    assert [pair for pair in rows if compare(*pair).same != same] == []


def test_words_of_the_tables_are_there_once() -> None:
    said = [folded(word) for row in table()["same_words"] for word in set(row)]
    assert len(said) == len(set(said))
    light = set(map(folded, table()["light"].split()))
    assert {row[0] for row in table()["same_words"]} & light == set()


@pytest.mark.parametrize("row", table()["same_words"], ids=lambda row: str(row[0]))
def test_words_of_a_row_are_one(row: list[str]) -> None:
    first = wordings().plain(folded(str(row[0])))
    assert first != GAP
    assert {wordings().plain(folded(str(word))) for word in row} == {first}


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    verdict = compare(one, other)
    assert 0 <= verdict.score <= 1 and verdict.reason
    assert compare(other, one).same == verdict.same
    assert compare(one, one).same


@pytest.fixture
def there(settings: Any, tmp_path: Path, db: None) -> Office:
    settings.MEDIA_ROOT = tmp_path
    made = office()
    words = ("修好青溪县三座病险水库", "编制全市水网规划", "新增学位1800个", "清理整治河湖四乱问题")
    for number, each in enumerate(words):
        open_task(made["city"], words=each, now=at(number))
    return made


def asked(there: Office, who: str, *words: str, place: str | None = "A1", **more: Any) -> list[list[tuple[str, bool]]]:
    said = [Said(each, place) for each in words]
    found = said_before(said, sees(there[who], NOW.date()), **more)
    return [[(row.words, row.open) for row in rows] for rows in found]


def test_an_item_that_says_the_same_is_found(there: Office) -> None:
    found = asked(
        there, "city", "整修青溪县3座病险水库", "评审全市水网规划", "新增学位3600个", "整治河湖“四乱”", "修路"
    )
    same = [("修好青溪县三座病险水库", True)], [("清理整治河湖四乱问题", True)]
    assert found == [same[0], [], [], same[1], []]


def test_it_says_where_and_why(there: Office) -> None:
    ((found,),) = said_before([Said("整修青溪县3座病险水库", "A1")], sees(there["city"], NOW.date()))
    assert found.item
    row = Item.unguarded.get(pk=found.item)
    assert (found.number, found.when, found.by) == (row.number, row.opened_on, "市政府专题会议纪要〔2026〕8号")
    assert found.score >= SAME and found.reason


def test_another_place_says_nothing_and_who_does_not_see_finds_nothing(there: Office) -> None:
    words = "整修青溪县3座病险水库"
    assert asked(there, "city", words, place="A2") == [[]]
    assert asked(there, "city", words, place="A1a") != [[]]
    assert asked(there, "province", words, place="A") != [[]]
    assert asked(there, "elsewhere", words, place=None) == [[]]


def test_what_an_earlier_report_said_is_found_and_not_what_its_reprint_says(there: Office) -> None:
    place = there.world.places["A1"]
    first = taken(FLOOD, place=place)
    again = taken(FLOOD_AGAIN, "again.txt", place=place)
    words = "完成12座小型水库除险加固"
    found = said_before([Said(words, "A1")], sees(there["city"], NOW.date()))[0]
    assert found and all(row.action and row.item is None for row in found)
    assert "鲍闻舟" in found[0].by and found[0].when is not None
    for report in (first.report, again.report):
        assert said_before([Said(words, "A1")], sees(there["city"], NOW.date()), report=report.pk) == ((),)
    assert asked(there, "elsewhere", words, place=None) == [[]]


def test_a_whole_report_takes_three_queries(there: Office, django_assert_num_queries: Any) -> None:
    taken(FLOOD, place=there.world.places["A1"])
    scope = sees(there["city"], NOW.date())
    words = [f"{('整修青溪县三座病险水库', '修订应急预案')[n % 2]}，第{n}次" for n in range(40)]
    with django_assert_num_queries(3):
        said_before([Said(each, "A1") for each in words], scope)
    assert said_before([], scope) == ()
    assert said_before([Said("", "A1"), Said("“”", None), Said("\ud800\x00", "A1")], scope) == ((), (), ())
