"""The XML of one member in, its elements out one after the other, without entities and within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .extract import Unreadable

# A page of a report takes 50 to 400 elements; half a million are more than 1,200 pages and cost five seconds.
MOST_ELEMENTS = 500_000
# Documents of every office program measured nest less than 40 deep (tables in text boxes in tables).
DEEPEST = 200
_CHUNK = 65536

# Namespaces, with short names for the two editions (transitional, strict) of Office Open XML.
_SHORT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w-",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w-",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m-",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m-",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc-",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r-",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r-",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "s-",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "s-",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel-",
    "http://www.ofdspec.org/2016": "ofd-",
    "http://www.w3.org/XML/1998/namespace": "xml-",
}


class _Builder:
    """What the parser tells, as elements with short names; those `depth` deep are handed out and let go."""

    def __init__(self, depth: int) -> None:
        self.done: list[Element] = []
        self._depth = depth
        self._open: list[Element] = []
        self._count = 0
        self._words: list[str] = []
        self._names: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise Unreadable(f"it has more than {MOST_ELEMENTS:,} elements, more than any report; split it first")
        if len(self._open) >= DEEPEST:
            raise Unreadable(f"its parts are nested more than {DEEPEST} deep, which no document needs")
        self._words = []
        element = Element(self._short(tag), {self._short(key): value for key, value in attributes.items()})
        if len(self._open) > self._depth:
            self._open[-1].append(element)
        self._open.append(element)

    def data(self, words: str) -> None:
        self._words.append(words)

    def end(self, tag: str) -> None:
        element = self._open.pop()
        if self._words and not len(element):
            element.text = "".join(self._words)
        self._words = []
        if len(self._open) == self._depth:
            self.done.append(element)

    def close(self) -> None:
        """Nothing is left over at the end."""

    def _short(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            space, _, local = name[1:].rpartition("}") if name.startswith("{") else ("", "", name)
            known = self._names[name] = _SHORT.get(space, "?-" if space else "") + local
        return known


def elements(data: bytes, depth: int, where: str) -> Iterator[Element]:
    """Elements `depth` below the root (0: the root itself), each whole, with tags like `w-p` (a colon would be
    taken for a prefix in paths like `w-pPr/w-numPr`).

    Only the elements handed out are ever in memory. Elements that hold others have no text of their own
    (mixed content does not occur in these formats). Raises Unreadable.
    """
    builder = _Builder(depth)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
            yield from builder.done
            builder.done.clear()
        parser.close()
    except DefusedXmlException:
        raise Unreadable(f"{where} declares entities of its own, which documents do not; it is not read") from None
    except (ParseError, UnicodeError, LookupError, ValueError) as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable(f"the file is damaged: {where} is no sound XML; save it anew") from None
    yield from builder.done


def whole(data: bytes, where: str) -> Element:
    """The root with all that is in it. Raises Unreadable."""
    return next(elements(data, 0, where), Element("empty"))
