"""A source, its clean text and what was said in it in, the items of its split document out, each worked out.

What nobody is reported to have said, and what a task table holds, is read as items; inside a statement the
ordinary directives stay, and the names in its owner brackets keep their roles.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from typing import NamedTuple

from .actions import Deed, actions
from .amounts import Aim, targets
from .assignments import Item, assignments
from .cells import grids
from .clean import Cleaned
from .deadlines import Due, deadlines
from .directives import Told
from .facts import Source
from .outline import Outline
from .owner_blocks import blocks, may_print_owners, read_blocks
from .owners import Owner
from .printed import printed
from .rules import rule
from .sentences import Offsets, divide, segments, trimmed
from .speech import Said
from .task_tables import task_tables
from .traits import Traits, traits


class Worked(NamedTuple):
    """An item with its traits, what is to be done, by when and how much; `dated`: a deadline is printed beside its
    words."""

    item: Item
    traits: Traits
    deeds: tuple[Deed, ...]
    due: tuple[Due, ...]
    aims: tuple[Aim, ...]
    dated: bool


class Assigned(NamedTuple):
    """The items in the order of the text, what they and the task tables cover, and the owners that brackets
    inside statements print."""

    items: tuple[Worked, ...]
    covered: tuple[Offsets, ...]
    said: tuple[Owner, ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether a stretch touches what was read as items."""
        at = bisect_left(self.covered, end, key=lambda span: span[0])
        return at > 0 and self.covered[at - 1][1] > start


def assigned(
    source: Source, cleaned: Cleaned, outline: Outline, said: list[Said], day: datetime.date | None
) -> Assigned:
    """All items of a source.

    Args:
        source, cleaned, outline, said: what the stages before made of it.
        day: the day of publication, None where unknown.
    """
    text = cleaned.text
    if not source.tables and not may_print_owners(text):
        return Assigned((), (), ())
    first_leads = bool(rule("owners", "first-leads").find(text))
    tables = task_tables(text, grids(source, cleaned), first_leads)
    spoken = _spoken(outline, said)
    found = [*assignments(text, outline.lines, [*spoken, *tables.extents], first_leads), *tables.items]
    found.sort(key=lambda item: (item.start, item.begin))
    year = _year(outline)
    covered = _merged([*tables.extents, *((item.begin, item.finish) for item in found)])
    reaches = _merged([(s, _line_end(text, e)) for s, e in _merged(spoken)])
    inside = tuple(owner for s, e in reaches for owner in _printed_owners(text, s, e, first_leads))
    return Assigned(tuple(_worked(text, item, day, year) for item in found), covered, inside)


def _spoken(outline: Outline, said: list[Said]) -> list[Offsets]:
    """What the statements take: to their end, or to a heading 一、… or the words 制定本方案, from where on it is a
    document."""
    sections = [line.start for line in outline.lines if rule("items", "section").find(line.text)]
    sections += [line.end for line in outline.lines if rule("items", "announced").find(line.text)]
    sections.sort()
    out = []
    for each in said:
        at = bisect_left(sections, each.start)
        end = min(each.end, sections[at]) if at < len(sections) else each.end
        if end > each.start:
            out.append((each.start, end))
    return out


def _merged(spans: list[Offsets]) -> tuple[Offsets, ...]:
    """Stretches in order, those that overlap as one."""
    out: list[Offsets] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _printed_owners(text: str, start: int, end: int, first_leads: bool) -> list[Owner]:
    """The owners that brackets in statements print, and those behind them in the line."""
    found = (block for line in _lines(text, start, end) for block in blocks(text, *line))
    return [owner for block in found for owner in read_blocks(text, [block], first_leads)]


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _lines(text: str, start: int, end: int) -> list[Offsets]:
    return [match.span() for match in re.compile("[^\n]+").finditer(text, start, end)]


# The title of a plan for one year (2025年…分解表), not of one for several (2025—2027年).
_OF_YEAR = re.compile(r"(?<![\d—–\-至])(20\d\d)年度?(?!\d{1,2}月)")


def _year(outline: Outline) -> int | None:
    """The year that the title, or the first line of a document without one, names."""
    titles = [line for line in outline.lines if (line.start, line.end) == outline.title] or outline.lines[:1]
    found = _OF_YEAR.search(titles[0].text) if titles and titles[0].kind == "heading" else None
    return int(found[1]) if found else None


def _worked(text: str, item: Item, day: datetime.date | None, year: int | None) -> Worked:
    told = [Told(start, end, None, None, None) for start, end in _segments(text, item.start, item.end)]
    beside = [due for span in item.printed for due in printed(text, span, day, year)]
    within = deadlines(text, item.start, item.end, day)
    aims = targets(text, item.start, item.end) + [aim for span in item.aims for aim in targets(text, *span)]
    deeds = tuple(deed for each in told for deed in _framed(text, actions(text, each)))
    told_of_all = traits(text, item.start, item.end, None)
    return Worked(item, told_of_all, deeds, (*beside, *within), tuple(aims), bool(beside))


def _framed(text: str, deeds: list[Deed]) -> list[Deed]:
    """The actions of a sentence, a time that stands alone before its comma (到2027年，) put to the action behind it."""
    out: list[Deed] = []
    frame: int | None = None
    for deed in deeds:
        if deed is not deeds[-1] and rule("printed_times", "frame").find(text[deed.start : deed.end]):
            frame = deed.start if frame is None else frame
            continue
        out.append(deed if frame is None else deed._replace(start=frame))
        frame = None
    return out


def _segments(text: str, start: int, end: int) -> list[Offsets]:
    """The lines, sentences and semicolon clauses of a task."""
    lines = (trimmed(text, *line) for line in _lines(text, start, end))
    parts = (trimmed(text, *part) for line in lines for part in divide(text, *line, "。！？"))
    return [segment for part in parts for segment in segments(text, *part)]
