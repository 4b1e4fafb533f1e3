"""Whole split documents, head to signature: which items, who leads, who supports, until when, and what is no owner."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from luoshi.reading import Directive, Source, read
from tests.splits import Case, cases, source

FILES = ("whole_brackets", "whole_labels", "whole_inherited", "whole_columns", "whole_merged", "whole_pages")
ALL = cases(*FILES)
LATER = cases("whole_later", "whole_third")


@dataclass
class Score:
    """Counts over whole documents, and what was wrong, a line each."""

    expected: int = 0
    matched: int = 0
    extra: int = 0
    lead: int = 0
    dues: int = 0
    due: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def items_f1(self) -> float:
        return 2 * self.matched / max(1, 2 * self.matched + self.extra + self.expected - self.matched)

    @property
    def leads(self) -> float:
        """Items whose lead units are exactly right, of all that are expected or made."""
        return self.lead / max(1, self.expected + self.extra)

    @property
    def owners_f1(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.found)

    def __str__(self) -> str:
        due = self.due / max(1, self.dues)
        return f"items {self.items_f1:.3f}  lead {self.leads:.3f}  owners {self.owners_f1:.3f}  due {due:.3f}"


def score(listed: list[Case], given: Callable[[Case], Source] = source) -> Score:
    """How well readings agree with the cases; `given` makes a source of one."""
    total = Score()
    for case in listed:
        made = list(read(given(case)).directives)
        for want in case["expect"]:
            found = next((d for d in made if _is(d, want["task"])), None)
            made = [d for d in made if d is not found]
            _item(total, case["name"], want, found)
        for directive in (d for d in made if d.lead or d.support):
            total.extra += 1
            total.found += len(directive.lead) + len(directive.support)
            total.wrong.append(f"{case['name']}: (nothing) | {_told(directive)}")
    return total


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")


def _is(directive: Directive, task: str | list[str]) -> bool:
    begins = [task] if isinstance(task, str) else task
    return _bare(directive.span.text).startswith(tuple(map(_bare, begins)))


def _item(total: Score, name: str, want: Case, found: Directive | None) -> None:
    lead = [_bare(u.text) for u in found.lead] if found else []
    support = [_bare(u.text) for u in found.support] if found else []
    total.expected += 1
    total.matched += found is not None
    wanted_lead, wanted_support = ([_bare(n) for n in want.get(role, [])] for role in ("lead", "support"))
    total.lead += found is not None and lead == wanted_lead
    total.right += len({*wanted_lead, *wanted_support} & {*lead, *support})
    total.wanted += len(wanted_lead) + len(wanted_support)
    total.found += len(lead) + len(support)
    said = _bare(found.deadline.span.text) if found and found.deadline else ""
    is_due = "due" not in want or (bool(said) and (_bare(want["due"]) in said or said in _bare(want["due"])))
    total.dues += "due" in want
    total.due += is_due and "due" in want
    if found is None or not (lead == wanted_lead and set(support) == set(wanted_support) and is_due):
        total.wrong.append(f"{name}: {want['task']} | {_told(found)}")


def _told(directive: Directive | None) -> str:
    if directive is None:
        return "not found"
    due = directive.deadline.span.text if directive.deadline else None
    lead, support = ([u.text for u in units] for units in (directive.lead, directive.support))
    return f"{directive.span.text[:20]!r} {lead} {support} {due}"


def test_it_works() -> None:
    assert score(ALL[:1]).wrong == []


def test_sixty_documents_and_half_of_them_tables() -> None:
    assert len(ALL) == 60 and sum("rows" in case for case in ALL) == 30
    assert len({case["name"] for case in ALL}) == 60


TABLES, PROSE = ([case for case in ALL if kind in case] for kind in ("rows", "text"))


@pytest.mark.parametrize("listed", [ALL, TABLES, PROSE, LATER], ids=["all", "tables", "prose", "later"])
def test_owners_of_whole_documents(listed: list[Case]) -> None:
    found = score(listed)
    shown = "\n".join([str(found), *found.wrong])
    assert found.items_f1 >= 0.95, shown
    assert found.leads >= 0.97, shown
    assert found.owners_f1 >= 0.95, shown
    assert found.due / found.dues >= 0.95, shown


@pytest.mark.parametrize("case", [*ALL, *LATER], ids=lambda case: str(case["name"]))
def test_names_stand_in_the_document(case: Case) -> None:
    """Nobody is an owner whom the document does not print."""
    reading = read(source(case))
    printed = re.sub(r"\s", "", reading.source.text)
    assert all(_bare(u.text) in _bare(printed) for d in reading.directives for u in (*d.lead, *d.support))
