"""Statements and their sentences in, directives out: where each begins and ends, and by which cue.

A directive begins at its cue (要, 必须 …), or at its first word where the cue is inherited: behind ；,
behind an enumerator, or in a later sentence of a statement that already gave a task. It ends before 。
or ；, at a comma where a new cue starts a new theme, and before an aside that only explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .clauses import Clause, is_unit, look
from .rules import rule
from .sentences import Offsets, Sentence, clauses, segments, trimmed
from .signs import signs
from .speech import Said
from .stretches import Stretches
from .tables import first


class Told(NamedTuple):
    """A directive in offsets of the clean text: its statement (index, None outside any), its cue with
    the strength the cue has, and whether the cue was inherited."""

    start: int
    end: int
    statement: int | None
    cue: str | None
    strength: str | None
    listed: bool = False


# A sentence that nobody is said to have said is a task only with one of these cues at its head.
UNSAID_CUES = ("要", "必须", "务必")


def directives(text: str, found: list[Sentence], said: list[Said]) -> list[Told]:
    """All directives of a body, in order.

    What is said by somebody counts; outside of it only what has a cue. Where nobody is named in the whole
    body (a plain document), all of it counts.
    """
    whole = [(s.start, s.end) for s in found]
    if not said:
        return _in_statement(text, whole, None, None)
    spoken, sentences = Stretches((s.start, s.end) for s in said), Stretches(whole)
    cued = rule("cues", "plain").bits | rule("cues", "must").bits
    unsaid = [(s, e) for s, e in whole if signs(text, s, e) & cued and not spoken.meeting(s, e)]
    out = [told for told in _in_statement(text, unsaid, None, "problems") if told.cue in UNSAID_CUES]
    for number, statement in enumerate(said):
        around = [said[i] for i in spoken.meeting(statement.start, statement.end) if i != number]
        inner = [(s.start, s.end) for s in around if _holds(statement, s)]
        within = [whole[i] for i in sentences.meeting(statement.start, statement.end)]
        parts = _own_sentences(within, statement, inner)
        out += _in_statement(text, parts, number, statement.announces)
    return sorted(out, key=lambda d: d.start)


def _holds(outer: Said, inner: Said) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner.nested


def _own_sentences(within: list[Offsets], said: Said, inner: list[Offsets]) -> list[Offsets]:
    """The sentences of a statement, clipped to it, without those that a relayed statement takes."""
    clipped = [(max(start, said.start), min(end, said.end)) for start, end in within]
    if not inner:
        return clipped
    taken = Stretches(inner)
    return [(start, end) for start, end in clipped if not taken.meeting(start, end)]


def _in_statement(text: str, parts: list[Offsets], number: int | None, announces: str | None) -> list[Told]:
    tasks, problems = announces == "tasks", announces == "problems"
    listed = False
    out: list[Told] = []
    for start, end in parts:
        for s, e in segments(text, start, end):
            made = list(_in_segment(text, s, e, number, tasks, listed, problems))
            if made:
                out += made
                tasks = not problems
                listed = listed or any(told.listed for told in made)
    return out


def _in_segment(
    text: str, start: int, end: int, number: int | None, tasks: bool, listed: bool, problems: bool
) -> Iterator[Told]:
    """The directives of one semicolon clause of a statement."""
    parts = [look(text, s, e) for s, e in clauses(text, start, end)]
    opened: Clause | None = None
    begin = last = 0
    for i, part in enumerate(parts):
        if opened is not None:
            if _ends_before(part, opened):
                yield _told(text, begin, last, opened, number)
                opened = None
            elif part.cue is not None and _new_theme(part, parts[parts.index(opened) : i]):
                begins = _begin(text, parts, i)
                if begins < part.start and parts[i - 1] is not opened:
                    last = parts[i - 2].end
                yield _told(text, begin, last, opened, number)
                opened, begin = part, max(begins, last)
        if opened is None and _opens(part, parts, i, tasks, listed, problems):
            opened, begin = part, _begin(text, parts, i)
        last = part.end
    if opened is not None:
        yield _told(text, begin, last, opened, number)


def _told(text: str, begin: int, end: int, opened: Clause, number: int | None) -> Told:
    begin, end = trimmed(text, begin, end)
    return Told(begin, end, number, opened.cue, opened.strength, opened.enumerated)


def _ends_before(part: Clause, opened: Clause) -> bool:
    return part.shows("aside") and part.cue_name != "listed" and not opened.rest_shows("knowing")


# Cues that go on with the theme they follow rather than start a new one.
_GOES_ON = re.compile("^(?:又要|也要|还要|更要|而且要|更|既要|不仅要|不但要|而且要)")


_NOT = ("不是", "不做", "不要", "不能", "不搞", "不当", "不再", "不只")


def _new_theme(part: Clause, so_far: list[Clause]) -> bool:
    """Whether a cue behind a comma starts a directive of its own; `so_far` are the clauses of the one
    before it."""
    if part.enumerated:
        return True
    if part.cue_name == "narrowing" or any(part.shows(name) for name in ("own-subject", "goes-on")):
        return False
    if len(so_far) == 1 and so_far[0].cue is None and so_far[0].shows("joined-object"):
        return False
    if part.cue == so_far[0].cue == "务必" or (not part.subject and so_far[-1].words.startswith(_NOT)):
        return False
    if any(clause.shows("seeing") for clause in so_far):
        return False
    if any("努力做到" in clause.words for clause in [*so_far, part]):
        return False
    if part.cue_name == "forbid" or part.cue == "务必":
        return bool(part.subject) and is_unit(part.subject)
    if _GOES_ON.match(part.cue or ""):
        return is_unit(part.subject)
    return True


# What follows an uncued clause is looked at so far ahead, in clauses; the longest sentence of the corpora has 38.
AHEAD = 60


def _opens(part: Clause, parts: list[Clause], i: int, tasks: bool, listed: bool, problems: bool) -> bool:
    """Whether a directive begins with this clause."""
    if part.shows("call"):
        return False
    if part.cue is not None:
        return True
    if problems or not (tasks or part.enumerated or i == 0 or parts[i - 1].words.startswith("是")):
        return False
    later = parts[i + 1 : i + 1 + AHEAD]
    if i == 0 and _goal(part, later, tasks):
        return True
    if not _may_be_task(part, later, tasks):
        return False
    if _item(part, parts, i, tasks):
        return True
    return _uncued(part, tasks, listed or part.enumerated) and (i == 0 or _only_frames(parts[:i], tasks))


def _goal(part: Clause, later: list[Clause], tasks: bool) -> bool:
    """Whether a clause begins a goal sentence (主要预期目标是…, 到2027年，…), or in a plan names a number."""
    if not (part.shows("goal") or (tasks and part.shows("metric"))):
        return False
    return not any(p.shows("fact") for p in later)


def _may_be_task(part: Clause, later: list[Clause], tasks: bool) -> bool:
    """Whether nothing speaks against an uncued clause: no fact, no subject of a fact, no mere frame."""
    if part.shows("fact") and not (tasks and part.rest_shows("knowing")):
        return False
    if any(p.shows("nominal") for p in later):
        return tasks and part.rest_shows("knowing")
    if _only_purpose(part, later) or _only_frame(part, later):
        return False
    return tasks or part.enumerated or not any(_tells(p) for p in later)


def _item(part: Clause, parts: list[Clause], i: int, tasks: bool) -> bool:
    """Whether a clause is an item of a list of tasks, whatever its words: （二）刀刃向内，补齐短板."""
    if not part.words or is_unit(part.words):
        return False
    if part.enumerated:
        return tasks or (len(part.words) <= SLOGAN and _verb_first(parts, i + 1))
    return tasks and i > 0 and parts[i - 1].enumerated and not parts[i - 1].words


# Headings such as （二）刀刃向内，补齐监管短板 begin with a slogan of at most this many characters.
SLOGAN = 6


def _tells(part: Clause) -> bool:
    return part.cue is None and part.shows("fact")


def _verb_first(parts: list[Clause], i: int) -> bool:
    return i < len(parts) and parts[i].shows("verb-first")


def _only_purpose(part: Clause, later: list[Clause]) -> bool:
    """Whether a clause without cue only says what the cue behind it is for."""
    cued = next((p for p in later if p.cue is not None), None)
    if cued is None or part.enumerated:
        return False
    leaves = cued.cue_name in ("plain", "must", "listed", "weighted") and not cued.subject
    return (leaves or part.shows("purpose-first")) and not part.rest_shows("knowing")


def _only_frame(part: Clause, later: list[Clause]) -> bool:
    """Whether a clause without cue only frames what follows, and that tells no task of its own."""
    joined = first("joins", part.words, part.shown)
    if joined is None or joined.gives != "next" or part.shows("joined-object"):
        return False
    return not later or later[0].cue is not None or not later[0].shows("verb-first")


def _uncued(part: Clause, tasks: bool, listed: bool) -> bool:
    """Whether a clause without cue tells to do something."""
    if part.shows("verb-first"):
        return True
    if tasks and part.shows("doer-first"):
        return True
    return listed and part.shows("thing-first")


def _only_frames(parts: list[Clause], tasks: bool) -> bool:
    """Whether the clauses before are no statement of their own: an enumerator, a topic, facts begun with 是."""
    return all(
        p.shows("enumerator-alone")
        or (p.enumerated and not p.words)
        or p.words.startswith("是")
        or (tasks and rule("openings", "topic").find(p.words))
        for p in parts
    )


def _begin(text: str, parts: list[Clause], i: int) -> int:
    """Where the directive that begins with clause i begins: an enumerator, a topic or a fronted object
    before it belong to it."""
    part = parts[i]
    begin = part.at
    if i and parts[i - 1].cue is None and parts[i - 1].shows("joined-object"):
        return parts[i - 1].start
    if part.subject and part.at != part.start and not rule("openings", "time-or-place").find(part.subject):
        return begin
    while i:
        i -= 1
        before = parts[i]
        if before.enumerated and not before.words:
            return before.start
        if before.cue is not None:
            return begin
        fronted = before.shows("joined-object") or (part.cue_name == "must" and i == 0 and _is_thing(before))
        topic = part.cue is None and before.shows("topic")
        if not (fronted or topic):
            return _behind_enumerator(parts, i, begin)
        begin = before.start
    return begin


def _behind_enumerator(parts: list[Clause], i: int, begin: int) -> int:
    """An enumerator before a frame (其次，在…方面，应该) still begins the directive."""
    frame = parts[i].shows("time-or-place")
    if frame and i and parts[i - 1].enumerated and not parts[i - 1].words:
        return parts[i - 1].start
    return begin


def _is_thing(clause: Clause) -> bool:
    """Whether a clause only names a thing, which the 必须 behind it is about."""
    names = ("verb-first", "time-or-place", "fact", "doer-first")
    named = re.search("的[^，的]{2,6}$", clause.words) or clause.enumerated
    return bool(named) and not is_unit(clause.words) and not any(clause.shows(name) for name in names)
