"""The numbering and styles of a Word file in, the number that Word prints before each paragraph out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from ..markup import elements
from .counting import printed
from .words import number

# A list has nine levels (ISO/IEC 29500-1, 17.9.3).
_LEVELS = 9
_NONE = -1
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; `style` is the paragraph style tied to it."""

    start: int
    form: str
    text: str
    legal: bool
    restarts: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """The levels of a list, the counters it shares with lists of the same make, where it starts anew."""

    shared: str
    levels: dict[int, _Level]
    anew: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says of numbering."""

    parent: str | None
    list: str | None
    level: int


class Numbering:
    """Counts through the paragraphs of a document in their order."""

    def __init__(self, numbering: bytes | None, styles: Callable[[], bytes | None]) -> None:
        self._styles_of = styles
        self._makes: dict[str, Element] = {}
        self._instances: dict[str, Element] = {}
        for each in elements(numbering, 1, "numbering.xml") if numbering else ():
            if each.tag == "w-abstractNum":
                self._makes[each.get("w-abstractNumId", "")] = each
            elif each.tag == "w-num":
                self._instances[each.get("w-numId", "")] = each
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, paragraph: Element) -> str:
        """The number before a paragraph (一、 （二） 3.), empty where it has none; the counters go on."""
        properties = paragraph.find("w-pPr")
        if not self._instances or properties is None:
            return ""
        number_id, level = self._direct(properties)
        if number_id is None:
            number_id, level = self._styled(properties, level)
        found = self._list(number_id) if number_id else None
        if found is None or number_id is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.shared, {})
        if number_id not in self._begun:
            self._begun.add(number_id)
            counters.update({at: start - 1 for at, start in found.anew.items()})
        _count(counters, found.levels, level)
        return _label(counters, found.levels, level)

    def _direct(self, properties: Element) -> tuple[str | None, int]:
        found = properties.find("w-numPr")
        level = number(found, "w-ilvl", _NONE)
        value = None if found is None else found.find("w-numId")
        return (None if value is None else value.get("w-val")), level if value is None else max(level, 0)

    def _styled(self, properties: Element, level: int) -> tuple[str | None, int]:
        """List and level that the style of a paragraph gives, or a style that it is based on."""
        named = properties.find("w-pStyle")
        name = None if named is None else named.get("w-val")
        seen: set[str] = set()
        while name and name not in seen and name in self._styles:
            seen.add(name)
            style = self._styles[name]
            if style.list is not None:
                if level != _NONE:
                    return style.list, level
                found = self._list(style.list)
                tied = [at for at, each in found.levels.items() if each.style == name] if found else []
                return style.list, tied[0] if tied else style.level
            name = style.parent
        return None, 0

    @cached_property
    def _styles(self) -> dict[str, _Style]:
        data = self._styles_of()
        return {
            style.get("w-styleId", ""): _style(style)
            for style in (elements(_listed(data), 1, "styles.xml") if data and b"numPr" in data else ())
            if style.tag == "w-style"
        }

    def _list(self, number_id: str) -> _List | None:
        if number_id not in self._lists:
            self._lists[number_id] = self._made(number_id)
        return self._lists[number_id]

    def _made(self, number_id: str) -> _List | None:
        instance = self._instances.get(number_id)
        if instance is None:
            return None
        make = _value(instance, "w-abstractNumId") or ""
        levels = _levels(self._linked(make))
        anew = {}
        for override in instance.iter("w-lvlOverride"):
            at = _at(override)
            levels.update(_levels(override))
            start = number(override, "w-startOverride", _NONE)
            if start != _NONE:
                anew[at] = start
        return _List(make, levels, anew)

    def _linked(self, make: str) -> Element | None:
        """The make of a list, followed through the style that it names instead of levels; each one once."""
        for _ in self._makes:
            found = self._makes.get(make)
            link = None if found is None else _value(found, "w-numStyleLink")
            style = self._styles.get(link) if link else None
            instance = self._instances.get(style.list or "") if style else None
            if instance is None:
                return found
            make = _value(instance, "w-abstractNumId") or ""
        return None


_TABLE = re.compile(rb'^[^>]*w:type="(?:table|character)"')


def _listed(styles: bytes) -> bytes:
    """The styles without those of tables and characters, which number nothing and are nine tenths of the bytes."""
    head, *rest = styles.split(b"<w:style ")
    if not rest or not all(b"</w:style>" in each for each in rest):
        return styles
    kept = (each.partition(b"</w:style>")[0] for each in rest if not _TABLE.match(each))
    return head + b"".join(b"<w:style " + each + b"</w:style>" for each in kept) + b"</w:styles>"


def _value(element: Element, path: str) -> str | None:
    found = element.find(path)
    return None if found is None else found.get("w-val")


def _style(style: Element) -> _Style:
    properties = style.find("w-pPr/w-numPr")
    listed = None if properties is None else _value(properties, "w-numId")
    return _Style(_value(style, "w-basedOn"), listed, number(properties, "w-ilvl", 0))


def _at(element: Element) -> int:
    value = element.get("w-ilvl", "0")
    return int(value) if value.isdecimal() and len(value) == 1 else 0


def _levels(holder: Element | None) -> dict[int, _Level]:
    if holder is None:
        return {}
    return {
        _at(level): _Level(
            start=number(level, "w-start", 0),
            form=_value(level, "w-numFmt") or "decimal",
            text=_value(level, "w-lvlText") or "",
            legal=level.find("w-isLgl") is not None,
            restarts=number(level, "w-lvlRestart", _LEVELS) != 0,
            style=_value(level, "w-pStyle"),
        )
        for level in holder.findall("w-lvl")
    }


def _count(counters: dict[int, int], levels: dict[int, _Level], level: int) -> None:
    """One more on a level: levels above it begin if they have not, those below begin anew."""
    for above in range(level):
        if above in levels:
            counters.setdefault(above, levels[above].start)
    counters[level] = counters.get(level, levels[level].start - 1) + 1
    for below in range(level + 1, _LEVELS):
        if below in levels and levels[below].restarts:
            counters.pop(below, None)


def _label(counters: dict[int, int], levels: dict[int, _Level], level: int) -> str:
    if levels[level].form == "bullet":
        return ""

    def put(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        form = "decimal" if levels[level].legal or at not in levels else levels[at].form
        return printed(counters.get(at, 0), form)

    return _PLACE.sub(put, levels[level].text)
