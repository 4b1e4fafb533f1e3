"""Directives with their sentences and statements in, who must carry each out (as printed) out.

A unit stands before the cue (各市县要…), behind 希望, or opens an uncued sentence. An address at the start of
a statement holds for all its directives that name none; one in mid-statement only for its own sentence
(GUIDELINES, "Units"). Nobody is named where the report names nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from .clauses import is_unit, look
from .directives import Told
from .rules import rule
from .sentences import Offsets, Sentence, clauses, divide, masked, trimmed
from .signs import signs
from .speech import Said
from .tables import beginning


def addressees(text: str, told: list[Told], found: list[Sentence], said: list[Said]) -> list[list[Offsets]]:
    """For every directive the places (clean offsets) where its units are named; empty where none is."""
    printed = _printed(text, told)
    starts = [s.start for s in found]
    out: list[list[Offsets]] = []
    of_statement: dict[int, list[Offsets]] = {}
    of_sentence: dict[int, list[Offsets]] = {}
    for directive in told:
        at = bisect_right(starts, directive.start) - 1
        sentence = found[at] if at >= 0 and directive.start < found[at].end else None
        begin = _begin(directive, sentence, said)
        own = _own(text, directive, begin)
        place = sentence.start if sentence else directive.start
        if own:
            of_sentence[place] = own
            if _opens_statement(text, directive, sentence, said):
                of_statement.setdefault(directive.statement or 0, own)
        if not own or directive.cue is None:
            own = own + _made_to_act(text, directive)
        if directive.statement is not None and directive.statement not in of_statement:
            announced = _announced_to(text, said[directive.statement].start)
            if announced:
                of_statement[directive.statement] = announced
        inherited = of_sentence.get(place) or (
            of_statement.get(directive.statement) if directive.statement is not None else None
        )
        out.append(printed.get(directive.start) or own or inherited or [])
    return out


def _begin(told: Told, sentence: Sentence | None, said: list[Said]) -> int:
    """Where the words of the sentence begin that can name who must do it: behind the attribution."""
    start = sentence.start if sentence else told.start
    return start if told.statement is None else min(told.start, max(start, said[told.statement].start))


# How far before a statement the sentence that announces it may begin.
ANNOUNCED = 60


def _announced_to(text: str, start: int) -> list[Offsets]:
    """The address in the sentence that announces a statement: 对各学院做好…工作提出要求。"""
    begin = max(0, start - ANNOUNCED)
    announced = rule("addressees", "announced-to")
    match = announced.find(text, begin, start) if signs(text, begin, start) & announced.bits else None
    return [match.span("unit")] if match else []


def _printed(text: str, told: list[Told]) -> dict[int, list[Offsets]]:
    """Owners printed in brackets behind an item, for every directive of the item."""
    out: dict[int, list[Offsets]] = {}
    behind = 0
    starts = [t.start for t in told]
    for match in rule("addressees", "owners").pattern.finditer(text):
        units = _bracketed(text, *match.span("units"))
        item = told[bisect_left(starts, behind) : bisect_left(starts, match.start())]
        headings = [t.start for t in item if t.listed]
        begin = headings[-1] if headings else text.rfind("\n", 0, match.start())
        out.update({t.start: units for t in item if t.start >= begin})
        behind = match.end()
    return out


def _bracketed(text: str, start: int, end: int) -> list[Offsets]:
    """The units of an owner bracket, one by one."""
    out = []
    position = start
    for match in [*rule("addressees", "owner-mark").pattern.finditer(text, start, end), None]:
        span = trimmed(text, position, match.start() if match else end)
        if span[1] > span[0]:
            out.append(span)
        position = match.end() if match else end
    return out


def _opens_statement(text: str, told: Told, sentence: Sentence | None, said: list[Said]) -> bool:
    """Whether a directive stands in the first sentence of its statement."""
    if told.statement is None or sentence is None:
        return False
    start = said[told.statement].start
    return sentence.start <= start < sentence.end


def _own(text: str, told: Told, begin: int) -> list[Offsets]:
    """The units that a directive's own clause, or the head of its sentence, names."""
    bare = _behind_enumerator(text, told.start)
    hopes = text.startswith("希望", bare)
    if hopes and (hoped := _hoped_of(text, told)):
        return hoped
    before = _clause_before(text, begin, told.start)
    units = _units(text, *before) if before else []
    if units or hopes:
        return units
    if told.cue is None:
        return _doer(text, bare, told.end)
    return _inside(text, told) or _head_of_sentence(text, begin, told.start)


def _inside(text: str, told: Told) -> list[Offsets]:
    """A unit before the cue inside the directive: 对逾期未改的，区消防大队要依法处罚."""
    for start, end in clauses(text, told.start, told.end)[1:2]:
        if told.cue and text.find(told.cue, start, end) < 0:
            continue
        clause = look(text, start, end)
        if clause.cue == told.cue and clause.subject and is_unit(clause.subject):
            return _units(text, start, start + len(clause.subject))
    return []


def _behind_enumerator(text: str, start: int) -> int:
    counting = rule("openings", "enumerator")
    if not beginning(text, start, counting.bits):
        return start
    match = counting.find(text, start)
    return match.end() if match else start


def _clause_before(text: str, begin: int, start: int) -> Offsets | None:
    """What stands before a directive in its own clause."""
    if begin >= start:
        return None
    words = masked(text, begin, start)
    cut = max(words.rfind(mark) for mark in "，；：。")
    if cut + 1 >= len(words.rstrip()):
        return None
    return trimmed(text, begin + cut + 1, start)


def _units(text: str, start: int, end: int) -> list[Offsets]:
    """Units of an address, without what leads up to them; several when full names are joined."""
    words = text[start:end]
    enumerator = rule("openings", "enumerator").find(words)
    start += enumerator.end() if enumerator else 0
    lead = rule("addressees", "lead").find(text[start:end])
    start, end = trimmed(text, start + (lead.end() if lead else 0), end, " 　，、；：。也都还就均更")
    if text.endswith(("首先", "其次", "再次", "最后", "大力"), start, end):
        end -= 2
    words = text[start:end]
    especially = _ESPECIALLY.search(words)
    if especially:
        return _units(text, start, start + especially.start()) + _units(text, start + especially.end(), end)
    if not words or not is_unit(words):
        return []
    if any(rule("addressees", name).find(words) for name in ("nobody", "no-unit")):
        return []
    if rule("addressees", "one-whole").find(words):
        return [(start, end)]
    return _joined(text, start, end)


_ESPECIALLY = re.compile("特别是|尤其是")


def _joined(text: str, start: int, end: int) -> list[Offsets]:
    """Full names joined by 、 or 和, each able to stand alone; else the whole."""
    parts = [trimmed(text, s, e, "、和及 ") for s, e in divide(text, start, end, "、和及")]
    parts = [(s + 2 if text.startswith("广大", s) else s, e) for s, e in parts]
    whole = len(parts) < 2 or any(not is_unit(text[s:e]) or e - s < 2 for s, e in parts)
    return [(start, end)] if whole else parts


def _hoped_of(text: str, told: Told) -> list[Offsets]:
    start = _behind_enumerator(text, told.start) + 2
    match = rule("joins_lead", "hoped-of").find(text, start, told.end)
    return _units(text, start, match.end()) if match else []


def _doer(text: str, start: int, end: int) -> list[Offsets]:
    """The unit that opens an uncued sentence: the words before its verb."""
    if rule("openings", "verb-first").find(text, start, end):
        return []
    match = rule("openings", "doer-first").find(text, start, end)
    return _units(text, *match.span("unit")) if match else []


# The first clause of a sentence, enumerators before it included, ends within so many characters.
HEAD = 200


def _head_of_sentence(text: str, begin: int, start: int) -> list[Offsets]:
    """A unit that the first clause of the sentence is about: 县（市、区）一级作为…，必须…."""
    for s, e in clauses(text, begin, min(start, begin + HEAD)):
        s = _behind_enumerator(text, s)
        if rule("openings", "enumerator-alone").find(text[s:e]) or s >= e:
            continue
        match = rule("addressees", "subject-before").find(text, s, e)
        if match:
            return _units(text, *match.span("unit"))
        return _doer(text, s, e) if _ADDRESS.match(text, s, e) else []
    return []


# A first clause is an address to the later cue only when it begins like one.
_ADDRESS = re.compile("(?:各|全|有关|相关|学校|学院|市|县|区|省)(?!市建设|面|力|体)")


def _made_to_act(text: str, told: Told) -> list[Offsets]:
    """Somebody whom a directive moves to do something: 鼓励地方…."""
    made = rule("addressees", "made-to-act")
    seen = signs(text, told.start, told.end) & made.bits
    match = made.find(text, told.start, told.end) if seen else None
    return [match.span("unit")] if match else []
