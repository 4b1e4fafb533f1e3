"""A printed name and its speaker in; the set of units or the class that it stands for as a collective out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..gazetteer import PlaceState
from .forms import bare, placed
from .nouns import Answer
from .reasons import Reason
from .single import Reader
from .wording import table


class Collective(NamedTuple):
    """An entry of collectives.yaml, ready to be asked; `levels` are those of the places whose units are meant."""

    group: str
    some: str
    levels: tuple[str, ...]
    needs_every: bool
    ending: str
    pattern: re.Pattern[str]
    # The same without what may follow it, to be found in a text.
    opening: re.Pattern[str]


# What may follow the places when their governments are meant, and when their party committees are too.
GOVERNMENTS = re.compile("(?:党?委[、和]?[市县区州]?)?(?:人民)?政府|行政公署|行署|一级|级|党委（党组）|党政|办事处|")
COMMITTEES = re.compile("党委|党工委|委")
# What may follow a place whose collectives are meant: 杭州市各区, 杭州市有关部门; but no 宁波银行.
OF_PLACE = re.compile("各|有关|相关|所有|级|直|属")
# 各县（市） and 各市、县 are without districts; in 各市县 and 各旗县 people mean them too.
EVERY_KIND = re.compile("市县|旗县|县域")
# 11个设区市 are all where there are eleven.
NUMBER = re.compile(r"\D*(\d+)个")
ALL = re.compile(r"(?:各个?|所有|全部|每个|全体|\d+个)+")
SCOPE = re.compile("(?:全|我|本)(省|市|县|区|州|盟|旗|自治区|国)(?:范围)?内?|(省|市|县|区|州|盟|旗)[内辖]")


@cache
def collectives() -> tuple[Collective, ...]:
    """The entries of the data, in their order."""
    content = table("collectives")
    named = {f"{{{name}}}": f"(?:{words})" for name, words in content["words"].items()}
    return tuple(_entry(entry, named) for entry in content["entries"])


def _entry(entry: dict[str, object], named: dict[str, str]) -> Collective:
    pattern, levels = str(entry["pattern"]), entry.get("levels", [])
    if levels:
        pattern = f"(?P<quantity>(?:{{EVERY}}|{{SOME}}){{0,3}})(?:{pattern})(?P<noun>.*)"
    for name, words in named.items():
        pattern = pattern.replace(name, words)
    assert isinstance(levels, list)
    texts = [str(entry.get(field, "")) for field in ("group", "some", "ending")]
    opening = pattern.removesuffix("(?P<noun>.*)")
    compiled = re.compile(pattern), re.compile(opening)
    return Collective(texts[0], texts[1], tuple(levels), bool(entry.get("every")), texts[2], *compiled)


def collective(text: str, reader: Reader) -> Answer | None:
    """The set or class that the name is, or None where it is no collective."""
    for scope, rest in _scopes(text, reader):
        for entry in collectives():
            found = entry.pattern.fullmatch(rest)
            if found and (answer := _answer(text, entry, found, reader, scope)):
                return answer
    return None


def _scopes(text: str, reader: Reader) -> Iterator[tuple[PlaceState | None, str]]:
    """The name as it is, and without a place before it that says whose places are meant: 全省各市, 杭州市各区."""
    yield None, text
    if said := SCOPE.match(text):
        rank = said[1] or said[2]
        for state in reader.speaker:
            if state.name.endswith(rank) or (rank, state.level) == ("国", "country"):
                yield state, text[said.end() :]
                return
    for chain in reader.places.begins(text, 0, reader.day):
        rest = text[len(chain.text) :]
        if len(chain.states) == 1 and (rest[:1] == "各" or (chain.whole and OF_PLACE.match(rest))):
            yield chain.states[0], rest


def _answer(
    text: str, entry: Collective, found: re.Match[str], reader: Reader, scope: PlaceState | None
) -> Answer | None:
    if not entry.levels:
        return Answer(text, "class", Reason("collective", note="未指明成员"), group=entry.group)
    quantity, noun = found["quantity"], found["noun"]
    if entry.needs_every and not quantity:
        return None
    lines = _lines(noun, reader)
    if not lines:
        return None
    every = bool(ALL.fullmatch(quantity))
    top = scope or _top(entry, reader)
    if not every or top is None:
        why = "未指明是哪几个" if not every else "不知道是哪里的"
        return Answer(text, "class", Reason("collective", note=why), group=entry.group if every else entry.some)
    return _set(text, entry, lines, reader, top)


def _lines(noun: str, reader: Reader) -> tuple[str, ...]:
    """The lines whose units at the places are meant."""
    if GOVERNMENTS.fullmatch(noun):
        return ("party_committee", "government") if re.search("党|委", noun) else ("government",)
    if COMMITTEES.fullmatch(noun):
        return ("party_committee",)
    return reader.forms.having((placed("", noun), bare(noun)))


def _top(entry: Collective, reader: Reader) -> PlaceState | None:
    """The speaker's place, or the nearest above it that can hold the places of these levels."""
    order = ("country", "province", "prefecture", "county", "township")
    highest = min(order.index(level) for level in entry.levels)
    above = [s for s in reader.speaker if s.level in order and order.index(s.level) < highest]
    return above[0] if above else None


def _set(text: str, entry: Collective, lines: tuple[str, ...], reader: Reader, top: PlaceState) -> Answer:
    """The units of the lines at all places of the levels, on the day."""
    places = [s for level in entry.levels for s in reader.places.under(top.key, level, reader.day)]
    if entry.ending:
        places = [s for s in places if s.name.endswith(entry.ending)]
    elif "区" not in text and not EVERY_KIND.search(text):
        places = [s for s in places if s.level != "county" or not s.name.endswith("区")]
    if (said := NUMBER.match(text)) and int(said[1]) != len(places):
        return Answer(text, "class", Reason("collective", note=f"不是全部{len(places)}个"), group=entry.some)
    units = [f"{s.key}/{key}" for s in places for key in lines if reader.grader.there(key, s)]
    note = f"{top.name}的{len({unit.rpartition('/')[0] for unit in units})}个地区"
    return Answer(
        text, "set", Reason("collective", top.key, top.name, note=note), units=tuple(units), group=entry.group
    )
