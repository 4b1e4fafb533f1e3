"""The words of an action in, their core out: what is to be done to what; not how it is said, by whom and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from luoshi.reading.characters import HAN
from luoshi.reading.clean import clean
from luoshi.reading.folding import bigrams, folded
from luoshi.reading.numerals import Number, numbers

from .wordings import GAP, wordings

# No action is longer; of what is, the beginning says what it is.
LONGEST = 400
# What a number's unit is counted in: 1.5亿元 and 15000万元 are the same, 三成 and 30%.
SCALES = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}
# Stands for a number while clauses are taken apart; no text holds it.
COUNTED = "〓"
_CLAUSE = re.compile("[,，;；:：。!！?？\n]+")
_INSIDE = re.compile("[、·()（）《》〈〉〔〕\\[\\]【】—…-]+")
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH = rf"{_NUMBER}月(?:{_NUMBER}[日号]|[上中下]旬|底|末|初|份)?"
_FEAST = (
    "春节|元宵节?|清明节?|五一|端午节?|中秋节?|国庆节?|元旦|主汛期|汛期|入汛|入冬|入夏|入梅|供暖季|开学|秋季学期|高考"
)
_LENGTH = r"(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})(?:个)?(?:工作日|自然日|月|天|日|周|年|小时)(?:之内|以内|内)"
_BEFORE = "(?:之前|以前|前|起|以内|内)"
# Until when it is to be done: told by deadlines, not by what is to be done.
_DEADLINE = re.compile(
    "(?:于|在|力争|确保|务必|到|自|从)?(?:"
    rf"(?:20\d\d年|今年|明年|本年|年内)?{_MONTH}(?:开学)?{_BEFORE}?"
    rf"|(?:20\d\d年|今年|明年)?(?:{_FEAST})(?:假期)?(?:到来|来临)?(?:之前|以前|前)"
    rf"|(?:20\d\d年|今年|明年|本)?年?(?:第?[一二三四]季度|[上下]半年|年|月|季度)(?:底|末)(?:之前|以前|前)?"
    rf"|第?[一二三四]季度(?:之前|以前|前)"
    rf"|20\d\d年(?:底|末)?{_BEFORE}|年内|当年|近期|{_LENGTH}"
    r"|每[年月周季日]度?(?:\d{1,2}[日号])?前)"
)
_BODY = (
    "局|委|办|厅|部门|单位|政府|街道办?|乡镇|乡|镇|各地|支队|大队|公司|集团|中心|学校|医院"
    "|法院|检察院|县区|公安|分局|园区|管委会"
)
# Who is to do it, at the beginning or in brackets.
_OWNER = re.compile(
    rf"^(?:由|请|责成)?[{HAN}、]{{0,14}}?(?:{_BODY})(?:[{HAN}、]{{0,10}}?(?:{_BODY}))?"
    rf"(?:牵头负责|具体负责|牵头|负责|配合|会同[{HAN}、]{{1,10}}(?:{_BODY})|要|应当?|务必|必须|须)"
    rf"|^由[{HAN}、]{{2,16}}?(?:牵头|负责)|^(?:由|请|责成)[{HAN}、]{{2,16}}?(?:{_BODY})"
)
_BRACKETS = re.compile("[（(][^（()）]*(?:牵头|负责|配合|责任单位)[^（()）]*[)）]")
# What is said of how far it is, before what is to be done: 已开工的X要加快.
_PROGRESS = re.compile(
    f"(?:对|目前|前期|此前|至今)?(?:(?:仍|还)?(?:已经?|尚未|还未|仍未|还没有|没有|未|正在)[{HAN}]{{1,6}}|进[展度][{HAN}]{{1,4}})的"
)
_VERBS = "抓好|抓实|推进|推动|做好|加强|开展|落实|加快|规范|处置|解决|组织|实施|完善|强化"
_MANNER = re.compile(
    f"^以[{HAN}、]{{2,14}}?(?={_VERBS})|^[{HAN}、]{{2,12}}地(?={_VERBS})"
    f"|^(?:利用|用|抓住|抢抓)[{HAN}{COUNTED}]{{1,8}}?(?:时间|时机|机遇|契机|间隙|暑期|寒假|假期)"
)


# 要 of 项目要加快, where what it goes with says nothing.
_WANTED = re.compile("要(?= |$)")
_YEAR = re.compile("[一二][〇零一二三四五六七八九]{3}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


class Clause(NamedTuple):
    """A clause in plain wording without the `verb` that it begins with, and as it was said.

    `aside`: it says why or how, so that it may be left out.
    """

    words: str
    aside: bool
    said: str
    verb: str


class Core(NamedTuple):
    """What an action says: its clauses; numbers by what they count; rounds by kind; keys of steps; all of it folded."""

    clauses: tuple[Clause, ...]
    numbers: dict[str, frozenset[float]]
    rounds: tuple[frozenset[str], ...]
    steps: frozenset[str]
    folded: str


@lru_cache(maxsize=20_000)
def core(words: str) -> Core:
    """The core of the words of an action, as they stand in a report or an item."""
    # Half characters, which no encoding has, are none.
    sound = words[:LONGEST].encode("utf-8", "ignore").decode("utf-8")
    text = _YEAR.sub(lambda year: year.group().translate(_DIGITS), clean(sound).text)
    whole = folded(text)
    timeless = _DEADLINE.sub(GAP, _BRACKETS.sub("", text))
    counted = numbers(timeless, 0, len(timeless))
    rounds = tuple(frozenset(pattern.findall(whole)) for pattern in wordings().rounds)
    clauses = tuple(_clauses(_without(timeless, counted)))
    main = GAP.join(clause.said for clause in clauses if not clause.aside)
    steps = frozenset(step.key for step in wordings().steps if step.words.search(main))
    return Core(clauses, _counted(counted), rounds, steps, whole)


def _without(text: str, counted: list[Number]) -> str:
    """The text with a gap for each number that counts something."""
    for number in reversed(counted):
        if number.unit:
            text = f"{text[: number.start]}{COUNTED}{text[number.end :]}"
    return text


def _counted(counted: list[Number]) -> dict[str, frozenset[float]]:
    found: dict[str, set[float]] = {}
    for number in counted:
        unit, value = number.unit or "", number.value
        while unit[:1] in SCALES:
            value, unit = value * SCALES[unit[0]], unit[1:]
        value, unit = (value * 10, "%") if unit == "成" else (value, unit)
        if unit:
            found.setdefault(unit, set()).add(round(value, 4))
    return {unit: frozenset(values) for unit, values in found.items()}


def _clauses(text: str) -> Iterator[Clause]:
    first = True
    for part in _CLAUSE.split(text):
        clause = _clause(part, first)
        first = first and not clause.words.strip()
        if clause.words.strip():
            yield clause


def _clause(part: str, first: bool) -> Clause:
    table = wordings()
    said = _INSIDE.sub("", _MANNER.sub("", _PROGRESS.sub(GAP, _ownerless(part)))).replace(COUNTED, GAP)
    said = GAP.join(map(folded, said.split(GAP))).strip()
    aside = bool(table.manners.match(said)) or (not first and bool(table.purposes.match(said)))
    head = table.heads.match(said)
    plain = _WANTED.sub(GAP, table.plain(said[head.end() :] if head and not aside else said))
    verb = table.verbs.match(plain)
    if verb and len(plain[verb.end() :].strip()) > 1:
        return Clause(plain[verb.end() :], aside, said, verb.group().strip())
    return Clause(plain, aside, said, "")


def _ownerless(part: str) -> str:
    part = part.strip()
    while owner := _OWNER.match(part):
        part = part[owner.end() :].lstrip("、").strip()
    return part


def telling(words: str, most: int) -> tuple[str, ...]:
    """The pairs of characters of an action by which other texts that say the same are found, rare ones before common
    ones: of what is to be done as it was said, as an index of texts knows no other wordings."""
    table = wordings()
    found = [clause.said for clause in core(words).clauses if not clause.aside] or [folded(words[:LONGEST])]
    stretches = (stretch for said in found for stretch in table.light.sub(GAP, said).split())
    pairs = dict.fromkeys(pair for stretch in stretches for pair in bigrams(stretch))
    return tuple(sorted(pairs, key=lambda pair: pair in table.common)[:most])
