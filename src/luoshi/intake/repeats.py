"""The words of two actions in, with where and when each was said; how likely they are one work, and why, out. Pure.

What both say in other words is made the same first (wordings.yaml); what is left over on either side decides.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import NamedTuple

from .cores import Clause, Core, core
from .wordings import wordings

# From this score on, two are one work. The scores below are steps on both sides of it, so that any value between
# 0.45 and 0.6 decides alike; it was chosen on the hundred pairs of tests/intake/cases/said_before.yaml.
SAME = 0.5
# Deadlines so far apart are those of two rounds of a work: a year less a season's shift.
ROUND = datetime.timedelta(days=270)
# Of the shorter one, so much must be in the other for the two to have to do with each other.
RELATED = 0.34
# Characters that only one of two says within a clause: a word that makes no other work of it. Three are part of a name.
SLIGHT = 2
# Of what each says alone, so much the same characters: another word for the same.
ALIKE = 0.5


class Context(NamedTuple):
    """Where an action was said and until when it is due, as far as known."""

    place: str = ""
    due: datetime.date | None = None


class Verdict(NamedTuple):
    """How likely two actions are one work, 0 to 1, and the reason in Chinese."""

    score: float
    reason: str

    @property
    def same(self) -> bool:
        """Whether they are held to be one."""
        return self.score >= SAME


NOWHERE = Context()
# Single characters that say nothing where they stand alone.
PARTICLES = frozenset("要中对将把在为由以从就再又也都还应须使让于其该之内里上下各个等")


def compare(one: str, other: str, here: Context = NOWHERE, there: Context = NOWHERE) -> Verdict:
    """Whether one action says again what the other said: would one report of completion answer both?"""
    a, b = core(one), core(other)
    shared = _shared(a, b)
    if against := _apart(here, there):
        return Verdict(round(0.3 * shared, 2), against)
    if a.folded == b.folded:
        return Verdict(1.0, "文字相同")
    if against := _against(a, b):
        return Verdict(round(0.3 * shared, 2), against)
    if shared < RELATED:
        return Verdict(round(0.3 * shared, 2), "说的不是同一对象")
    return _weighed(a, b, shared)


def _apart(here: Context, there: Context) -> str:
    """Why it is another work wherever it stands, whatever the words."""
    if (
        here.place
        and there.place
        and not (
            here.place.endswith(there.place)
            or there.place.endswith(here.place)
            or here.place.startswith(there.place)
            or there.place.startswith(here.place)
        )
    ):
        return f"地方不同：{here.place}／{there.place}"
    if here.due and there.due and abs(here.due - there.due) >= ROUND:
        return f"时限相隔一轮：{here.due.isoformat()}／{there.due.isoformat()}"
    return ""


def _against(a: Core, b: Core) -> str:
    """What both say, each otherwise, so that it is another work."""
    for mine, yours in zip(a.rounds, b.rounds, strict=True):
        if mine and yours and not mine & yours:
            return f"年度、批次或季节不同：{_list(mine)}／{_list(yours)}"
    for unit in a.numbers.keys() & b.numbers.keys():
        if not a.numbers[unit] & b.numbers[unit]:
            return f"数量不同：{_amount(a, unit)}／{_amount(b, unit)}"
    if turned := _opposite(a, b):
        return f"方向相反：{turned}"
    alone = {step.key for step in wordings().steps if step.alone}
    if a.steps & alone != b.steps & alone or (a.steps and b.steps and not a.steps & b.steps):
        return f"环节不同：{_steps(a)}／{_steps(b)}"
    return ""


def _opposite(a: Core, b: Core) -> str:
    """The words by which one goes the other way."""
    for pair in wordings().opposites:
        for here, there in (pair, pair[::-1]):
            x, y = here.search(a.folded), there.search(b.folded)
            if x and y and not here.search(b.folded) and not there.search(a.folded):
                return f"{x.group()}／{y.group()}"
    if _turn(a) * _turn(b) < 0:
        return "／".join(next(clause.verb for clause in core.clauses if not clause.aside) for core in (a, b))
    return ""


def _weighed(a: Core, b: Core, shared: float) -> Verdict:
    """By what only one of them says."""
    mine, yours = _left(a, b), _left(b, a)
    x, y = "".join(mine), "".join(yours)
    if not x and not y:
        return Verdict(round(0.85 + 0.1 * shared, 2), "内容相同，说法不同")
    if x and y:
        return _exchanged((mine, yours), shared)
    if len(x or y) <= SLIGHT:
        return Verdict(0.8, f"只多“{x or y}”")
    return Verdict(round(0.42 * shared, 2), f"一个笼统或整体，一个具体或部分：{_some(mine or yours)}")


def _exchanged(left: tuple[list[str], list[str]], shared: float) -> Verdict:
    """Where each says something that the other says not: a verb, a short name, another wording or another object."""
    x, y = ("".join(pieces) for pieces in left)
    both = f"{_some(left[0])}／{_some(left[1])}"
    short, long = sorted((x, y), key=len)
    if 2 <= len(short) < len(long) and _abbreviates(short, long):
        return Verdict(0.75, f"简称与全称：{both}")
    common = sum((Counter(x) & Counter(y)).values())
    if common >= 2 and common >= ALIKE * len(long):
        return Verdict(0.65, f"近似的说法：{both}")
    return Verdict(round(0.4 * shared, 2), f"对象不同：{both}")


def _turn(core: Core) -> int:
    """Which way the verb goes that an action begins with."""
    table, verb = wordings(), next((clause.verb for clause in core.clauses if not clause.aside), "")
    return bool(table.forth.intersection(verb)) - bool(table.back.intersection(verb))


def _abbreviates(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _left(a: Core, b: Core) -> list[str]:
    """Stretches of the main clauses of `a` that stand nowhere in `b`, but for verbs of a step that both are at."""
    pairs, letters = _pairs(b.clauses)
    main = [clause for clause in a.clauses if not clause.aside] or list(a.clauses)
    found = [piece for clause in main for piece in _uncovered(clause.words, pairs, letters)]
    both = [step.words for step in wordings().steps if step.key in a.steps & b.steps]
    return [p for p in found if not any(words.fullmatch(p) for words in both)]


def _shared(a: Core, b: Core) -> float:
    """How much of the shorter one stands in the other."""
    return max(_covered(a, b), _covered(b, a))


def _covered(a: Core, b: Core) -> float:
    pairs, letters = _pairs(b.clauses)
    whole = sum(len(clause.words.replace(" ", "")) for clause in a.clauses)
    left = sum(len(piece) for clause in a.clauses for piece in _uncovered(clause.words, pairs, letters))
    return 1 - left / whole if whole else 0.0


def _pairs(clauses: tuple[Clause, ...]) -> tuple[frozenset[str], frozenset[str]]:
    words = [word for clause in clauses for word in clause.words.split()]
    return frozenset(word[i : i + 2] for word in words for i in range(len(word) - 1)), frozenset("".join(words))


def _uncovered(words: str, pairs: frozenset[str], letters: frozenset[str]) -> list[str]:
    found = []
    for word in words.split():
        if len(word) == 1:
            found += [] if word in letters or word in PARTICLES else [word]
            continue
        covered = [False] * len(word)
        for i in range(len(word) - 1):
            if word[i : i + 2] in pairs:
                covered[i] = covered[i + 1] = True
        run = "".join(" " if there else letter for letter, there in zip(word, covered, strict=True))
        found += run.split()
    return found


def _list(words: frozenset[str]) -> str:
    return "、".join(sorted(words))


def _some(pieces: list[str]) -> str:
    return "、".join(pieces)[:24] or "无"


def _amount(core: Core, unit: str) -> str:
    return "、".join(f"{value:g}{unit}" for value in sorted(core.numbers[unit]))


def _steps(core: Core) -> str:
    return "、".join(step.zh for step in wordings().steps if step.key in core.steps) or "未说"
