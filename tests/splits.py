"""Split cases in, sources out (a table as its readers give it), and how well a reading agrees with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from luoshi.reading import Directive, Source, read
from luoshi.reading.facts import Table
from luoshi.reading.sources import from_text

CASES = Path(__file__).parent / "reading" / "cases"
Case = dict[str, Any]


def cases(*names: str) -> list[Case]:
    return [case for name in names for case in yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))]


def source(case: Case) -> Source:
    """A case as a source: its text, or its tables as text with their cells (`^` goes on with the cell above,
    `<` with the one to the left)."""
    if "text" in case:
        return from_text(case["text"])
    text = case.get("before", "") + "\n"
    tables: list[Table] = []
    for rows in (case["rows"], case.get("more", [])):
        text, table = _table(text, rows)
        tables += [table] if table else []
    return replace(from_text(text + case.get("after", "")), tables=tuple(tables))


def _table(text: str, rows: list[list[str]]) -> tuple[str, Table]:
    made: list[tuple[tuple[int, int], ...]] = []
    for row in rows:
        cells: list[tuple[int, int]] = []
        for column, words in enumerate(map(str, row)):
            if words == "^":
                cells.append(made[-1][column])
            elif words == "<":
                cells.append(cells[-1])
            else:
                cells.append((len(text), len(text) + len(words)))
                text += words
            text += "\t"
        text = text[:-1] + "\n"
        made.append(tuple(cells))
    return text, tuple(made)


@dataclass
class Score:
    """Counts over cases, and what was wrong, a line each."""

    items: int = 0
    lead: int = 0
    due: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.found)


def score(listed: list[Case]) -> Score:
    """Lead exactly right, all owners, deadline: each item that is expected, and each that is not."""
    total = Score()
    for case in listed:
        published = case.get("published")
        reading = read(source(case), str(published) if published else None)
        made = list(reading.directives)
        for want in case["expect"]:
            found = next((d for d in made if d.span.text.replace("\n", "").startswith(want["task"])), None)
            made = [d for d in made if d is not found]
            _compare(total, case["name"], want, found)
        for extra in (d for d in made if d.statement is None and (d.lead or d.support or d.number)):
            _compare(total, case["name"], {"task": "(nothing)"}, extra)
    return total


def _compare(total: Score, name: str, want: Case, found: Directive | None) -> None:
    lead = [u.text for u in found.lead] if found else []
    support = [u.text for u in found.support] if found else []
    by = found.deadline.by if found and found.deadline else None
    wanted = {*want.get("lead", []), *want.get("support", [])}
    expected = want["task"] != "(nothing)"
    is_lead = found is not None and expected and lead == want.get("lead", [])
    is_due = found is not None and expected and by == want.get("by")
    total.items += 1
    total.lead += is_lead
    total.due += is_due
    total.right += len(wanted & {*lead, *support})
    total.wanted += len(wanted)
    total.found += len(lead) + len(support)
    number = found.number.text if found and found.number else None
    if not (is_lead and is_due and support == want.get("support", []) and want.get("number", number) == number):
        words = found.span.text[:20] if found else "-"
        total.wrong.append(f"{name}: {want['task']} | {words} | {number} {lead} {support} {by}")
