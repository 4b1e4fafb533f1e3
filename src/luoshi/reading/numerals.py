"""Written numbers in, values with their units and offsets out: 3.5亿元, 百分之五, 两万五千, 10%—15%, 一半.

A number that is part of a name, a date, an ordinal or an enumeration is none (“8+4”, 第十五次, 2027年, 一要).
The scale at the end of a number stays in the unit: 3.5亿元 is 3.5 and 两亿元 2 with the unit 亿元; one within is worked
out: 两万五千亩 is 25000 with the unit 亩.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .rules import rule
from .sentences import covered


class Number(NamedTuple):
    """A number in offsets of the text, its unit included; `upper` is the other end of a range.

    `in_words`: written in characters, as names and set phrases often are. `odd`: 余 or 多 stands in it
    (十余个, 30多万), so that it is somewhat more than its value.
    """

    start: int
    end: int
    value: float
    upper: float | None
    unit: str | None
    in_words: bool
    odd: bool


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}

# No figure of a report is longer; a longer run of digits is a code.
_ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|\d{1,15}(?!\d)(?:\.\d{1,6}(?!\d))?)"
_WORDS = "[零〇一二两三四五六七八九十百千万亿]{1,16}(?:点[零〇一二三四五六七八九]{1,6})?"
_TO = "(?:[—–～~至到]|-{1,2})"
_SHARE = re.compile(rf"百分之(?P<value>{_WORDS})(?:{_TO}(?:百分之)?(?P<upper>{_WORDS}))?")
_PART = re.compile(
    "(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?(?![立为果绩效长本员功])|(?P<half_of>一半)(?!是|以|的人)"
)
_FIGURES = re.compile(rf"(?P<value>{_ARABIC})(?:(?:[%％]|[万亿])?{_TO}(?P<upper>{_ARABIC}))?")
_FIGURE_WORDS = re.compile(
    rf"(?P<value>[一二两三四五六七八九十]{_WORDS}|[一二两三四五六七八九十])(?:[到至](?P<upper>{_WORDS}))?"
)
# Two digits side by side are a name (十四五) or 三五家, some.
_ILL_FORMED = re.compile("[一二两三四五六七八九]{2}")
# What every number begins with.
START = re.compile("[\\d零〇一二两三四五六七八九十百]")
_ODD = re.compile("[余多](?=[一-龥])")

# So far back may a word reach that makes a number a name; so far is the name behind it looked for.
_NEAR = 6


def numbers(text: str, start: int, end: int) -> list[Number]:
    """All numbers of a stretch. In quotation marks and titles numbers belong to names, unless a share (%)."""
    named = [(s, e) for s, e in covered(text, start, end) if text[s] in "“‘《"]
    out: list[Number] = []
    position = start
    while match := START.search(text, position, end):
        number = number_at(text, match.start(), end)
        position = number.end if number else _behind(text, match.start(), end)
        inside = any(s < match.start() < e for s, e in named)
        if number and not (inside and number.unit != "%"):
            out.append(number)
    return out


def _behind(text: str, position: int, end: int) -> int:
    """Where a run of digits or of number characters that is no number ends."""
    run = re.compile(rf"[\d.,]+|{_WORDS}|百分之|.").match(text, position, end)
    return max(run.end() if run else 0, position + 1)


def number_at(text: str, position: int, end: int | None = None) -> Number | None:
    """The number that begins at a position, None if none does."""
    end = len(text) if end is None else end
    if rule("amounts", "name-before").find(text[max(0, position - _NEAR) : position]):
        return None
    return _share(text, position, end) or _figures(text, position, end) or _in_words(text, position, end)


def value_of(words: str) -> float:
    """The value of a number in characters: 两万五千 is 25000, 二点五 is 2.5."""
    whole, _, decimals = words.partition("点")
    total = section = digit = 0
    for character in whole:
        if character in _SCALES:
            total = (total + section + digit or 1) * _SCALES[character]
            section = digit = 0
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    fraction = "".join(str(_DIGITS[c]) for c in decimals)
    return float(f"{total + section + digit}.{fraction or 0}")


def _share(text: str, position: int, end: int) -> Number | None:
    """百分之五 and 一半 in percent, 两成 in tenths as it is written."""
    if match := _SHARE.match(text, position, end):
        upper = value_of(match["upper"]) if match["upper"] else None
        return Number(position, match.end(), value_of(match["value"]), upper, "%", True, False)
    if match := _PART.match(text, position, end):
        if match["half_of"]:
            return Number(position, match.end(), 50, None, "%", True, False)
        tenths = _DIGITS[match["tenths"]] + (0.5 if match["half"] else 0)
        return Number(position, match.end(), tenths, None, "成", True, False)
    return None


def _figure(written: str) -> float:
    return float(written.replace(",", "").replace("，", ""))


_SCALED = re.compile("[十百千万亿][一二三四五六七八九]|[百千][万亿]")


def _figures(text: str, position: int, end: int) -> Number | None:
    """Digits, with 余 or 多, perhaps a range, and their unit."""
    if rule("amounts", "calendar-year").find(text, position, end):
        return None
    match = _FIGURES.match(text, position, end)
    if not match:
        return None
    behind = match.end("value") if not match["upper"] else match.end()
    value = _figure(match["value"])
    upper = _figure(match["upper"]) if match["upper"] else None
    if upper is not None and upper <= value:
        return None  # 2-1: no range, a number in a name
    stop, unit, odd = _unit(text, behind, end)
    if (rule("amounts", "name-behind").find(text, behind, end) and unit is None) or unit in ("年", "月"):
        return None if not unit or not _counted(text, stop, end) else _made(position, stop, value, upper, unit, odd)
    return _made(position, stop, value, upper, unit, odd)


def _made(start: int, end: int, value: float, upper: float | None, unit: str | None, odd: bool) -> Number:
    return Number(start, end, value, upper, unit, False, odd)


def _counted(text: str, position: int, end: int) -> bool:
    """Whether 年 or 月 is a length of time, not a date: a bound or the end follows."""
    return bool(rule("amounts", "bound-behind").find(text, position, end))


def _unit(text: str, position: int, end: int) -> tuple[int, str | None, bool]:
    """The unit at a position: where it ends, what it is, and whether 余 or 多 stands before or in it."""
    odd = _ODD.match(text, position, end)
    begin = odd.end() if odd else position
    match = rule("amounts", "unit").find(text, begin, end)
    if not match or not match.group():
        return position, None, False
    unit = match.group().replace("％", "%")
    if unit in ("万", "亿") and (inner := _ODD.match(text, match.end(), end)):
        rest = rule("amounts", "unit").find(text, inner.end(), end)
        if rest and rest.group():
            return rest.end(), unit + rest.group(), True
    return match.end(), unit, bool(odd)


def _in_words(text: str, position: int, end: int) -> Number | None:
    """A number in characters; it needs a unit, or a scale within (两万五千)."""
    if rule("amounts", "set-phrase").find(text, position, end):
        return None
    match = _FIGURE_WORDS.match(text, position, end)
    if not match or _ILL_FORMED.search(match["value"]):
        return None
    stop, unit, odd = _unit(text, match.end(), end)
    words = match["value"]
    scaled = bool(_SCALED.search(words))
    if unit is None and (not scaled or rule("amounts", "name-behind").find(text, stop, end)):
        return None
    if unit and not match["upper"] and re.fullmatch("[^万亿]+[万亿]", words):
        words, unit = words[:-1], words[-1] + unit
    upper = value_of(match["upper"]) if match["upper"] else None
    if upper is not None and upper <= value_of(words):
        return None
    return Number(position, stop, value_of(words), upper, unit, True, odd)
