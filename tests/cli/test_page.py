"""The page: every character of the report, every line with its evidence, nothing that could run."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.cli.page import page
from luoshi.exports.original import Mark, marked, quoted
from luoshi.reading import Directive, Noise, Reading, read
from tests.folders import GOLD

from .made import TEXT, action, full, many, reading, span


class Parsed(HTMLParser):
    """The elements of a page, and the text of each original."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.originals: list[str] = []
        self.depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "div" and ("class", "text") in attrs:
            self.originals.append("")
            self.depth = 1
        elif tag == "div" and self.depth:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.originals[-1] += data

    def handle_entityref(self, name: str) -> None:
        self.handle_data({"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name])

    def handle_charref(self, name: str) -> None:
        self.handle_data(chr(int(name[1:], 16) if name[0] == "x" else int(name)))

    def ids(self) -> list[str]:
        return [str(a["id"]) for _, a in self.elements if "id" in a]

    def links(self) -> list[str]:
        return [str(a["href"]) for _, a in self.elements if "href" in a]


def stripped(marked: str) -> str:
    """A marked text with its tags taken off again."""
    return "".join(Parsed(f'<div class="text">{marked}</div>').originals)


def cells(made: str, name: str) -> list[str]:
    """The words in a column."""
    found = re.findall(rf'<td class="{name}[^"]*"[^>]*>(.*?)</td>', made, re.S)
    return [re.sub(r"<q.*?</q>|<[^>]+>", "", cell) for cell in found]


def test_it_works() -> None:
    made = page([read("会议强调，要压实责任，提高政治站位；严禁弄虚作假。\n")])
    assert cells(made, "act") == ["压实责任", "提高政治站位 态度", "严禁弄虚作假"]
    assert "<b>2</b> 项工作，<b>1</b> 项要求/态度" in made
    assert 'class="contents"' not in made


def test_every_field_is_shown_and_every_gap() -> None:
    made = page([full()])
    assert cells(made, "units") == ["缺", "县水务局", ""]
    assert cells(made, "due") == ["6月底前2024年6月30日 周日", "缺", ""]
    assert cells(made, "targets") == ["缺", "泵站12座", ""]
    assert cells(made, "who") == ["会议"] * 3
    assert cells(made, "force") == ["必须", "必须", "推进"]
    assert cells(made, "gaps") == ["责任量化", "时限", ""]
    assert 'title="责任单位"' in made and "缺责任单位 1 项、缺完成时限 1 项、缺量化指标 1 项" in made
    for words in ("某县新闻网", "2024年3月2日 周六 08:26", "作者 甲", "编辑 乙", "1</b> 个问题", "made.txt"):
        assert words in made
    for name, of in {
        "主持": "张三",
        "讲话": "李四",
        "出席": "王五、各乡镇负责人",
        "发言": "东镇",
        "形式": "视频",
    }.items():
        assert f"<dt>{name}</dt><dd>{of}</dd>" in made


def test_a_column_without_anything_says_nothing() -> None:
    made = page([read("会议强调，要压实责任。")])
    assert cells(made, "units void") in ([""], [])
    assert "None" not in made


def both(made: str) -> None:
    """Every link leads somewhere, every name is borne once."""
    parsed = Parsed(made)
    ids = parsed.ids()
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in parsed.links()} <= set(ids)
    rows = [name for name in ids if name.startswith("t")]
    assert {f"e{name[1:]}" for name in rows} == {name for name in ids if name.startswith("e")}


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.txt")), ids=lambda p: p.stem)
def test_original_is_whole_and_every_line_has_its_evidence(path) -> None:  # type: ignore
    found = read(path)
    made = page([found])
    assert Parsed(made).originals == [found.source.text]
    both(made)


def test_several_reports_have_contents() -> None:
    made = page([full(), full(), reading("无关。")])
    assert Parsed(made).originals == [TEXT, TEXT, "无关。"]
    assert made.count('<li><a href="#r') == 3
    both(made)


def test_a_reading_without_directives() -> None:
    made = page([reading("")])
    assert "没有读到工作部署" in made and "<table" not in made
    assert Parsed(made).originals == [""]
    both(made)
    assert "0 篇报道" in page([])


EVIL = "</div></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;&#13;\r\n<!--"


def evil(words: str) -> Reading:
    """A reading in which words from outside stand wherever they can."""
    found = full()
    meeting = replace(found.meetings[0], convener=words, place=words, chairs=(words,), date=words)
    first = found.directives[0]
    told = first._replace(id=words, units=(first.units[0]._replace(text=words),))
    return replace(
        found,
        source=replace(found.source, name=words, sha256=words),
        title=span(TEXT, "县政府会议")._replace(text=words),
        published=words,
        publisher=words,
        author=words,
        statements=(found.statements[0]._replace(speaker=words),),
        directives=(told, *found.directives[1:]),
        meetings=(meeting,),
        problems=(found.problems[0]._replace(span=found.problems[0].span._replace(text=words)),),
    )


def test_nothing_from_a_report_can_run() -> None:
    found = read(EVIL + "会议强调，要压实责任" + EVIL + "，加密巡查。")
    made = page([found, evil(EVIL)])
    assert Parsed(made).originals == [found.source.text, TEXT]
    assert made.count("<script") == 1 and "<img" not in made
    plain = [name for name, _ in Parsed(page([full(), full()])).elements]
    assert {name for name, _ in Parsed(made).elements} == set(plain)
    assert not any(name.startswith("on") for _, attributes in Parsed(made).elements for name in attributes)


def test_a_page_loads_nothing_and_its_own_script_alone_may_run() -> None:
    made = page([full()])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', made)
    assert policy and policy[1].startswith("default-src 'none'") and "unsafe" not in policy[1]
    assert not re.search(
        r"(src|href)=.(?!#)|url\(|@import|//[a-z]", re.sub(r"<script>.*?</script>", "", made, flags=re.S)
    )


def test_without_javascript_rules_pair_line_and_evidence() -> None:
    rules = re.search(r"<noscript><style>(.*?)</style></noscript>", page([full()]), re.S)
    assert rules and all(f'[data-of~="{key}"]' in rules[1] for key in ("1-1", "1-2", "1-3", "1-p1"))


def test_noise_inside_evidence_is_greyed_and_kept() -> None:
    made = page([full()])
    assert '<span class="noise pinyin" title="注音">(shí)</span>责任</a>' in made
    assert "<b>在6月底前压实<span" in made


def test_overlapping_evidence_is_all_there() -> None:
    text = "要抓好防汛抗旱工作。"
    deeds = (
        action(text, "抓好防汛抗旱", number=1),
        action(text, "防汛抗旱工作", number=2),
        action(text, "抓好防汛", number=3),
    )
    told = Directive("d-1", None, span(text, "抓好防汛抗旱工作"), None, "push", deeds)
    made = page([reading(text, (told,))])
    assert Parsed(made).originals == [text]
    both(made)
    assert 'data-of="1-1 1-3"' in made and 'data-of="1-1 1-3 1-2"' in made and 'data-of="1-1 1-2"' in made


def test_a_directive_without_actions_is_a_line() -> None:
    text = "要抓好防汛。"
    made = page([reading(text, (Directive("d-1", None, span(text, "抓好防汛"), "要", "push", ()),))])
    assert cells(made, "act") == ["抓好防汛"]
    both(made)


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@given(
    text=st.text(alphabet="要干，\r\n <&\"'", min_size=30, max_size=30),
    marks=st.lists(spans, max_size=8),
    noise=st.lists(spans, max_size=5),
)
def test_any_marks_and_any_noise_leave_the_text_alone(
    text: str, marks: list[list[int]], noise: list[list[int]]
) -> None:
    made = marked(
        text,
        [Mark(start, end, "work", f"1-{i}") for i, (start, end) in enumerate(marks)],
        [Noise("pinyin", start, end) for start, end in noise],
    )
    assert stripped(made) == text
    assert sorted(Parsed(made).ids()) == sorted(f"e1-{i}" for i in range(len(marks)))
    for i, (start, end) in enumerate(marks):
        parts = re.findall(rf'<a [^>]*data-of="(?:[\d -]* )?1-{i}(?: [\d -]*)?"[^>]*>(.*?)</a>', made, re.S)
        assert "".join(map(stripped, parts)) == text[start:end]


def test_a_quotation_has_a_little_of_its_line_around_it() -> None:
    text = "上一行\n会议指出(chū)，要压实责任，再说。\n下一行"
    start = text.index("压实")
    assert stripped(quoted(text, start, start + 4, ())) == "会议指出(chū)，要压实责任，再说。"
    noise = [Noise("pinyin", text.index("(chū"), text.index("(chū") + 5)]
    assert stripped(quoted(text, start, start + 4, noise, around=5)) == "要压实责任，再说。"


def test_two_hundred_directives_are_fast() -> None:
    found = many(200)
    assert len(found.directives) >= 200
    begun = time.perf_counter()
    made = page([found])
    assert time.perf_counter() - begun < 2
    both(made)
