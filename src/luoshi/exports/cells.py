"""Words in, what a cell of a workbook can hold of them out; and how a sheet of ours prints."""

from __future__ import annotations

import re
from typing import Any

# Excel takes this many characters a cell, and no row higher than this many points.
LONGEST, HIGHEST = 32_767, 409
A4 = 9
# What no XML file may hold; carriage returns would be shown as _x000D_.
UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Words that begin like this are marked as words, so that no office program reckons with them, even once edited.
FORMULA = ("=", "+", "-", "@", "\t")


def fit(words: str) -> str:
    """Words as a cell can hold them: no control characters, not too long."""
    words = UNFIT.sub("", words)
    return words if len(words.encode("utf-16-le")) // 2 <= LONGEST else words[: LONGEST // 2 - 1] + "…"


def set_up_print(sheet: Any, head: int, footer: str) -> None:
    """A4 on its side, a page wide, the head (its row) on every page, as offices file it."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(head)
    sheet.set_footer(footer)
