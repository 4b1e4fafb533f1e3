"""Sound bytes and random numbers in, spoiled bytes out: what disks, programs and hostile people do to files."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutator = Callable[[bytes, random.Random], bytes]

# What readers of reports look for, and what they do not expect.
WORDS = (
    *("（", "）", "(", ")", "“", "”", '"', "《", "》", "【", "】", "[", "]", "，", ",", "。", "；", "：", "、", "！", "——"),
    *("一、", "（一）", "1.", "1．", "(1)", "①", "第一，", "一是", "一要", "二要", "首先", "第一章 ", "附件：", "·"),
    *("要", "会议强调，", "指出：“", "林知远强调", "责任单位：", "牵头单位：", "（责任单位：", "（县水务局牵头）", "等部门"),
    *("完成时限：", "6月底前", "2024年13月45日", "2月30日", "0年0月0日", "长期坚持", "年内", "“十四五”期间", "今后三年"),
    *("100%", "1,000,000", "九千九百九十九亿", "0.0.0", "９９", "-1", "1e999", "零点五个百分点", "翻两番", "三分之一"),
    *("(huì)", "（yì ）", "(huì", "ā", "<!--", "-->", "<!--more-->", "浼氳", "锟斤拷", "鎸囧嚭", "\ufffd", "?"),
    *("\t", "\n", "\r\n", "\r", "\n\n", " ", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x85", "\x0b", "\x0c"),
    *("\x00", "\x1a", "\x1b[31m", "\x7f", "\u202e", "\u0301", "\ud7a3", "\U00020bb7", "\U0001f600", "\uffff", "⼈", "會議"),
    *("首页 | 新闻", "图为会议现场。", "责任编辑：", "来源：", "版权所有", "=", "+cmd|", "http://site.example/", "&lt;"),
)
TAGS = (
    *("<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=99999 colspan=99999>"),
    *("<br>", "<br/>", "<script>", "</script>", "<style>", "<title>", "<textarea>", "<!--", "-->", "<![CDATA[", "]]>"),
    *("<!DOCTYPE a [<!ENTITY x 'y'>]>", "<?xml version='1.0' encoding='utf-7'?>", "<meta charset=utf-16>", "<svg>"),
    *("<meta property='article:published_time' content='x'>", "<base href='http://site.example/'>", "<template>"),
    *("&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&amp", "&x;", "&nbsp;", "<", ">", "</", "<a b='", "'>"),
    *("<w:p/>", "<w:tbl>", "</w:tc>", "<w:t>", "<w:br/>", "<w:del>", "<w:vMerge/>", '<w:gridSpan w:val="99999"/>'),
    *('<w:numPr><w:ilvl w:val="-1"/><w:numId w:val="9"/></w:numPr>', '<c r="XFD1048576"><v>1</v></c>', "<v>1e400</v>"),
    *('<mergeCell ref="A1:B9999"/>', '<c t="s"><v>99</v></c>', '<ofd:TextCode X="x" DeltaX="g 9 g">文</ofd:TextCode>'),
    *('<script type="application/ld+json">{"datePublished": [}</script>', "<td hidden>", "<span style='display:none'>"),
)
VALUES = ("", "-1", "0", "99999999", "1e309", "NaN", "x", "../../x", "http://site.example/x", "A1", "甲" * 50, "\x01", "a b")
CODECS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-be", "latin-1", "utf-8-sig", "utf-7")
_TAG = re.compile(rb"<[^<>]{0,200}>")
_VALUE = re.compile(rb"=\s*(?:\"[^\"<>]{0,80}\"|'[^'<>]{0,80}')")
# The most a single change repeats something; in the square of it is seen what does not grow with its length.
RUN = 400


def _stretch(data: bytes | str, rng: random.Random, most: int = 60) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randrange(most))


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20)) if out else 0):
        out[rng.randrange(len(out))] = rng.choice((0, 1, 9, 10, 34, 60, 127, 128, 255, rng.randrange(256)))
    return bytes(out)


def inserted(data: bytes, rng: random.Random) -> bytes:
    """Bytes put in."""
    at, _ = _stretch(data, rng)
    return data[:at] + rng.randbytes(rng.randrange(1, 9)) * rng.choice((1, 1, 50)) + data[at:]


def deleted(data: bytes, rng: random.Random) -> bytes:
    """A stretch left out."""
    start, end = _stretch(data, rng, rng.choice((4, 60, 2000)))
    return data[:start] + data[end:]


def doubled(data: bytes, rng: random.Random) -> bytes:
    """A stretch printed again, once or often."""
    start, end = _stretch(data, rng, rng.choice((8, 400)))
    return data[:end] + data[start:end] * rng.choice((1, 2, 30)) + data[end:]


def moved(data: bytes, rng: random.Random) -> bytes:
    """A stretch put elsewhere."""
    start, end = _stretch(data, rng, 300)
    rest = data[:start] + data[end:]
    at, _ = _stretch(rest, rng)
    return rest[:at] + data[start:end] + rest[at:]


def cut(data: bytes, rng: random.Random) -> bytes:
    """The end cut off, or the beginning."""
    at = rng.randrange(len(data) + 1)
    return data[at:] if rng.random() < 0.2 else data[:at]


BYTES: tuple[Mutator, ...] = (flipped, inserted, deleted, doubled, moved, cut)


def tags_swapped(data: bytes, rng: random.Random) -> bytes:
    """Two tags change places."""
    found = list(_TAG.finditer(data))
    if len(found) < 2:
        return data
    one, two = sorted(rng.sample(found, 2), key=lambda m: m.start())
    return data[: one.start()] + two[0] + data[one.end() : two.start()] + one[0] + data[two.end() :]


def tag_lost_or_nested(data: bytes, rng: random.Random) -> bytes:
    """A tag is missing, or there many times."""
    found = list(_TAG.finditer(data))
    if not found:
        return data
    tag = rng.choice(found)
    return data[: tag.start()] + tag[0] * rng.choice((0, 2, 20, RUN)) + data[tag.end() :]


def tag_inserted(data: bytes, rng: random.Random) -> bytes:
    """Tags and entities that do not belong there."""
    at = rng.choice([m.start() for m in _TAG.finditer(data)] or [0]) if rng.random() < 0.7 else _stretch(data, rng)[0]
    return data[:at] + rng.choice(TAGS).encode() * rng.choice((1, 1, 1, 5, RUN)) + data[at:]


def value_changed(data: bytes, rng: random.Random) -> bytes:
    """The value of an attribute is another."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data
    value = rng.choice(found)
    return data[: value.start()] + b'="' + rng.choice(VALUES).encode() + b'"' + data[value.end() :]


MARKUP: tuple[Mutator, ...] = (tags_swapped, tag_lost_or_nested, tag_inserted, tag_inserted, value_changed)


def words_inserted(text: str, rng: random.Random) -> str:
    """Marks, numbers, enumerators, signal words anywhere."""
    for _ in range(rng.choice((1, 1, 4, 12))):
        at, _ = _stretch(text, rng)
        text = text[:at] + rng.choice(WORDS) * rng.choice((1, 1, 1, 2, 40)) + text[at:]
    return text


def word_run(text: str, rng: random.Random) -> str:
    """One or two words over and over."""
    at, _ = _stretch(text, rng)
    return text[:at] + "".join(rng.choices(WORDS, k=rng.randrange(1, 4))) * rng.randrange(RUN // 3) + text[at:]


def bracketed(text: str, rng: random.Random) -> str:
    """A stretch within brackets within brackets."""
    start, end = _stretch(text, rng)
    depth = rng.choice((1, 2, 30))
    opening, closing = rng.choice(("（）", "“”", "()", "《》", "【】", '""'))
    return text[:start] + opening * depth + text[start:end] + closing * depth + text[end:]


def shuffled(text: str, rng: random.Random) -> str:
    """Lines, or clauses, in another order."""
    mark = rng.choice("\n，。")
    pieces = text.split(mark)
    rng.shuffle(pieces)
    return mark.join(pieces)


TEXT = (words_inserted, words_inserted, word_run, bracketed, shuffled)


def in_text(data: bytes, codec: str, rng: random.Random) -> bytes:
    """The words changed, in the encoding they were in; now and then a part of them in another."""
    text = rng.choice(TEXT)(data.decode(codec, "replace"), rng)
    if rng.random() < 0.1:
        at, _ = _stretch(text, rng)
        return text[:at].encode(codec, "replace") + text[at:].encode(rng.choice(CODECS), "replace")
    return text.encode(codec, "replace")


def crossed(one: bytes, two: bytes, rng: random.Random) -> bytes:
    """The beginning of one input, the end of another."""
    return one[: rng.randrange(len(one) + 1)] + two[rng.randrange(len(two) + 1) :]
