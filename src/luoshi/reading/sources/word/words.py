"""A paragraph of a Word file in, the words that a reader sees and the text boxes that hang on it out."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

# What holds no words that are read: properties, what a revision took away, readings above characters.
_DROPPED = frozenset({"w-pPr", "w-rPr", "w-sdtPr", "w-del", "w-moveFrom", "w-rt"})
# One character each, as python-docx counts them.
_SIGNS = {"w-tab": "\t", "w-ptab": "\t", "w-cr": "\n", "w-noBreakHyphen": "-"}
_WRAPPERS = frozenset({"w-sdtContent", "w-customXml", "w-ins", "w-moveTo", "w-smartTag"})
_OFF = frozenset({"0", "false", "off"})


def words(paragraph: Element) -> tuple[str, list[Element]]:
    """The text of a paragraph (line breaks in it as \\n) and the contents of its text boxes."""
    pieces: list[str] = []
    boxes: list[Element] = []
    _gather(paragraph, pieces, boxes)
    return "".join(pieces), boxes


def _gather(element: Element, pieces: list[str], boxes: list[Element]) -> None:
    for child in element:
        tag = child.tag
        if tag in ("w-t", "m-t"):
            pieces.append(child.text or "")
        elif tag in _SIGNS:
            pieces.append(_SIGNS[tag])
        elif tag == "w-br":
            if child.get("w-type") not in ("page", "column"):
                pieces.append("\n")
        elif tag == "w-txbxContent":
            boxes.append(child)
        elif tag == "mc-AlternateContent":
            _gather(chosen(child), pieces, boxes)
        elif tag not in _DROPPED and not (tag == "w-r" and _hidden(child)):
            _gather(child, pieces, boxes)


def chosen(alternatives: Element) -> Element:
    """The one of two renderings of the same thing that newer programs show."""
    found = (alternatives.find(name) for name in ("mc-Choice", "mc-Fallback"))
    return next((each for each in found if each is not None), Element("none"))


def _hidden(run: Element) -> bool:
    properties = run.find("w-rPr")
    vanish = None if properties is None else properties.find("w-vanish")
    return vanish is not None and vanish.get("w-val") not in _OFF


def blocks(container: Element) -> Iterator[Element]:
    """Paragraphs, tables, rows or cells directly in a container or wrapped in it, in order."""
    for child in container:
        yield from unwrapped(child)


def unwrapped(block: Element) -> Iterator[Element]:
    """A block itself, or what is in it where it only wraps (content controls, revisions); no contents list."""
    if block.tag in ("w-p", "w-tbl", "w-tr", "w-tc"):
        yield block
    elif block.tag == "w-sdt":
        gallery = block.find("w-sdtPr/w-docPartObj/w-docPartGallery")
        if gallery is None or gallery.get("w-val") != "Table of Contents":
            yield from blocks(block)
    elif block.tag == "mc-AlternateContent":
        yield from blocks(chosen(block))
    elif block.tag in _WRAPPERS:
        yield from blocks(block)


def number(element: Element | None, path: str, default: int) -> int:
    """A whole number that an element below says as its value; the default where it says none."""
    found = None if element is None else element.find(path)
    value = "" if found is None else (found.get("w-val") or "")
    return int(value) if value.isdecimal() and len(value) <= 9 else default
