"""Pages in, the lines that a reader keeps out, each character with its way back to the bytes of the page."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reading import Unreadable, read
from luoshi.reading.facts import Known
from luoshi.reading.offsets import in_document
from luoshi.reading.sources import from_bytes
from luoshi.reading.sources.extract import Extract
from luoshi.reading.sources.html import read_html

SAID = "会议强调，要压实防汛责任，加密巡堤查险。"
MORE = "县长林小满出席会议，各乡镇负责人参加会议。"


def lines(page: str | bytes) -> list[str]:
    data = page.encode() if isinstance(page, str) else page
    return [line for line in read_html(data, "page.html").text.split("\n") if line]


def test_it_works() -> None:
    page = f"<html><title>全县防汛会议召开</title><div class=nav><a href=/>首页</a></div><h1>全县防汛会议召开</h1><p>{SAID}</p>"
    found = from_bytes(page.encode(), "a.html")
    assert found.media_type == "text/html"
    assert found.text == f"全县防汛会议召开\n\n{SAID}"
    at = page.encode().index(SAID.encode())
    assert in_document(found, found.text.index("压实")) == ("", at + len("会议强调，要".encode()))
    assert [d.span.text for d in read(page.encode()).directives] == ["要压实防汛责任，加密巡堤查险"]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        # Paragraphs: by tag, by break, by nothing that is closed.
        (f"<p>{SAID}</p><p>{MORE}</p>", [SAID, MORE]),
        (f"<p>{SAID}<p>{MORE}", [SAID, MORE]),
        (f"&nbsp;&nbsp;&nbsp;&nbsp;{SAID}<br><br>　　{MORE}<BR/>", [SAID, MORE]),
        (f"<div><span>{SAID}</span></div><div><br></div><div>{MORE}</div>", [SAID, MORE]),
        ("<p>会议强调，要压实防汛\n      责任，加密<b>巡堤</b><!-- x -->查险。</p>", [SAID]),
        # Entities, and what looks like one.
        ("<p>会议强调&#xff0c;要压实防汛责任&#65292;加密巡堤查险&#12290;</p>", [SAID]),
        ("<p>会议强调，&ldquo;R&D&rdquo;要抓好，A&amp;B要办好，&nosuch;也要。</p>", ["会议强调，“R&D”要抓好，A&B要办好，&nosuch;也要。"]),
        # What is broken.
        (f"<p>{SAID}</p></b></td></div><p>{MORE}", [SAID, MORE]),
        (f"<p>3<5，{SAID}</p>", [f"3<5，{SAID}"]),
        (f'<p class="a"">{SAID}</p>', [SAID]),
        (f"<p title='a>b' {SAID[:2]}=x>{SAID}</p>", [SAID]),
        (f"<script>var a='</p><p>勿读这里，要读。';</script><p>{SAID}</p>", [SAID]),
        (f"<style>p > a {{}}</style><p>{SAID}</p><!-- never closed <p>{MORE}</p>", [SAID, MORE]),
        (f"<!--[if IE]><p>勿读这里，要读。</p><![endif]--><p>{SAID}</p>", [SAID]),
        (f"<p>{SAID}</p><script>never closed <p>{MORE}</p>", [SAID]),
        (f"<a name=top><p>{SAID}</p><p>{MORE}</p>", [SAID, MORE]),
        # What is hidden.
        (f"<p>{SAID}</p><div style='display: none'><p>{MORE}</p></div>", [SAID]),
        (f"<p>{SAID}</p><p hidden>{MORE}<p>{MORE}", [SAID, MORE]),
        (f"<p>{SAID}</p><div aria-hidden=true>{MORE}</div><template>{MORE}</template><noscript>{MORE}</noscript>", [SAID]),
        (f"<div style='visibility: hidden; opacity: 0;'><p>{SAID}</p></div>", [SAID]),
        (f"<div style='display:none'><p>{SAID}</p></div>", [SAID]),
        # What a reading aid adds stays for the next stage when it is text, and goes when it is markup.
        ("<p>會議(yì)強調，要抓好落實(shí)。</p>", ["會議(yì)強調，要抓好落實(shí)。"]),
        ("<p>会议<ruby>强<rp>(</rp><rt>qiáng</rt><rp>)</rp>调<rt>diào</ruby>，要抓好落实工作。</p>", ["会议强调，要抓好落实工作。"]),
        # Words side by side that only style parts.
        (f"<p><span>来源：某某日报</span><span>编辑：林小满</span></p><p>{SAID}</p>", ["来源：某某日报 编辑：林小满", SAID]),
        # A page without a full stop, an empty one.
        ("<div class=nav><a href=/>首页</a></div><p>排查风险点位</p><p>整改清零</p>", ["排查风险点位", "整改清零"]),
        ("<p> &nbsp; </p>", []),
    ],
)  # fmt: skip
def test_body(body: str, kept: list[str]) -> None:
    assert lines(f"<html><body>{body}</body></html>") == kept


@pytest.mark.parametrize(
    ("around", "kept"),
    [
        ("<h1>全县防汛会议召开</h1><div>2023-02-17 来源：某某日报</div>{}<p>（责任编辑：林小满）</p>", 4),
        ("<p>奋力打好第一仗</p><h1>全县防汛会议召开</h1><p>林小满讲话</p>{}", 3),
        ("<div>首页 &gt; 要闻 &gt; 正文</div><h2>全县防汛会议召开</h2><ul><li>打印</li><li>网摘</li></ul>{}", 2),
        (
            "<h1>全县防汛会议召开</h1>{}<div>编辑：林小满</div><div>上一篇：<a href=1>春耕忙</a></div><p>某某局制作维护</p>",
            3,
        ),
        ("<h1>全县防汛会议召开</h1>{}<center>[1] [2] <a href=2>下一页</a></center>", 2),
        ("<h1>全县防汛会议召开</h1>{}<div><img src=1>图为会议现场。</div><ul><li><a href=1>别的新闻</a></ul>", 2),
    ],
)
def test_lines_beside_the_body(around: str, kept: int) -> None:
    page = f"<title>全县防汛会议召开_某某网</title>{around.format(f'<div><p>{SAID}</p></div>')}"
    found = lines(page)
    assert SAID in found and "全县防汛会议召开" in found
    assert len(found) == kept


def test_a_title_that_only_the_head_gives() -> None:
    page = f"<head><title>全县防汛会议召开 - 某某网</title></head><body><p>{SAID}</p></body>"
    assert lines(page) == ["全县防汛会议召开", SAID]


def test_several_articles_keep_their_titles() -> None:
    story = (
        "<div class=s><h2><a href=1>{}会议召开了</a></h2><p>来源：某某日报</p><p>"
        + SAID
        + "</p><p>"
        + MORE
        + "</p></div>"
    )
    found = lines("<body><div>" + story.format("防汛工作") + story.format("春耕工作") + "</div></body>")
    assert found == [
        "防汛工作会议召开了",
        "来源：某某日报",
        SAID,
        MORE,
        "春耕工作会议召开了",
        "来源：某某日报",
        SAID,
        MORE,
    ]


def test_data_tables() -> None:
    table = "<table><tr><th>事项<th>期限<tr><td>清淤</td><td></td></tr><tr><td>查<br>险</td><td>6月底</td></tr></table>"
    found = read_html(f"<table><tr><td><p>{SAID}</p>{table}<p>{MORE}</p></td></tr></table>".encode(), "a")
    assert found.text.split("\n\n")[1] == "事项\t期限\n清淤\n查 险\t6月底"
    cells = [[found.text[s:e] for s, e in row] for row in found.tables[0]]
    assert cells == [["事项", "期限"], ["清淤", ""], ["查 险", "6月底"]]


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ("<meta name=PubDate content='2023-02-17 08:26'>", Known(published="2023-02-17")),
        ('<meta property="article:published_time" content="2023-02-17T08:26:00+08:00">', Known(published="2023-02-17")),
        ("<meta name='publishdate' content='20230217'>", Known(published="2023-02-17")),
        ("<meta name=ContentSource content=某某日报><meta name=Author content='林小满 周正'>", Known(publisher="某某日报", author="林小满、周正")),
        ("<meta name=source content='来源：某某日报'><meta name=editor content='责任编辑：林小满'>", Known(publisher="某某日报", editor="林小满")),
        ("<meta name=ContentSource content=网站首页><meta name=author content=admin>", Known()),
        ("<meta name=PubDate content='2023-19-47'><meta name=source content='&nbsp;'>", Known()),
        ("<span id=source_baidu style='display:none'>来源：<a href=1>某某日报</a></span>", Known(publisher="某某日报")),
        ("<em id=publish_time></em>", Known()),
        ("<time datetime='2023-02-17T08:26'>昨天</time>", Known(published="2023-02-17")),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-02-17","author":{"name":"林小满"},"publisher":{"name":"某某日报"}}</script>', Known("2023-02-17", "某某日报", "林小满")),
        ('<script type="application/ld+json">' + "[" * 40000 + "</script>", Known()),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(head: str, known: Known) -> None:
    assert read_html(f"<html>{head}<p>{SAID}</p>".encode(), "a").known == known


@pytest.mark.parametrize(
    ("declared", "codec", "told"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gbk", "gb18030"),
        ("", "gb18030", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("big5", "big5", "big5"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("utf-8", "utf-8-sig", "utf-8"),
        ("utf-8", "utf-16", "utf-16-le"),
    ],
)
def test_encodings(declared: str, codec: str, told: str) -> None:
    said = "會議強調，要壓實責任，加強管理。"
    page = f"<html><meta http-equiv=Content-Type content='text/html; charset={declared}'><body><p>{said}</p>"
    data = page.encode(codec)
    found = read_html(data, "a")
    assert (found.text, found.encoding) == (said, told)
    assert follows(found, data)


def test_spoiled_bytes_are_marked() -> None:
    data = ("<meta charset=gbk><p>" + (SAID + MORE) * 4).encode("gbk") + b"\xff" + f"{SAID}</p>".encode("gbk")
    found = read_html(data, "a")
    assert found.text.count("\ufffd") == 1 and found.text.endswith(SAID)
    assert follows(found, data)
    with pytest.raises(Unreadable, match="not readable"):
        read_html(b"<html>" + bytes(range(128, 256)) * 9, "a")


def follows(found: Extract, data: bytes) -> bool:
    """Whether every character stands where the runs say, but for inserted white space and entities."""
    if not found.text:
        return found.runs == ()
    ends = [run.start for run in found.runs[1:]] + [len(found.text)]
    for run, end in zip(found.runs, ends, strict=True):
        words = found.text[run.start : end].rstrip(" \t\n")
        there = data[run.offset :]
        if there.decode(found.encoding, "replace").startswith("&") and not words.startswith("&"):
            entity = re.match(r"&(?:#\w+|\w+);?", there.decode(found.encoding, "replace"))
            assert entity and html.unescape(entity[0]).strip() == words.strip(), (words, entity)
        elif words and "\ufffd" not in words:
            assert there.startswith(words.encode(found.encoding)), (words, there[:40])
    return found.runs[0].start == 0


_WORDS = st.sampled_from(
    [
        "会议强调，要抓好落实。",
        "各级各部门要压实责任，确保安全。",
        "县长",
        " ",
        "\n  ",
        "A b",
        "　　",
        "𠮷",
        "3<5",
        "&",
        "é",
    ]
)
_ENTITY = st.sampled_from(
    ["&nbsp;", "&#24037;", "&ldquo;", "&#x4f1a;", "&amp", "&lt;", "&nosuch;", "&#0;", "&emsp;", "&notit;"]
)
_TAG = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<a href=x>", "</a>", "<b>", "<span hidden>",
     "</span>", "<h1>", "</h1>", "<!-- x -->", "<!--", "<script>a<b</script>", "<p class=\"x\"\">", "<ruby>", "<rt>", "</ruby>", "<title>",
     "<div class=TRS_Editor>", "<em id=js_name>", "<![CDATA[", "<", "</", "<ul>", "<li>", "</ul>", "<div class='nav'>"]
)  # fmt: skip


@given(
    st.lists(st.one_of(_WORDS, _WORDS, _ENTITY, _TAG), max_size=60),
    st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig"]),
)
@settings(max_examples=300)
def test_every_character_leads_back_to_its_byte(parts: list[str], codec: str) -> None:
    data = ("<html>" + "".join(parts)).encode(codec)
    found = read_html(data, "a")
    assert follows(found, data)
    assert [run.start for run in found.runs] == sorted({run.start for run in found.runs})
    for row in (row for table in found.tables for row in table):
        assert all(0 <= start <= end <= len(found.text) for start, end in row)


@given(st.text(alphabet="<>/!-&;#\"'= apdivtrscbx中，。\n", max_size=200))
@settings(max_examples=300)
def test_no_page_is_too_broken(page: str) -> None:
    assert follows(read_html(("<p>" + page).encode(), "a"), ("<p>" + page).encode())


@pytest.mark.parametrize("piece", ["<", "&", "<div>", "<a ", "<!--", "<a href=\"", "<script>x</scrip", "<td>", "<table><tr><td>", "<ul></div>", "|<br>", "<title>"])  # fmt: skip
def test_a_page_of_one_thing_is_read_to_its_end(piece: str) -> None:
    """No recursion and no catastrophe: a quarter of a million characters of any shape (bench/html.py has the times)."""
    data = (f"<p>{SAID}</p>" + piece * (250_000 // len(piece))).encode()
    assert SAID in read_html(data, "a").text


def _cells(markup: str) -> list[list[str]]:
    source = from_bytes(
        f"<html><body><p>{'各地要抓好落实。' * 9}</p><table>{markup}</table></body></html>".encode(), "a.html"
    )
    return [[source.text[s:e] for s, e in row] for table in source.tables for row in table]


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        (
            "<tr><td rowspan=2>甲<td>一<td>子<tr><td>二<td>丑",
            [["甲", "一", "子"], ["甲", "二", "丑"]],
        ),
        (
            "<tr><td colspan='2'>甲乙</td><td>丙</td></tr><tr><td>一</td><td>二</td><td>三</td></tr>",
            [["甲乙", "甲乙", "丙"], ["一", "二", "三"]],
        ),
        (
            "<tr><td>甲</td><td rowspan=3>乙</td></tr><tr><td>丙</td></tr><tr><td>丁</td></tr>",
            [["甲", "乙"], ["丙", "乙"], ["丁", "乙"]],
        ),
        (
            "<tr><td rowspan=99>甲</td><td>乙</td></tr><tr><td>丙</td></tr>",
            [["甲", "乙"], ["甲", "丙"]],
        ),
    ],
)
def test_a_cell_over_several_rows_or_columns_stands_in_each(markup: str, rows: list[list[str]]) -> None:
    assert _cells(markup) == rows


def test_spans_without_end_are_bounded() -> None:
    rows = "".join("<tr>" + "<td rowspan=60000 colspan=900>甲<td>乙" * 3 for _ in range(3000))
    assert len(_cells(rows)) <= 3000
