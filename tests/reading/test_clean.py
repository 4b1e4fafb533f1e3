"""Noise in, clean words out, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading import read
from luoshi.reading.clean import clean
from tests.folders import GOLD
from tests.noisy import HAN, KINDS, made

NOISE = "會(huì)議(yì)強(qiáng)調(diào),要開(kāi)展實(shí)幹(gàn)。"

PINYIN = [
    ("召開(kāi)會(huì)議", "召开会议"),
    ("縣(市、區(qū))委書(shū)記", "县（市、区）委书记"),
    ("(責(zé)任編輯:林華(huá))", "（责任编辑：林华）"),
    ("黨委(黨組(zǔ))", "党委（党组）"),
    ("會(huì )議", "会议"),
    ("會 (huì)議", "会议"),
    ("會（huì）議", "会议"),
    ("會(huì)(huì)議(yì)", "会议"),
    ("省長(cháng)出席", "省长出席"),
    ("應(yīng)對(duì)風(fēng)險(xiǎn)", "应对风险"),
    ("要?jiǎng)?chuàng)新", "要�创新".replace("创", "�")),
    ("會huì)議", "会议"),
    ("會(huì議，", "会议，"),
]


@pytest.mark.parametrize(("noisy", "plain"), PINYIN)
def test_readings_go(noisy: str, plain: str) -> None:
    assert clean(NOISE + "\n" + noisy).text.split("\n")[1] == plain


@pytest.mark.parametrize(
    "text",
    [
        "组织(wto)成员",
        "智能(ai)算力",
        "维生素(a)",
        "生产总值(gdp)",
        "上海(sh)",
        "数据(data)",
        "书记(村)",
        "研发中心(R&D)",
        "指标（市、区）",
        "中心(CBD)",
    ],
)
def test_real_brackets_stay(text: str) -> None:
    """On a page full of noise as well as on a clean one."""
    for page in (text, NOISE + "\n" + text):
        assert len(clean(page).text.split("\n")[-1]) == len(text)


def test_a_remark_on_one_word_is_no_noise() -> None:
    assert clean("重庆的重字读作重(chóng)庆，不是别的。").text == "重庆的重字读作重（chóng）庆，不是别的。"


def test_untoned_readings_go_only_where_there_are_many() -> None:
    assert clean("会(hui)(hui)议(yi)指(zhi)出(chu)，党(dang)(dang)建").text == "会议指出，党建"
    assert clean("阿(a)坝").text == "阿（a）坝"


BREAKS = [
    ("会议要求切实提高\n<!--more-->\n政治站位，抓好落实。", "会议要求切实提高政治站位，抓好落实。"),
    ("副市长出席并主持\n<!--more-->\n。", "副市长出席并主持。"),
    ("会议强调，\n\n要抓好落实。", "会议强调，要抓好落实。"),
    ("**一要**\n\n抓好落实。", "一要抓好落实。"),
    ("（记者 周晓禾 摄影\n\n林小满）3月1日", "（记者 周晓禾 摄影林小满）3月1日"),
    ("**第一，把安全这条底线**\n\n**守得更牢**", "第一，把安全这条底线守得更牢"),
]


@pytest.mark.parametrize(("broken", "whole"), BREAKS)
def test_broken_lines_are_joined(broken: str, whole: str) -> None:
    assert clean(broken).text.strip("*") == whole


@pytest.mark.parametrize(
    "text",
    [
        "全市防汛会议召开\n6月11日，市委召开会议。",
        "会议强调，要抓好落实。\n市直有关部门负责人参加会议。",
        "1月5日，市委召开会议。本报记者 周晓禾 摄\n周晓禾在会上强调\n要抓好落实",
        "一、提高认识\n二、压实责任",
    ],
)
def test_lines_that_end_stay_apart(text: str) -> None:
    assert clean(text).text == text.replace("*", "")


def test_wrapped_text_is_joined() -> None:
    lines = [
        "会议强调要压实防汛责任加密巡堤",
        "查险转移安置受威胁群众储备抢险",
        "物资开展应急演练做好值班值守和",
        "信息报送工作坚决守住安全的底线",
        "确保人民群众的生命财产安全同时",
        "抓好抗旱保灌各项工作。",
    ]
    assert "\n" not in clean("\n".join(lines)).text


CHARACTERS = [
    ("⼈⽣改⾰⻓江", "人生改革长江"),
    ("产業鍊供應鍊", "产业链供应链"),
    ("着力與著力", "着力与着力"),
    ("隻爭朝夕", "只争朝夕"),
    ("優先順序", "优先顺序"),
    ("政治執行力", "政治执行力"),
    ("「兩個先行」", "“两个先行”"),
    ("日,,省委召開", "日，省委召开"),
    ("市.委召开", "市委召开"),
    ("增长3.5%", "增长3.5%"),
    ("15:05:02", "15:05:02"),
    ("会议指出:要抓好;要落实", "会议指出：要抓好；要落实"),
    ('抓好“三农"工作', '抓好“三农"工作'),
    ("ＡＢ１２", "AB12"),
]


@pytest.mark.parametrize(("text", "plain"), CHARACTERS)
def test_characters_one_for_one(text: str, plain: str) -> None:
    assert clean(text).text == plain


def test_names_in_simplified_text_keep_their_character() -> None:
    assert "於志明" in clean("校党委常委於志明出席会议，会议强调要抓好落实。").text


@pytest.mark.parametrize("text", ["确？！笆奈濉币规划", "设�故障", "锟斤拷", "浼氳鎸囧嚭锛岃鎶撳ソ钀藉疄銆"])
def test_mojibake_is_marked_not_guessed(text: str) -> None:
    assert any(n.kind == "mojibake" for n in clean(text).noise)


@pytest.mark.parametrize("text", ["涓涓细流汇成江河", "是否落实？要抓紧。", "娉浜厅"])
def test_rare_words_are_no_mojibake(text: str) -> None:
    assert not any(n.kind == "mojibake" for n in clean(text).noise)


SENTENCES = st.text(alphabet="会议强调要加快推进各项工作落实，。；“”（）、 \n市委省政府", min_size=1, max_size=200)
CLEAN = (GOLD / "gold-xiangmu-qu.txt").read_text("utf-8")


@given(
    SENTENCES,
    st.lists(st.sampled_from(sorted(KINDS)), max_size=3, unique=True),
    st.integers(0, 999),
    st.data(),
)
def test_any_span_of_clean_text_points_back(text: str, kinds: list[str], seed: int, data: st.DataObject) -> None:
    """Random text, random noise, random spans: the way back is in order and to the same characters."""
    noisy = made(text, kinds, seed).text
    cleaned = clean(noisy)
    if not cleaned.text:
        return
    start = data.draw(st.integers(0, len(cleaned.text) - 1))
    end = data.draw(st.integers(start + 1, len(cleaned.text)))
    first, last = cleaned.kept.back(start, end)
    places = [cleaned.kept.origin(i) for i in range(start, end)]
    assert places == sorted(set(places)), "one character each, in order"
    assert first == places[0] and places[-1] < last <= len(noisy)
    for i, place in zip(range(start, end), places, strict=True):
        if HAN.fullmatch(cleaned.text[i]):
            assert clean(noisy[place]).text == cleaned.text[i] or noisy[place] in "鍊著"


@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4, unique=True), st.integers(0, 9999))
def test_every_span_of_a_reading_points_back_to_the_same_words(kinds: list[str], seed: int) -> None:
    noisy = made(CLEAN, kinds, seed)
    origins = {i: o for o, (start, end) in noisy.places.items() for i in range(start, start + 1)}
    reading = read(noisy.text)
    spans = [d.span for d in reading.directives] + [a.span for d in reading.directives for a in d.actions]
    assert spans
    for span in spans + [s.span for s in reading.statements]:
        clean_words = "".join(
            CLEAN[origins[i]] for i in range(span.start, span.end) if i in origins and CLEAN[origins[i]] != "\n"
        )
        said = "".join(c for c in span.text if HAN.fullmatch(c) or c == "�")
        same = "".join(c for c in clean_words if HAN.fullmatch(c))
        assert len(said) == len(same), "the same number of characters, lost ones marked"
        assert all(a == b or a == "�" for a, b in zip(said, same, strict=True))


@given(st.text(max_size=300))
def test_anything_can_be_cleaned(text: str) -> None:
    cleaned = clean(text)
    for i in range(len(cleaned.text)):
        assert 0 <= cleaned.kept.origin(i) < len(text)
    for noise in cleaned.noise:
        assert 0 <= noise.start < noise.end <= len(text)
