"""The text of a page in, a Page out: its lines, its boxes and what it says of itself, in one pass."""

from __future__ import annotations

import re
from functools import cache

from .marks import is_hidden
from .names import field_of, names
from .nesting import Nesting
from .page import Line, Page
from .spelling import Piece, spell
from .tokens import attributes, tokens

# An element within a line counts only where its attributes have one of these.
_TELLING = re.compile(" id=|datetime|none|NONE|hidden")


@cache
def _does() -> dict[str, str]:
    """Name of a tag -> what it does."""
    return {name: what for what, listed in names()["tags"].items() for name in listed}


@cache
def _empty() -> frozenset[str]:
    return frozenset(names()["empty"])


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
        self.does, self.empty = _does(), _empty()
        self.opens = {
            "break": self._break,
            "heading": self._heading,
            "box": self._box,
            "table": self._table,
            "link": self._link,
            "hidden": self._hide,
            "gloss": self._hide,
            "ruby": self.push,
            "meta": self._meta,
        }
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
        at = 0
        for token in tokens(self.text):
            start = token.start()
            if start > at:
                self._text(at, start)
            at = token.end()
            raw, raw_written, content, slash, name, written, _ = token.groups()
            if name:
                name = name.lower()
                does = self.does.get(name)
                if slash:
                    if does or self.waits or self.scopes[-1].get(name):
                        self._close(name, does)
                elif does:
                    self.opens[does](name, written)
                elif self.scopes[-1].get(name) or (written and _TELLING.search(written)):
                    self._inline(name, written)
            elif raw and "ld+json" in raw_written:
                self.page.linked_data.append(content)
        self._text(at, len(self.text))
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
        if not self.pieces:
            return
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

    def _break(self, name: str, written: str) -> None:
        self._flush()
        self.broken = name == "br"
        self.end_paragraph(name)
        if written and _TELLING.search(written):
            self._inline(name, written)

    def _heading(self, name: str, written: str) -> None:
        self._break(name, written)
        self.tag = name

    def _box(self, name: str, written: str) -> None:
        self._flush()
        self.end_paragraph(name)
        self._say(name, written)
        self.open_box(name, written)

    def _table(self, name: str, written: str) -> None:
        self._flush()
        self._say(name, written)
        self.open_table(name, written)

    def _link(self, name: str, written: str) -> None:
        self.linked = len(self.stack) if "href" in written or "HREF" in written else None
        self._inline(name, written)

    def _hide(self, name: str, written: str) -> None:
        if self.does[name] == "gloss" and self.stack and self.does.get(self.stack[-1][0]) == "gloss":
            self.pop()
        self.push(name, written, hides=True)

    def _meta(self, name: str, written: str) -> None:
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

    def _close(self, name: str, does: str | None) -> None:
        if self.waits and self.waits[1] == name:
            self._said()
        if does == "link":
            self.linked = None
        elif does not in (None, "ruby", "gloss"):
            self._flush()
            self.tag = ""
        self.close(name)
