"""The text of a page in, a Page out: its lines, its boxes and what it says of itself, in one pass."""

from __future__ import annotations

import re
from functools import lru_cache

from .names import field_of, pattern_of
from .page import AROUND, ARTICLE, PLAIN, SURELY_AROUND, Cell, Line, Page
from .spelling import Piece, spell
from .tokens import attributes, tokens

# What a tag does; a name that is not here stands within a line.
_TAGS = {
    "break": "p li dt dd br hr pre address figure figcaption summary details legend caption html body head option tbody "
    "thead tfoot marquee",
    "heading": "h1 h2 h3 h4 h5 h6 title",
    "box": "div section article main aside header footer nav ul ol dl form blockquote center fieldset",
    "table": "table tr td th",
    "link": "a",
    "hidden": "template select button svg canvas object audio video map datalist dialog rt rp",
    "frame": "ruby",
    "meta": "meta",
}
_DOES = {name: what for what, listed in _TAGS.items() for name in listed.split()}
_EMPTY = frozenset("br hr img input meta link area base col embed source track wbr param".split())
_ITEMS = frozenset(("li", "dt", "dd"))
_AROUND_TAGS = frozenset(("aside", "footer", "nav"))
_LOOKED_AT = re.compile(r"""(?<![\w-])(?:class|id)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]++)""", re.I)
_HIDING = re.compile(r"""display\s*:\s*none|aria-hidden\s*=\s*["']?true""", re.I)
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++)""")
_HIDDEN_WORD = re.compile(r"(?:^|\s)hidden(?:[\s/=]|$)", re.I)


# An open element and what held before it: name, box (None where it is none), whether hidden, cell; then whether it
# is a cell itself.
_Frame = tuple[str, int | None, bool, Cell | None, bool]


def build(text: str, show_hidden: bool = False) -> Page:
    """Take a page apart; hidden elements are left out unless `show_hidden`."""
    builder = _Builder(text, show_hidden)
    builder.run()
    return builder.page


class _Builder:
    """The state between two tags. Every frame is pushed and popped once, so time is linear."""

    def __init__(self, text: str, show_hidden: bool) -> None:
        self.text, self.show_hidden = text, show_hidden
        self.page = Page()
        self.stack: list[_Frame] = []
        # How many elements of a name are open, within the innermost table cell: a scope for each open cell.
        self.scopes: list[dict[str, int]] = [{}]
        self.pieces: list[Piece] = []
        # White space between two pieces, which counts when the second comes.
        self.blank: Piece | None = None
        self.tag = ""
        self.hidden = self.broken = False
        self.linked: int | None = None
        self.waits: tuple[str, str] | None = None
        self.said: list[Piece] = []
        self.cell: Cell | None = None
        self.tables = 0
        self.rows: list[list[int]] = []
        self._open_box("", "")

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
                if slash:
                    self._close(name.lower())
                else:
                    self._open(name.lower(), written)
            elif raw and "ld+json" in raw_written:
                self.page.linked_data.append(content)
        self._text(at, len(self.text))
        self._flush()
        while self.stack:
            self._pop()
        self.page.ends[0] = len(self.page.parents)

    def _text(self, start: int, end: int) -> None:
        if self.hidden:
            if self.waits:
                self.said.append((start, end, False))
        elif self.text[start:end].isspace():
            self.blank = (start, end, False)
        else:
            if self.blank and self.pieces:
                self.pieces.append(self.blank)
            self.blank = None
            self.pieces.append((start, end, self.linked is not None))
            if self.waits:
                self.said.append((start, end, False))
                self.tag = self.tag or "known"

    def _said(self) -> None:
        """The element that was waited for ends here."""
        assert self.waits
        self.page.known.append((self.waits[0], spell(self.text, self.said)[0]))
        self.waits, self.said = None, []

    def _flush(self) -> None:
        """The line ends here."""
        if not self.pieces:
            return
        words, places = spell(self.text, self.pieces)
        if words:
            links = sum(end - start for start, end, linked in self.pieces if linked)
            line = Line(words, places, links, self._boxes[-1], self.tag, self.cell, self.broken)
            if self.tag == "title":
                self.page.title = self.page.title or line
            else:
                self.page.lines.append(line)
        self.pieces, self.blank, self.broken = [], None, False
        if self.waits and self.said:
            self._said()
        if self.tag == "known":
            self.tag = ""

    def _open(self, name: str, written: str) -> None:
        does = _DOES.get(name)
        if does is None:
            if written or name in self.scopes[-1]:
                self._open_inline(name, written)
        elif does == "link":
            self.linked = len(self.stack) if "href" in written else None
            if written:
                self._open_inline(name, written)
        elif does == "break":
            self._flush()
            self.broken = name == "br"
            self._end_paragraph(name)
            if written and name not in _EMPTY:
                self._open_inline(name, written)
        elif does == "box":
            self._flush()
            self._end_paragraph(name)
            self._push(name, self._open_box(name, written), written)
        elif does == "heading":
            self._flush()
            self._end_paragraph(name)
            self.tag = name
            if written:
                self._open_inline(name, written)
        elif does == "table":
            self._flush()
            self._open_table(name, written)
        elif does == "meta":
            self.page.metas.append(attributes(written))
        else:
            if name in ("rt", "rp"):
                self._end_hidden(("rt", "rp"))
            self._push(name, None, written, does == "hidden")

    def _open_inline(self, name: str, written: str) -> None:
        """An element within a line counts only where it is hidden, stands in one, or says what it holds."""
        if " id=" in written or "datetime" in written:
            self._say(name, written)
        if name in _EMPTY or written.endswith("/"):
            return
        if self.scopes[-1].get(name) or _is_hidden(written):
            self._push(name, None, written)

    def _say(self, name: str, written: str) -> None:
        """What the id of an element, or the time it gives, tells."""
        given = attributes(written)
        found = field_of("ids").get(given.get("id", "").lower())
        if found:
            self.waits, self.said = (found[0], name), []
        if name == "time" and given.get("datetime"):
            self.page.times.append(given["datetime"])

    def _open_box(self, name: str, written: str) -> int:
        page, number = self.page, len(self.page.parents)
        if not number:
            self._boxes = [0]
        page.parents.append(self._boxes[-1])
        page.ends.append(number + 1)
        page.marks.append(_mark(name, written))
        if " id=" in written:
            self._say(name, written)
        return number

    def _open_table(self, name: str, written: str) -> None:
        if name == "table":
            box = self._open_box(name, written)
            if self.cell:
                self.page.layouts.add(self.cell[0])
            self.rows.append([self.tables, -1, -1])
            self.tables += 1
            self._push(name, box, written)
            return
        if not self.rows:
            return
        if not self.scopes[-1].get("table"):
            self._leave_cell()
        row = self.rows[-1]
        if name == "tr":
            if self.scopes[-1].get("tr"):
                self._close("tr")
            row[1:] = [row[1] + 1, -1]
            self._push(name, None, written)
            return
        row[2] += 1
        self._push(name, self._open_box(name, written), written, is_cell=True)
        self.cell = (row[0], row[1], row[2])

    def _push(self, name: str, box: int | None, written: str, hides: bool = False, is_cell: bool = False) -> None:
        self.stack.append((name, box, self.hidden, self.cell, is_cell))
        scope = self.scopes[-1]
        scope[name] = scope.get(name, 0) + 1
        if box is not None:
            self._boxes.append(box)
        if is_cell:
            self.scopes.append({})
        if hides or (written and not self.hidden and not self.show_hidden and _is_hidden(written)):
            self.hidden = True

    def _pop(self) -> None:
        name, box, self.hidden, self.cell, is_cell = self.stack.pop()
        if is_cell:
            self.scopes.pop()
        self.scopes[-1][name] -= 1
        if box is not None:
            self._boxes.pop()
            self.page.ends[box] = len(self.page.parents)
        if name == "table":
            self.rows.pop()
        if self.linked is not None and len(self.stack) < self.linked:
            self.linked = None

    def _close(self, name: str) -> None:
        does = _DOES.get(name)
        if self.waits and self.waits[1] == name:
            self._said()
        if does == "link":
            self.linked = None
        elif does is not None and does != "frame" and name not in ("rt", "rp"):
            self._flush()
            self.tag = ""
        if does == "table" and not self.scopes[-1].get(name):
            if name != "table" and self.scopes[-1].get("table"):
                return
            self._leave_cell()
            if name in ("td", "th"):
                return
        if self.scopes[-1].get(name):
            while self.stack[-1][0] != name:
                self._pop()
            self._pop()

    def _leave_cell(self) -> None:
        """Close all that is open in the innermost cell, and the cell."""
        if len(self.scopes) > 1:
            depth = len(self.scopes)
            while len(self.scopes) == depth:
                self._pop()

    def _end_paragraph(self, name: str) -> None:
        """A hidden paragraph (no other has a frame) ends where the next block begins, an item at the next item."""
        if self.stack:
            last = self.stack[-1][0]
            if last == "p" or (last in _ITEMS and name in _ITEMS):
                self._pop()

    def _end_hidden(self, names: tuple[str, ...]) -> None:
        if self.stack and self.stack[-1][0] in names:
            self._pop()


def _mark(name: str, written: str) -> int:
    if name in _AROUND_TAGS:
        return AROUND
    if "class" in written or " id" in written:
        for value in _LOOKED_AT.findall(written):
            mark = _told(value) if len(value) <= _LONGEST_CLASS else PLAIN
            if mark != PLAIN:
                return mark
    return PLAIN


# Many boxes of a site share a few classes; longer lists of classes come from programs and tell nothing.
_LONGEST_CLASS = 300


@lru_cache(maxsize=4096)
def _told(value: str) -> int:
    """What a class or an id tells of its box."""
    if pattern_of("article").search(value):
        return ARTICLE
    if pattern_of("surely_around").search(value):
        return SURELY_AROUND
    return AROUND if pattern_of("around").search(value) else PLAIN


def _is_hidden(written: str) -> bool:
    if "none" not in written and "hidden" not in written:
        return False
    if _HIDING.search(written):
        return True
    return "hidden" in written and bool(_HIDDEN_WORD.search(_VALUE.sub("=", written)))
