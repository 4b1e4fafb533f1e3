"""The sheets of a ledger in, its columns, entries, the lines passed over and every fault out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .finding import Head, head_of
from .nouns import OWNERS, WORDS, Cell, Entry, Fault, Line, Passed, Sheet, Table
from .sheets import Spoilt, sheets_of

Chosen = Mapping[tuple[int, int], str]

TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|本页小计|累计)(?:[：:（(].*)?$")
NOTE = re.compile(
    r"^(?:(?:备注|注|说明|填表说明|填报说明)\s*[0-9一二三]?[：:．.]|(?:填表|填报|制表|审核|审批|联系|经办|报送|统计|复核)"
    r"(?:人|单位|时间|日期|领导|电话)|(?:负责人|单位负责人|分管领导)(?:签字|签名|（)|★|※|\*)"
)
# A line of one cell that begins so stands over a group of tasks, merged or not.
GROUP = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章节部]|【)"
)
# Cells that stand for nothing, cells that only number their line, and 同上.
NOTHING = re.compile(r"^[-—–/\\无]+$|^暂无$")
NUMBER = re.compile(r"^[0-9一二三四五六七八九十.．、()（）\-—]{1,8}$")
SAME = re.compile('^(?:同上|同前|同左|〃|″|"|＂)$')
# Two letters or characters: a mark or a number says nothing of what is to be done; nor does the word for a total.
SAYS = re.compile(r"[^\W\d_]{2}")
NO_WORDS = re.compile(f"(?:{TOTAL.pattern})|(?:{SAME.pattern})")


def understood(data: bytes, name: str, chosen: Chosen | None = None) -> Table:
    """A file as a ledger; one that cannot be read is a table of its faults.

    Args:
        data: the bytes of an Excel or CSV file.
        name: as its owner calls it.
        chosen: what a person says that columns hold, by sheet and column.
    """
    try:
        _, sheets = sheets_of(data, name)
    except Spoilt as wrong:
        return Table(faults=wrong.faults)
    return table_of(sheets, chosen or {})


def table_of(sheets: tuple[Sheet, ...], chosen: Chosen) -> Table:
    """Sheets as a ledger. A sheet without a column of words is passed over, unless all are."""
    heads = [head_of(sheet, number, chosen) for number, sheet in enumerate(sheets)]
    some = any(head.has_words for head in heads)
    readers = [_Reader(sheet, number, head) for number, (sheet, head) in enumerate(zip(sheets, heads, strict=True))]
    for reader in readers:
        reader.read()
    entries = tuple(entry for reader in readers for entry in reader.entries)
    faults = [fault for reader in readers for fault in reader.faults]
    if not some:
        faults = [Fault("no_words_column", sheet.name) for sheet in sheets]
    elif not entries and not faults:
        faults = [Fault("nothing")]
    return Table(
        sheets=tuple(sheet.name for sheet in sheets),
        columns=tuple(column for head in heads for column in head.columns),
        entries=entries,
        passed=tuple(line for reader in readers for line in reader.passed),
        faults=(*faults, *_doubled(entries, sheets)),
        title=next((line.words for reader in readers for line in reader.passed if line.kind == "title"), ""),
    )


def _doubled(entries: tuple[Entry, ...], sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    """Lines that say the same to the same, until the same day, as a line above."""
    seen: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        said = tuple(re.sub(r"\s", "", entry.said(name)) for name in (*OWNERS, "due", *WORDS))
        key = (re.sub(r"\s", "", entry.words.text), *said)
        first = seen.setdefault(key, entry)
        if first is not entry:
            where = sheets[entry.sheet].name
            yield Fault("doubled", where, entry.line, words=sheets[first.sheet].name, other=first.line)


class _Reader:
    """Goes down the lines of one sheet: which are entries, which group they stand under, which are passed over."""

    def __init__(self, sheet: Sheet, number: int, head: Head) -> None:
        self.sheet, self.number, self.head = sheet, number, head
        self.fields = head.fields
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self.passed: list[Passed] = []
        self.group = ""
        self.ended = False

    def read(self) -> None:
        """Take all lines."""
        lines = self.sheet.lines
        if not self.head.has_words:
            self._pass(lines[0], "sheet")
            return
        for line in lines[: self.head.first]:
            self._pass(line, "title")
        headings = lines[self.head.first : self.head.under]
        for line in headings:
            self._pass(line, "heading")
        printed = {tuple(cell.text for cell in line.filled) for line in headings}
        for line in lines[self.head.under :]:
            again = tuple(cell.text for cell in line.filled) in printed
            kind = "heading" if again else self._kind(line)
            if kind:
                self._pass(line, kind)
            else:
                self._entry(line)

    def _pass(self, line: Line, kind: str) -> None:
        words = " ".join(cell.text for cell in line.filled)
        self.passed.append(Passed(self.sheet.name, line.number, kind, words))

    def _kind(self, line: Line) -> str | None:
        """What a line is that is no entry; None: it is one, or wants to be."""
        first, *others = line.filled
        if any(TOTAL.match(_close(cell)) for cell in line.filled[:2]) and self._words(line) is None:
            return "total"
        if others:
            return "empty" if all(self._counts(cell, line) for cell in line.filled) else None
        if NOTE.match(first.text):
            return "note"
        if self._counts(first, line):
            return "empty"
        if len({*line.cells} - {None}) == 1 and self._over_many(line, first):
            self.group = first.text
            return "group"
        return None

    def _counts(self, cell: Cell, line: Line) -> bool:
        """Whether a cell only numbers its line, or stands for nothing."""
        number = [line.cells[i] for i in self.fields.get("number", ()) if i < len(line.cells)]
        return (cell in number and bool(NUMBER.match(cell.text))) or bool(NOTHING.match(cell.text))

    def _over_many(self, line: Line, cell: Cell) -> bool:
        """Whether a cell that is alone in its line heads a group: merged, numbered, or not among the words."""
        columns = [i for i, each in enumerate(line.cells) if each == cell]
        words = {i for name in WORDS for i in self.fields.get(name, ())}
        alone = len(self.head.columns) > 1
        return alone and (len(columns) > 1 or bool(GROUP.match(cell.text)) or not words & {*columns})

    def _cells(self, line: Line, field: str) -> list[Cell]:
        found = (line.cells[i] for i in self.fields.get(field, ()) if i < len(line.cells))
        return [cell for cell in found if cell and not NOTHING.match(cell.text)]

    def _words(self, line: Line) -> Cell | None:
        """The cell that says what is to be done."""
        cells = (cell for name in WORDS for cell in self._cells(line, name))
        return next((cell for cell in cells if SAYS.search(_close(cell)) and not NO_WORDS.match(_close(cell))), None)

    def _entry(self, line: Line) -> None:
        words = self._words(line)
        if words is None:
            self.faults.append(self._wordless(line))
            return
        taken = tuple((name, cell) for name in self.fields for cell in self._cells(line, name) if cell != words)
        above = self.entries[-1] if self.entries else None
        if above is not None and above.words == words:
            self.entries[-1] = above._replace(cells=tuple(dict.fromkeys((*above.cells, *taken))))
            return
        self.entries.append(Entry(self.number, line.number, words, self._same(taken, above), self.group))

    def _wordless(self, line: Line) -> Fault:
        """That a line says nothing of what is to be done: where it should, and what else it holds."""
        empty = next(c for name in WORDS for c in self.head.columns if c.field == name)
        other = next(cell.text for cell in reversed(line.filled) if not self._counts(cell, line))
        return Fault("no_words", self.sheet.name, line.number, empty.letter, other)

    def _same(self, taken: tuple[tuple[str, Cell], ...], above: Entry | None) -> tuple[tuple[str, Cell], ...]:
        """Cells that say 同上 as those of the line above."""
        out: list[tuple[str, Cell]] = []
        for name, cell in taken:
            if SAME.match(cell.text) and above is not None:
                out += [(name, each) for each in above.of(name)]
            else:
                out.append((name, cell))
        return tuple(out)


def _close(cell: Cell) -> str:
    """The words of a cell without the blanks that offices set them apart with (合  计)."""
    return "".join(cell.text.split())
