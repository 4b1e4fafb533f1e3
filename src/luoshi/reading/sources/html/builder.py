"""The text of a page in, a Page out: its lines, its boxes and what it says of itself, in one pass."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from .marks import is_hidden
from .names import field_of, names
from .nesting import Nesting
from .page import Line, Page
from .spelling import Piece, spell
from .tokens import CLOSING, NAME, OPENING, RAW_CONTENT, RAW_WRITTEN, WRITTEN, attributes, tokens

# What tags do that end no line where they close.
_WITHIN = (None, "ruby", "gloss")


@cache
def _does() -> dict[str, str]:
    """Name of a tag -> what it does."""
    return {name: what for what, listed in names()["tags"].items() for name in listed}


@cache
def _empty() -> frozenset[str]:
    return frozenset(names()["empty"])


@cache
def _opens() -> dict[str, Callable[[_Builder, str, str], None]]:
    """Name of a tag -> what is done where it opens."""
    done = {
        "break": _Builder.breaks,
        "heading": _Builder.heading,
        "box": _Builder.box,
        "table": _Builder.table,
        "link": _Builder.link,
        "hidden": _Builder.hide,
        "gloss": _Builder.hide,
        "ruby": _Builder.push,
        "meta": _Builder.meta,
    }
    return {name: done[what] for name, what in _does().items()}


def _telling(written: str) -> bool:
    """Whether an element within a line may count for its attributes; most have none of these."""
    return " id=" in written or "hidden" in written or "none" in written or "datetime" in written or "NONE" in written


def build(text: str, show_hidden: bool = False) -> Page:
    """Take a page apart; hidden elements are left out unless `show_hidden`."""
    builder = _Builder(text, show_hidden)
    builder.run()
    return builder.page


class _Builder(Nesting):
    """The line that is being read, and the open elements around it."""

    def __init__(self, text: str, show_hidden: bool) -> None:
        super().__init__(show_hidden)
        self.text = text
        self.does, self.opens, self.empty = _does(), _opens(), _empty()
        self.pieces: list[Piece] = []
        # How many characters of the pieces stand in links.
        self.links = 0
        # White space between two pieces, which counts when the second comes.
        self.blank: Piece | None = None
        # Heading or "known", and whether the line begins behind a mere <br>.
        self.tag, self.broken = "", False
        # The field that the words of an open element fill, the name of the element, and its words.
        self.waits: tuple[str, str] | None = None
        self.said: list[Piece] = []

    def run(self) -> None:
        """Go through the page once."""
        at, opens = 0, self.opens
        for token in tokens(self.text):
            start, end = token.span()
            if start > at:
                self._text(at, start)
            at, kind = end, token.lastindex
            if kind == CLOSING:
                self._close(token[CLOSING].lower())
            elif kind in OPENING:
                name, written = token[NAME].lower(), token[WRITTEN] or ""
                if name in opens:
                    opens[name](self, name, written)
                elif (written and _telling(written)) or self.scopes[-1].get(name):
                    self._inline(name, written)
            elif kind == RAW_CONTENT and "ld+json" in token[RAW_WRITTEN]:
                self.page.linked_data.append(token[RAW_CONTENT])
        self._text(at, len(self.text))
        if self.pieces:
            self._flush()
        self.end()

    def _text(self, start: int, end: int) -> None:
        if self.hidden:
            if self.waits:
                self.said.append((start, end))
        elif self.text[start:end].isspace():
            self.blank = (start, end)
        else:
            if self.blank and self.pieces:
                self.pieces.append(self.blank)
            self.blank = None
            self.pieces.append((start, end))
            if self.linked is not None:
                self.links += end - start
            if self.waits:
                self.said.append((start, end))
                self.tag = self.tag or "known"

    def _flush(self) -> None:
        """The line ends here."""
        words, places = spell(self.text, self.pieces)
        if words:
            line = Line(words, places, self.links, self.boxes[-1], self.tag, self.cell, self.broken)
            if self.tag == "title":
                self.page.title = self.page.title or line
            else:
                self.page.lines.append(line)
        self.pieces, self.blank, self.links, self.broken = [], None, 0, False
        if self.waits and self.said:
            self._said()
        if self.tag == "known":
            self.tag = ""

    def breaks(self, name: str, written: str) -> None:
        """A paragraph, an item or a line begins."""
        if self.pieces:
            self._flush()
        self.broken = name == "br"
        if self.stack:
            self.end_paragraph(name)
        if written and _telling(written):
            self._inline(name, written)

    def heading(self, name: str, written: str) -> None:
        """The words of a heading, or of the title, begin."""
        self.breaks(name, written)
        self.tag = name

    def box(self, name: str, written: str) -> None:
        """Lines that belong together begin."""
        if self.pieces:
            self._flush()
        if self.stack:
            self.end_paragraph(name)
        if written:
            self._say(name, written)
        self.open_box(name, written)

    def table(self, name: str, written: str) -> None:
        """A table, a row or a cell begins."""
        if self.pieces:
            self._flush()
        if written:
            self._say(name, written)
        self.open_table(name, written)

    def link(self, name: str, written: str) -> None:
        """A link begins, or a place that others link to."""
        self.linked = len(self.stack) if "href" in written or "HREF" in written else None
        if _telling(written) or self.scopes[-1].get(name):
            self._inline(name, written)

    def hide(self, name: str, written: str) -> None:
        """What is no text of the page begins."""
        if self.does[name] == "gloss" and self.stack and self.does.get(self.stack[-1][0]) == "gloss":
            self.pop()
        self.push(name, written, True)

    def meta(self, name: str, written: str) -> None:
        """The page says something of itself."""
        self.page.metas.append(attributes(written))

    def _inline(self, name: str, written: str) -> None:
        """An element within a line counts only where it is hidden, stands in one, or says what it holds."""
        self._say(name, written)
        if name in self.empty or written.endswith("/"):
            return
        if self.scopes[-1].get(name) or is_hidden(written):
            self.push(name, written)

    def _say(self, name: str, written: str) -> None:
        """What the id of an element, or the time it gives, tells."""
        if " id=" not in written and "datetime" not in written:
            return
        given = attributes(written)
        found = field_of("ids").get(given.get("id", "").lower())
        if found:
            self.waits, self.said = (found[0], name), []
        if name == "time" and given.get("datetime"):
            self.page.times.append(given["datetime"])

    def _said(self) -> None:
        """The element that was waited for ends here."""
        assert self.waits
        self.page.known.append((self.waits[0], spell(self.text, self.said)[0]))
        self.waits, self.said = None, []

    def _close(self, name: str) -> None:
        """A tag closes; most close nothing but the line."""
        if self.waits and self.waits[1] == name:
            self._said()
        does = self.does.get(name)
        if does == "link":
            self.linked = None
        elif does not in _WITHIN:
            if self.pieces:
                self._flush()
            self.tag = ""
        if does == "table" or self.scopes[-1].get(name):
            self.close(name)
