"""What is found: what a scan for each word would find, by words of two characters too, on both databases."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from luoshi.documents import grams
from luoshi.documents.models import Action
from luoshi.ledger import searching
from luoshi.ledger.carrying.exporting import export
from luoshi.ledger.carrying.importing import import_ledger
from luoshi.ledger.models import Item, SearchText
from luoshi.ledger.proving.replaying import rebuild
from luoshi.people.seeing import sees
from luoshi.reading.folding import folded
from tests.documents.made import taken

from .office import NOW, Desk, Office, at, open_task
from .test_carrying import lost

pytestmark = pytest.mark.django_db

WORDS = (
    "新建社区老年食堂12家，助餐点覆盖全部乡镇",
    "開展危險化學品企業專項整治",
    "深化“一件事”集成办理",
    "改造老旧供水管网４６公里",
    "对ＧＢ／Ｔ 9704格式的公文开展督查",
    "严禁乱收费、乱罚款、乱摊派",
)


@pytest.fixture
def items(there: Office) -> dict[str, str]:
    """Numbers of the items by their words."""
    return {words: open_task(there["city"], words=words, now=at(n)).number for n, words in enumerate(WORDS)}


def found(query: str) -> set[str]:
    return set(searching.search(Item.unguarded.all(), query).values_list("words", flat=True))


def test_it_works(items: Any) -> None:
    assert found("食堂") == {WORDS[0]}


CASES = {
    "督查": {4},
    "危险化学品": {1},
    "專項整治": {1},
    "一件事": {2},
    "“一件事”集成": {2},
    "46公里": {3},
    "46": {3},
    "４６ 公里": {3},
    "gb/t9704": {4},
    "GB/T 9704": {4},
    "堂12家,助": {0},
    "罚": {5},
    "乱收费 乱摊派": {5},
    "乱收费 食堂": set(),
    "乱收费乱摊派": set(),
    "纪要〔2026〕8号": {0, 1, 2, 3, 4, 5},
    "任务清单": {0, 1, 2, 3, 4, 5},
    "养老院": set(),
    "": {0, 1, 2, 3, 4, 5},
    "  　\u200b": {0, 1, 2, 3, 4, 5},
}


def test_what_is_found(items: Any) -> None:
    assert {query: found(query) for query in CASES} == {query: {WORDS[n] for n in CASES[query]} for query in CASES}


ODD = (
    '"',
    "'",
    "*",
    "食堂*",
    "NEAR(食堂 助餐)",
    "食堂 OR 督查",
    "grams:食堂",
    "-食堂",
    "食堂 AND",
    "(",
    ")",
    "^食堂",
    "%",
    "_",
    "\\",
    "食堂\x00",
    "\ud800食堂",
    "\udfff",
    "👍",
    "食" * 10_000,
    "a b c " * 2_000,
    "'; DROP TABLE ledger_item; --",
    "𠮷野家",
    "e\u0301",
    "&|!:<->",
)


def test_odd_words_are_looked_for_as_any(items: Any) -> None:
    for query in ODD:
        assert found(query) == scanned(query), repr(query[:20])


def scanned(query: str) -> set[str]:
    """What a scan of all items finds, by the words alone that a person would compare."""
    words = [folded(word) for word in query.split()][: searching.MOST_WORDS]
    rows = Item.unguarded.values_list("words", "number", "lead__name", "facts__basis")
    return {row[0] for row in rows if all(any(word in folded(text or "") for text in row) for word in words)}


SYLLABLES = "食堂督查整改水库加固12３Ａab，、“ 危險化学品é"


def test_the_index_finds_what_a_scan_finds(there: Office) -> None:
    """Random items, and stretches of them and of nothing looked for."""
    chance = random.Random(8)
    for number in range(60):
        words = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 24))).strip("， 、“") or "食堂"
        open_task(there["city"], words=words, now=at(number / 60))
    texts = list(Item.unguarded.values_list("words", flat=True))
    hits = 0
    for _ in range(150):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        query = text[start : start + chance.randint(1, 5)]
        query = chance.choice((query, query, query[::-1], f"{query} {chance.choice(SYLLABLES)}"))
        assert found(query) == scanned(query), query
        hits += bool(found(query))
    assert hits > 100


@given(st.text(), st.text(max_size=5))
def test_what_stands_in_a_text_stands_in_the_folded_text(text: str, more: str) -> None:
    assert folded(text) + folded(more) == folded(text + more)
    assert folded(folded(text)) == folded(text)


def test_only_what_one_sees_is_found(items: Any, there: Office) -> None:
    for name, many in (("city", 1), ("elsewhere", 0), ("abroad", 0)):
        rows = Item.seen.within(sees(there[name], NOW.date()))
        assert len(searching.search(rows, "食堂")) == many, name


def lead_of(desk: Desk) -> str:
    lead = desk.row.lead
    assert lead
    return lead.name


def test_an_item_is_found_by_its_lead_when_it_has_one(there: Office, desk: Desk) -> None:
    name = lead_of(desk)
    assert found(name) == {desk.row.words}
    desk.act("water", "report", progress="已完成一座")
    assert found(name) == {desk.row.words}
    assert found("已完成一座") == set(), "a person's own words can be erased, and are not in the index"


def test_what_a_move_changes_is_found_by_its_new_words(there: Office, desk: Desk) -> None:
    before = lead_of(desk)
    desk.act("city", "reassign", lead="A1:civil", reason="职责调整")
    assert found(before) == set()
    assert found(lead_of(desk)) == {desk.row.words}


def entries() -> list[tuple[Any, ...]]:
    return list(SearchText.objects.order_by("item").values_list("item", "words"))


def test_reindexing_and_rebuilding_change_nothing_that_is_right(items: Any, desk: Desk) -> None:
    right = entries()
    assert len(right) == Item.unguarded.count()
    assert searching.reindex() == len(right)
    assert entries() == right
    SearchText.objects.all().delete()
    assert found("食堂") == set()
    assert searching.index_missing() == len(right)
    assert entries() == right
    assert found("食堂") == {WORDS[0]}
    SearchText.objects.filter(item=desk.item).delete()
    rebuild(desk.item, at(100))
    assert entries() == right


def test_an_imported_item_is_found(desk: Desk) -> None:
    """An exported ledger holds no index; it is made where the items are brought to."""
    lines, right = list(export()), entries()
    lost()
    import_ledger(lambda: lines, at(100))
    assert entries() == right


def test_an_action_keeps_its_grams(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    taken()
    hits = Action.unguarded.filter(grams__match=((("水库",),),))
    assert hits and all("水库" in each.words for each in hits)
    row = hits[0]
    row.words = "修订应急预案"
    row.save()
    assert row.pk in Action.unguarded.filter(grams__match=((("预案",),),)).values_list("pk", flat=True)
    assert row.pk not in Action.unguarded.filter(grams__match=((("水库",),),)).values_list("pk", flat=True)


@pytest.mark.django_db(transaction=True)
def test_an_index_that_is_gone_is_noticed_and_put_back() -> None:
    for table in ("ledger_searchtext", "documents_action"):
        assert grams.there(connection, table) and grams.whole(connection, table)
        grams.take_away(connection, table)
        assert not grams.whole(connection, table)
        grams.put(connection, table)
        assert grams.whole(connection, table)
