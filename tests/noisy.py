"""A clean report in, a noisy one out, with where every character went: the noise of real pages, made to order.

Each kind of noise is a function from (characters, random numbers) to characters. A character is a `Cell`:
what stands in the noisy text in its place, and which character of the clean report it came from. Noise that
is put in has no origin. So a place in the clean report can be found again in the noisy one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import opencc
from pypinyin.pinyin_dict import pinyin_dict

HAN = re.compile("[\u4e00-\u9fff]")
# Kangxi and supplementary radicals that PDFs hold instead of characters.
RADICALS = dict(zip("人生革长民工方山水力大用高", "⼈⽣⾰⻓⺠⼯⽅⼭⽔⼒⼤⽤⾼", strict=True))
HALF = dict(zip("，；：（）", ",;:()", strict=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of a noisy text; `origin` is its place in the clean one, None if it is noise.

    `hangs`: the noise belongs to the character before it, and is quoted with it.
    """

    text: str
    origin: int | None
    hangs: bool = False


Cells = list[Cell]
Maker = Callable[[Cells, random.Random], Cells]


@dataclass(frozen=True, slots=True)
class Noisy:
    """A noisy text and the place in it of every character of the clean one (start, end)."""

    text: str
    places: dict[int, tuple[int, int]]

    def span(self, start: int, end: int) -> list[int]:
        """Where a stretch of the clean text stands in the noisy one."""
        kept = [i for i in range(start, end) if i in self.places]
        return [self.places[kept[0]][0], self.places[kept[-1]][1]]


def cells(text: str) -> Cells:
    return [Cell(c, i) for i, c in enumerate(text)]


def made(clean: str, kinds: list[str], seed: int) -> Noisy:
    """The clean text with the named kinds of noise put in, one after the other."""
    rng = random.Random(seed)
    current = cells(clean)
    for kind in kinds:
        current = KINDS[kind](current, rng)
    places: dict[int, tuple[int, int]] = {}
    position = 0
    last: int | None = None
    for cell in current:
        if cell.origin is not None:
            last = cell.origin
            places[last] = (position, position + len(cell.text))
        elif cell.hangs and last is not None:
            places[last] = (places[last][0], position + len(cell.text))
        position += len(cell.text)
    return Noisy("".join(cell.text for cell in current), places)


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def readings(character: str) -> tuple[str, ...]:
    return tuple(r for r in pinyin_dict.get(ord(character), "").split(",") if r)


def _toneless(reading: str) -> str:
    marks = {"āáǎà": "a", "ēéěèê": "e", "īíǐì": "i", "ōóǒò": "o", "ūúǔù": "u", "ǖǘǚǜü": "ü", "ńňǹ": "n"}
    return "".join(next((p for group, p in marks.items() if c in group), c) for c in reading)


def traditional(given: Cells, rng: random.Random) -> Cells:
    """Traditional script, character for character."""
    out = []
    for cell in given:
        other = _traditional().convert(cell.text)
        out.append(replace(cell, text=other) if len(other) == len(cell.text) else cell)
    return out


def _annotated(given: Cells, rng: random.Random, share: float, write: Callable[[str, str], str]) -> Cells:
    """Readings behind a fixed set of characters, each every time; the set is a share of the types.

    As on real pages (READING_PEERS §2b) a traditional page annotates only characters that differ from
    their simplified form; a simplified page any.
    """
    types = sorted({c.text for c in given if HAN.fullmatch(c.text) and readings(c.text)})
    changed = [c for c in types if _simplified().convert(c) != c]
    types = changed if len(changed) > 20 else types
    chosen = set(rng.sample(types, int(share * len(types))))
    out = []
    for cell in given:
        out.append(cell)
        if cell.text in chosen:
            out.append(Cell(write(cell.text, rng.choice(readings(cell.text))), None, True))
    return out


def pinyin(given: Cells, rng: random.Random) -> Cells:
    """Toned readings in brackets, any listed one (not always the right one), on traditional pages."""
    return _annotated(traditional(given, rng), rng, 0.6, lambda c, r: f"({r})")


def spaced(given: Cells, rng: random.Random) -> Cells:
    return _annotated(traditional(given, rng), rng, 0.5, lambda c, r: rng.choice([f"({r} )", f" ({r})", f"（{r}）"]))


def untoned(given: Cells, rng: random.Random) -> Cells:
    """Readings without tone, doubled now and then."""

    def write(character: str, reading: str) -> str:
        plain = f"({_toneless(reading)})"
        return plain * rng.choice([1, 1, 2])

    return _annotated(given, rng, 0.2, write)


def destroyed(given: Cells, rng: random.Random) -> Cells:
    """A page with readings where now and then the character and its bracket became a question mark."""
    out: Cells = []
    for cell in pinyin(given, rng):
        lost = cell.origin is None and cell.text.startswith("(") and rng.random() < 0.05
        if lost and out and out[-1].origin is not None:
            out[-1] = Cell("?", out[-1].origin)
            out.append(Cell(cell.text[1:], None, True))
        else:
            out.append(cell)
    return out


def more(given: Cells, rng: random.Random) -> Cells:
    """<!--more--> on a line of its own in mid-sentence."""
    at = _mid_sentence(given, rng)
    return given if at is None else [*given[:at], Cell("\n<!--more-->\n", None), *given[at:]]


def broken(given: Cells, rng: random.Random) -> Cells:
    """Two line breaks in mid-sentence."""
    for _ in range(2):
        at = _mid_sentence(given, rng)
        if at is not None:
            given = [*given[:at], Cell("\n", None), *given[at:]]
    return given


def _mid_sentence(given: Cells, rng: random.Random) -> int | None:
    """A place between two characters of prose: a full stop before it in its paragraph, words around it."""
    text = "".join(c.text if len(c.text) == 1 else "　" for c in given)
    found = [
        i
        for i in range(40, len(text) - 30)
        if HAN.fullmatch(text[i - 1])
        and HAN.fullmatch(text[i])
        and "\n" not in text[i - 30 : i + 20]
        and "。" in text[text.rfind("\n", 0, i) + 1 : i]
        and re.search("[，。]", text[i : text.find("\n", i) if "\n" in text[i:] else len(text)])
        and text[:i].count("“") == text[:i].count("”")
    ]
    return rng.choice(found) if found else None


def doubled(given: Cells, rng: random.Random) -> Cells:
    """Commas doubled, points between characters."""
    out = []
    for cell in given:
        out.append(cell)
        if cell.text in "，、" and rng.random() < 0.15:
            out.append(Cell(cell.text, None))
        elif cell.text in "省市县区" and rng.random() < 0.1:
            out.append(Cell(".", None))
    return [
        cell
        for i, cell in enumerate(out)
        if cell.text != "." or (i + 1 < len(out) and HAN.fullmatch(out[i + 1].text) is not None)
    ]


def radicals(given: Cells, rng: random.Random) -> Cells:
    return [replace(c, text=RADICALS.get(c.text, c.text)) for c in given]


def half_width(given: Cells, rng: random.Random) -> Cells:
    return [replace(c, text=HALF.get(c.text, c.text)) for c in given]


def marked(given: Cells, rng: random.Random) -> Cells:
    """A byte order mark, zero-width spaces, Windows line ends, wide spaces at paragraphs."""
    out = [Cell("\ufeff", None)]
    for cell in given:
        if cell.text == "\n":
            out += [Cell("\r", None), cell, Cell("\u3000\u3000", None)]
            continue
        if HAN.fullmatch(cell.text) and rng.random() < 0.01:
            out.append(Cell("\u200b", None))
        out.append(cell)
    return out


def chrome(given: Cells, rng: random.Random) -> Cells:
    """Navigation and share bar above, an advertisement and a caption inside, a footer below."""
    text = "".join(c.text for c in given)
    ends = [m.end() for m in re.finditer("。\n", text)]
    out = list(given)
    if ends:
        at = ends[len(ends) // 2]
        out[at:at] = [Cell("【广告】某某家居城周年大促\n图为会议现场。某某融媒记者 周小舟 摄\n", None)]
    head = "首页 | 新闻 | 政务 | 服务 | 互动\n当前位置： 首页 > 要闻\n分享到：微信 微博\n\n"
    foot = (
        "\n\n（责任编辑：林小满）\n相关阅读\n某市召开会议要求抓好落实。\n联系我们\n地址：某市建设路1号\n"
        "友情链接\nCopyright © 某某网 版权所有\n免责声明：本文仅供参考，不代表本网观点。\n"
    )
    return [Cell(head, None), *out, Cell(foot, None)]


KINDS: dict[str, Maker] = {
    "traditional": traditional,
    "pinyin": pinyin,
    "spaced": spaced,
    "untoned": untoned,
    "destroyed": destroyed,
    "more": more,
    "broken": broken,
    "doubled": doubled,
    "radicals": radicals,
    "half_width": half_width,
    "marked": marked,
    "chrome": chrome,
}
