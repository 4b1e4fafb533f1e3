"""Statements and their sentences in, directives out: where each begins and ends, and by which cue.

A directive begins at its cue (要, 必须 …), or at its first word where the cue is inherited: behind ；,
behind an enumerator, or in a later sentence of a statement that already gave a task. It ends before 。
or ；, at a comma where a new cue starts a new theme, and before an aside that only explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .rules import alternation, first, rule, rules
from .sentences import Offsets, Sentence, clauses, masked, segments, trimmed
from .speech import Said


@dataclass(frozen=True, slots=True)
class Told:
    """A directive in offsets of the clean text: its statement (index, None outside any), its cue with
    the strength the cue has, and whether the cue was inherited."""

    start: int
    end: int
    statement: int | None
    cue: str | None
    strength: str | None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One comma clause: its words behind an enumerator, its cue if any, the rest behind the cue.

    `at` is where a directive that begins with this clause begins; `subject` the words before the cue.
    """

    start: int
    end: int
    words: str
    rest: str
    at: int
    cue: str | None
    strength: str | None
    cue_name: str | None
    subject: str
    enumerated: bool


def directives(text: str, found: list[Sentence], said: list[Said]) -> list[Told]:
    """All directives of a body, in order.

    Only what is said by somebody counts; where nobody is named in the whole body (a plain document), all
    of it counts.
    """
    out: list[Told] = []
    if not said:
        whole = [(s.start, s.end) for s in found]
        return list(_in_statement(text, whole, None, None))
    for number, statement in enumerate(said):
        inner = [(s.start, s.end) for s in said if s is not statement and _holds(statement, s)]
        parts = _own_sentences(found, statement, inner)
        out.extend(_in_statement(text, parts, number, statement.announces))
    return sorted(out, key=lambda d: d.start)


def _holds(outer: Said, inner: Said) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner.nested


def _own_sentences(found: list[Sentence], said: Said, inner: list[Offsets]) -> list[Offsets]:
    """The sentences of a statement, clipped to it, without those that a relayed statement takes."""
    out = []
    for sentence in found:
        start, end = max(sentence.start, said.start), min(sentence.end, said.end)
        taken = any(s < end and start < e for s, e in inner)
        if start < end and not taken:
            out.append((start, end))
    return out


def _in_statement(
    text: str, parts: list[Offsets], number: int | None, announces: str | None
) -> Iterator[Told]:
    tasks = announces == "tasks"
    listed = False
    for start, end in parts:
        inherited = False
        for s, e in segments(text, start, end):
            made = list(_in_segment(text, s, e, tasks or inherited, listed, announces == "problems"))
            for told in made:
                yield replace(told, statement=number)
            if made and announces != "problems":
                tasks = inherited = True
            listed = listed or any(told.listed for told in made)


def look(text: str, start: int, end: int) -> Clause:
    """One comma clause, looked at from its words."""
    words = masked(text, start, end)
    enumerator = rule("openings", "enumerator").find(words)
    behind = enumerator.end() if enumerator else 0
    cue = _cue(words)
    if cue is None:
        rest = words[behind:]
        return Clause(start, end, rest, rest, start, None, None, None, "", bool(enumerator))
    name, strength, at, stop = cue
    subject = words[behind:at] if at >= behind else ""
    begins = start if at <= behind else start + at
    if subject and _inside(subject, words[stop:], words[at:stop]):
        begins = start
    enumerated = bool(enumerator) or name == "listed"
    return Clause(
        start, end, words[behind:], words[stop:], begins, words[at:stop], strength, name, subject, enumerated
    )


def _cue(words: str) -> tuple[str, str | None, int, int] | None:
    """Name, strength and place of the earliest cue of a clause, the longest where two begin together."""
    best: tuple[str, str | None, int, int] | None = None
    for each in rules("cues"):
        match = each.pattern.search(words)
        if match and (
            best is None or match.start() < best[2] or (match.start() == best[2] and match.end() > best[3])
        ):
            best = (each.name, each.gives, *match.span())
    if best and best[0] != "listed" and _embedded(words[: best[2]], words[best[3] :]):
        return None
    if best and best[0] in ("plain", "should") and not _can_be_subject(words[: best[2]]):
        return None
    return best


def _embedded(before: str, rest: str) -> bool:
    """Whether a cue stands deep inside a list of things to do, or in an attribute (党要管党的要求)."""
    verb_first = rule("openings", "verb-first").pattern
    if verb_first.match(before) and rule("openings", "attribute-end").find(rest):
        return True
    if "、" not in before or rule("openings", "joined-object").find(before):
        return False
    first_piece = before.split("、")[0]
    return bool(verb_first.match(first_piece)) and not is_unit(first_piece)


def _can_be_subject(before: str) -> bool:
    """Whether what stands before a cue leaves it a cue: no finished event (取得了…还要), no condition."""
    return not re.search("(?<!为)(?<!除)了|如果|即使|只有|无论|不管|需|怎么|如何|什么|想|所|就是说", before)


def _inside(subject: str, rest: str, cue: str) -> bool:
    """Whether the words before a cue belong to the directive: they are its object, not who must do it."""
    if rule("openings", "time-or-place").find(subject):
        return False
    if rule("openings", "joined-object").find(subject):
        return True
    if is_unit(subject):
        return False
    if cue.startswith(("都", "均", "一律")) or "不" in cue or "严禁" in cue:
        return True
    return bool(rule("openings", "intransitive").find(rest))


def is_unit(subject: str) -> bool:
    """Whether words name somebody who can be told to do something (各县区, 党员干部, 我们)."""
    subject = subject.strip()
    if re.match("各(?:单位|部门|级|地|县|区|市|镇|乡|学院|有关|相关|职能)", subject):
        return True
    bare = re.sub(rf"(?:{alternation('adverb')}|都|均|，|特别是.*|尤其是.*|等|和|及|以及)+$", "", subject)
    return bool(re.search(rf"{alternation('unit_end')}$", bare))


def _in_segment(text: str, start: int, end: int, tasks: bool, listed: bool, problems: bool) -> Iterator[Told]:
    """The directives of one semicolon clause."""
    parts = [look(text, s, e) for s, e in clauses(text, start, end)]
    opened: Clause | None = None
    begin = last = 0
    for i, part in enumerate(parts):
        if opened is not None:
            if _ends_before(part, opened):
                yield _told(text, begin, last, opened)
                opened = None
            elif part.cue is not None and _new_theme(part, parts[parts.index(opened) : i]):
                begins = _begin(text, parts, i)
                if begins < part.start and parts[i - 1] is not opened:
                    last = parts[i - 2].end
                yield _told(text, begin, last, opened)
                opened, begin = part, max(begins, last)
        if opened is None and _opens(part, parts, i, tasks, listed, problems):
            opened, begin = part, _begin(text, parts, i)
        last = part.end
    if opened is not None:
        yield _told(text, begin, last, opened)


def _told(text: str, begin: int, end: int, opened: Clause) -> Told:
    begin, end = trimmed(text, begin, end)
    return Told(begin, end, None, opened.cue, opened.strength, opened.enumerated)


def _ends_before(part: Clause, opened: Clause) -> bool:
    if rule("openings", "knowing").find(opened.rest):
        return False
    return bool(rule("openings", "aside").find(part.words)) and part.cue_name != "listed"


# Cues that go on with the theme they follow rather than start a new one.
_GOES_ON = re.compile("^(?:又要|也要|还要|更要|而且要|更|既要|不仅要|不但要|而且要)")


def _new_theme(part: Clause, so_far: list[Clause]) -> bool:
    """Whether a cue behind a comma starts a directive of its own; `so_far` are the clauses of the one
    before it."""
    if part.enumerated:
        return True
    if part.cue_name == "narrowing" or any(
        rule("openings", name).find(part.words) for name in ("own-subject", "goes-on")
    ):
        return False
    if len(so_far) == 1 and so_far[0].cue is None and rule("openings", "joined-object").find(so_far[0].words):
        return False
    if part.cue == so_far[0].cue == "务必" or (not part.subject and re.match("不(?:是|做|要|能|搞|当|再|只)", so_far[-1].words)):
        return False
    if any(rule("openings", "seeing").find(clause.words) for clause in so_far):
        return False
    if any("努力做到" in clause.words for clause in [*so_far, part]):
        return False
    if part.cue_name == "forbid":
        return bool(part.subject) and is_unit(part.subject)
    if _GOES_ON.match(part.cue or ""):
        return is_unit(part.subject)
    return True


def _opens(part: Clause, parts: list[Clause], i: int, tasks: bool, listed: bool, problems: bool) -> bool:
    """Whether a directive begins with this clause."""
    if rule("openings", "call").find(part.words):
        return False
    if part.cue is not None:
        return True
    if problems:
        return False
    knowing = bool(rule("openings", "knowing").find(part.rest))
    if rule("openings", "fact").find(part.words) and not (tasks and knowing):
        return False
    if any(rule("openings", "nominal").find(p.words) for p in parts[i + 1 :]):
        return tasks and knowing
    if _only_purpose(part, parts[i + 1 :]) or _only_frame(part, parts[i + 1 :]):
        return False
    if not tasks and not part.enumerated and any(_tells(p) for p in parts[i + 1 :]):
        return False
    if part.enumerated and part.words and not is_unit(part.words):
        if tasks or (len(part.words) <= SLOGAN and _verb_first(parts, i + 1)):
            return True
    if tasks and i and parts[i - 1].enumerated and not parts[i - 1].words and not is_unit(part.words):
        return True
    may = tasks or part.enumerated or i == 0 or parts[i - 1].words.startswith("是")
    if not may or not _uncued(part, tasks, listed or part.enumerated):
        return False
    return i == 0 or _only_frames(parts[:i], tasks)


# Headings such as （二）刀刃向内，补齐监管短板 begin with a slogan of at most this many characters.
SLOGAN = 6


def _tells(part: Clause) -> bool:
    return part.cue is None and bool(rule("openings", "fact").find(part.words))


def _verb_first(parts: list[Clause], i: int) -> bool:
    return i < len(parts) and bool(rule("openings", "verb-first").find(parts[i].words))


def _only_purpose(part: Clause, later: list[Clause]) -> bool:
    """Whether a clause without cue only says what the cue behind it is for."""
    cued = next((p for p in later if p.cue is not None), None)
    if cued is None or part.enumerated or rule("openings", "knowing").find(part.rest):
        return False
    if rule("openings", "purpose-first").find(part.words):
        return True
    return cued.cue_name in ("plain", "must", "listed", "weighted") and not cued.subject


def _only_frame(part: Clause, later: list[Clause]) -> bool:
    """Whether a clause without cue only frames what follows, and that tells no task of its own."""
    joined = first("joins", part.words)
    if joined is None or joined.gives != "next" or rule("openings", "joined-object").find(part.words):
        return False
    return not later or later[0].cue is not None or not rule("openings", "verb-first").find(later[0].words)


def _uncued(part: Clause, tasks: bool, listed: bool) -> bool:
    """Whether a clause without cue tells to do something."""
    if rule("openings", "verb-first").find(part.words):
        return True
    if tasks and rule("openings", "doer-first").find(part.words):
        return True
    return listed and bool(rule("openings", "thing-first").find(part.words))


def _only_frames(parts: list[Clause], tasks: bool) -> bool:
    """Whether the clauses before are no statement of their own: an enumerator, a topic, facts begun with 是."""
    return all(
        rule("openings", "enumerator-alone").find(p.words)
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
    if part.subject and part.at != part.start and not rule("openings", "time-or-place").find(part.subject):
        return begin
    while i:
        i -= 1
        before = parts[i]
        if before.enumerated and not before.words:
            return before.start
        if before.cue is not None:
            return begin
        fronted = rule("openings", "joined-object").find(before.words) or (
            part.cue_name == "must" and i == 0 and _is_thing(before)
        )
        topic = part.cue is None and rule("openings", "topic").find(before.words)
        if not (fronted or topic):
            return _behind_enumerator(parts, i, begin)
        begin = before.start
    return begin


def _behind_enumerator(parts: list[Clause], i: int, begin: int) -> int:
    """An enumerator before a frame (其次，在…方面，应该) still begins the directive."""
    frame = rule("openings", "time-or-place").find(parts[i].words)
    if frame and i and parts[i - 1].enumerated and not parts[i - 1].words:
        return parts[i - 1].start
    return begin


def _is_thing(clause: Clause) -> bool:
    """Whether a clause only names a thing, which the 必须 behind it is about."""
    names = ("verb-first", "time-or-place", "fact", "doer-first")
    return not is_unit(clause.words) and not any(
        rule("openings", name).find(clause.words) for name in names
    )
