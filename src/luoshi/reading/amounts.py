"""A stretch (one directive) in, the numbers that must be reached out: what is measured, how it binds, value, unit.

The span is the smallest phrase that says the number: 达到90%以上, 不少于2次, 37座小型水库, 新增车位300个.
Past figures, thresholds (5000万元以上的项目), sizes of what exists (聚焦12条产业链), ordinals, times and names
are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from .facts import Relation
from .numerals import START, Number, numbers
from .rules import rule
from .sentences import Offsets, divide, trimmed


class Aim(NamedTuple):
    """A number to be reached, in offsets of the text. `upper` is the other end of a range."""

    start: int
    end: int
    what: str | None
    relation: Relation
    value: float
    upper: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A number in its comma clause: the words before it in the clause and those behind its bound."""

    text: str
    number: Number
    clause: Offsets
    before: str
    bound_before: re.Match[str] | None
    reached: re.Match[str] | None
    bound_behind: re.Match[str] | None

    @property
    def stop(self) -> int:
        """Where the number with the bound behind it ends."""
        return self.bound_behind.end() if self.bound_behind else self.number.end

    @property
    def behind(self) -> str:
        """The words behind the number and its bound."""
        return self.text[self.stop : self.clause[1]]

    @property
    def bare(self) -> str:
        """The words before the number without its bound and the verb that reaches it."""
        cut = self.reached or self.bound_before
        return self.before[: cut.start()] if cut else self.before

    def unit_is(self, kind: str) -> bool:
        """Whether the unit is of a kind of the lexicon (counting, lasting)."""
        return bool(rule("amounts", kind).find(self.number.unit or ""))


_RELATIONS: dict[str, Relation] = {
    "least": "at least",
    "most": "at most",
    "more": "more than",
    "less": "less than",
    "about": "about",
}


def targets(text: str, start: int, end: int) -> list[Aim]:
    """All numbers of a stretch that must be reached, in their order."""
    out: list[Aim] = []
    if not START.search(text, start, end):
        return out
    if rule("amounts", "past-frame").find(text, start, end):
        return out
    clauses = [trimmed(text, s, e) for s, e in divide(text, start, end, "，；：。！？\n")]
    for clause in clauses:
        if not START.search(text, *clause):
            continue
        past = rule("amounts", "past").find(text[slice(*clause)])
        if past and not rule("amounts", "wanted").find(text[slice(*clause)]):
            continue
        last: _Place | None = None
        for number in numbers(text, *clause):
            place = _place(text, number, clause)
            if _follows(place, last) or _is_aim(place):
                out.append(_aim(place, last))
                last = place
    return out + _nothing(text, start, end)


def _place(text: str, number: Number, clause: Offsets) -> _Place:
    """A number with what stands around it."""
    before = text[clause[0] : number.start]
    bound = rule("amounts", "bound-before").find(before)
    reached = rule("amounts", "reached").find(before[: bound.start()] if bound else before)
    behind = rule("amounts", "bound-behind").find(text, number.end, clause[1])
    return _Place(text, number, clause, before, bound, reached, behind)


def _follows(place: _Place, last: _Place | None) -> bool:
    """Whether a number is joined to an aim just before it: 分别达到70%、78%."""
    if last is None or last.clause != place.clause:
        return False
    return place.text[last.stop : place.number.start] in ("、", "和") and last.number.unit == place.number.unit


def _is_aim(place: _Place) -> bool:
    """Whether a number is one that must be reached."""
    just_before = place.before[: place.bound_before.start()] if place.bound_before else place.before
    if _is_threshold(place) or rule("amounts", "named-before").find(just_before):
        return False
    if place.reached or (place.bound_before and not place.bound_before["about"]):
        return not (rule("amounts", "case").find(place.behind) and not place.reached)
    if place.number.unit is None or place.unit_is("lasting"):
        return False
    return _is_thing_to_make(place) if _has_thing_behind(place) else _is_measure(place)


def _is_threshold(place: _Place) -> bool:
    """Whether a number only says which things are meant: 5000万元以上的项目."""
    if place.unit_is("counting") or not place.behind:
        return False
    bound = place.bound_behind or place.behind.startswith("的")
    starts = rule("amounts", "noun-stops").find(place.behind.removeprefix("的"))
    goes_on = starts is not None and starts.start() == 0
    return bool(bound and rule("amounts", "threshold-behind").find(place.behind) and not goes_on)


def _has_thing_behind(place: _Place) -> bool:
    """Whether what is counted is named behind the number: 37座小型水库."""
    stops = rule("amounts", "noun-stops").find(place.behind)
    return bool(place.behind) and (stops is None or stops.start() > 0)


def _verb(words: str) -> str | None:
    """`making` or `not-making`, whichever verb stands last in the words; None if there is none. Behind a list
    of examples (甲、乙等) it is the first one: the others belong to the examples."""
    found = [(m.start(), kind) for kind in _VERBS for m in rule("amounts", kind).pattern.finditer(words)]
    return (min if words.endswith("等") else max)(found)[1] if found else None


_VERBS = ("making", "not-making")


def _is_thing_to_make(place: _Place) -> bool:
    """Whether counted things are to be there in the end: their verb says so, or what is said of them."""
    verb = _verb(place.bare)
    if verb is None or place.bare.endswith("在"):
        return bool(rule("amounts", "making").find(place.behind))
    return verb == "making"


def _is_measure(place: _Place) -> bool:
    """Whether a number behind what it measures is to be reached: 涨幅2%左右, 新增车位300个."""
    if not re.search("[一-龥”]{2} ?$", place.bare) and place.number.unit != "ms":
        return False
    return bool(rule("amounts", "share-in").find(place.bare)) or _verb(place.bare) != "not-making"


def _aim(place: _Place, last: _Place | None) -> Aim:
    number = place.number
    start, end, what = number.start, place.stop, ""
    if _follows(place, last):
        what = _measured(last.bare)[1] if last else ""
    elif _has_thing_behind(place) and place.number.unit != "%":
        start, end, what = _thing(place)
    elif place.reached or place.bound_before:
        cut = place.reached or place.bound_before
        assert cut
        start, what = place.clause[0] + cut.start(), _measured(place.bare)[1]
    else:
        length, what = _measured(place.bare)
        start = number.start - (length if length <= LONGEST_MEASURE else 0)
    return Aim(start, end, what or None, _relation(place), number.value, number.upper, number.unit)


# A longer run of words before a number is no name of a measure; the span is the number alone then.
LONGEST_MEASURE = 24


def _relation(place: _Place) -> Relation:
    """How the value binds; a bound behind the number goes before one in front of it."""
    if place.number.upper is not None:
        return "range"
    for bound in (place.bound_behind, place.bound_before):
        if bound:
            return next(_RELATIONS[name] for name, words in bound.groupdict().items() if words)
    return "more than" if place.number.odd else "exactly"


def _thing(place: _Place) -> tuple[int, int, str]:
    """Where the counted thing begins and ends with its number, and what it is."""
    stops = rule("amounts", "noun-stops").find(place.behind)
    words = place.behind[: stops.start()] if stops else place.behind
    ends = rule("amounts", "noun-end").find(words)
    name = words[: ends.end()] if ends else words
    start = place.clause[0] + place.bound_before.start() if place.bound_before else place.number.start
    return start, place.stop + len(name), name.strip("“”")


def _measured(words: str) -> tuple[int, str]:
    """What is measured, at the end of the words before a number: how many of them belong to the phrase,
    and its name."""
    phrase = re.split("[、；]", words)[-1]
    lead = rule("amounts", "lead-words").find(phrase)
    phrase = phrase[lead.end() :] if lead else phrase
    verbs = list(rule("amounts", "making").pattern.finditer(phrase))
    if verbs:
        phrase = phrase[verbs[0].start() :]
    alone = rule("amounts", "making-alone").find(phrase)
    return len(phrase), phrase[alone.end() :] if alone else phrase


def _nothing(text: str, start: int, end: int) -> list[Aim]:
    """不发生一起…: the number to be reached is none."""
    pattern = rule("amounts", "none-at-all").pattern
    return [Aim(*m.span(), m["what"], "exactly", 0.0, None, "起") for m in pattern.finditer(text, start, end)]
