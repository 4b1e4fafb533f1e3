"""Tags that open and close in, which box, table cell and hidden element the text stands in out.

Pages close what they never opened and leave open what they should close. A closing tag closes what lies between
it and the last open element of its name; one in a table cell closes nothing outside the cell but the table.
Every element is pushed and popped once, so that time is linear in any page.
"""

from __future__ import annotations

from .marks import is_hidden, mark
from .page import Cell, Page
from .spans import Columns

# An open element and what held before it: name, box (None where it is none), whether hidden, cell; then whether it
# is a cell itself.
_Frame = tuple[str, int | None, bool, Cell | None, bool]

_ITEMS = frozenset(("li", "dt", "dd"))


class Nesting:
    """The open elements of a page at one place of it; boxes are noted in the page as they come."""

    def __init__(self, show_hidden: bool) -> None:
        self.page = Page([], [0], [1], [0])
        self.show_hidden = show_hidden
        self.stack: list[_Frame] = []
        # How many elements of a name are open within the innermost table cell: a scope for each open cell.
        self.scopes: list[dict[str, int]] = [{}]
        self.boxes = [0]
        self.hidden = False
        # How deep the link stands that is open, None where none is.
        self.linked: int | None = None
        self.cell: Cell | None = None
        self.tables = 0
        # Number, row and column of every open table.
        self.rows: list[list[int]] = []
        self.columns: list[Columns] = []

    def open_box(self, name: str, written: str, is_cell: bool = False) -> None:
        """A box begins."""
        page = self.page
        number = len(page.parents)
        page.parents.append(self.boxes[-1])
        page.ends.append(number + 1)
        page.marks.append(mark(name, written))
        self.boxes.append(number)
        self.push(name, written, False, number, is_cell)
        if is_cell:
            self.scopes.append({})

    def open_table(self, name: str, written: str) -> None:
        """A table, a row or a cell begins; a row or cell that is open in the same table ends."""
        if name == "table":
            if self.cell:
                self.page.layouts.add(self.cell[0])
            self.open_box(name, written)
            self.rows.append([self.tables, -1, -1])
            self.columns.append(Columns())
            self.tables += 1
            return
        if not self.rows:
            return
        if not self.scopes[-1].get("table"):
            self._leave_cell()
        row = self.rows[-1]
        if name == "tr":
            if self.scopes[-1].get("tr"):
                self.close("tr")
            row[1:] = [row[1] + 1, -1]
            self.push(name, written)
            return
        taken = self.columns[-1].take(row[1], row[2] + 1, written)
        if taken.last_row > taken.row or taken.last_column > taken.column:
            self.page.spanned.setdefault(row[0], []).append(taken)
        row[2] = taken.last_column
        self.open_box(name, written, True)
        self.cell = (row[0], row[1], taken.column)

    def push(self, name: str, written: str, hides: bool = False, box: int | None = None, is_cell: bool = False) -> None:
        """An element begins that must be known until it ends."""
        self.stack.append((name, box, self.hidden, self.cell, is_cell))
        scope = self.scopes[-1]
        scope[name] = scope.get(name, 0) + 1
        if hides or (written and not self.hidden and not self.show_hidden and is_hidden(written)):
            self.hidden = True

    def pop(self) -> None:
        """The innermost element ends."""
        name, box, self.hidden, self.cell, is_cell = self.stack.pop()
        if is_cell:
            self.scopes.pop()
        self.scopes[-1][name] -= 1
        if box is not None:
            self.boxes.pop()
            self.page.ends[box] = len(self.page.parents)
        if name == "table":
            self.rows.pop()
            self.columns.pop()
        if self.linked is not None and len(self.stack) < self.linked:
            self.linked = None

    def close(self, name: str) -> None:
        """A closing tag: all ends that was opened since its element began."""
        scope = self.scopes[-1]
        if not scope.get(name) and name in ("table", "tr", "td", "th"):
            if name != "table" and scope.get("table"):
                return
            self._leave_cell()
            if name in ("td", "th"):
                return
            scope = self.scopes[-1]
        if scope.get(name):
            while self.stack[-1][0] != name:
                self.pop()
            self.pop()

    def _leave_cell(self) -> None:
        """All ends that is open in the innermost cell, and the cell."""
        depth = len(self.scopes)
        while depth > 1 and len(self.scopes) == depth:
            self.pop()

    def end_paragraph(self, name: str) -> None:
        """A paragraph ends where the next block begins, an item at the next item (only hidden ones are open)."""
        if self.stack:
            last = self.stack[-1][0]
            if last == "p" or (last in _ITEMS and name in _ITEMS):
                self.pop()

    def end(self) -> None:
        """The page ends here."""
        while self.stack:
            self.pop()
        self.page.ends[0] = len(self.page.parents)
