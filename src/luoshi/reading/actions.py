"""A directive in, its actions out: one thing to do each, with verb, object, and whether it is work or stance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from .directives import Told
from .facts import ActionKind
from .guards import Initials
from .rules import compile_pattern, rule
from .sentences import Offsets, clauses, divide, masked, trimmed
from .signs import opened, signs
from .tables import beginning, first
from .verbs import verb_and_object


class Deed(NamedTuple):
    """An action in offsets of the clean text; `reason` names the rule that told its kind."""

    start: int
    end: int
    verb: str | None
    object: str | None
    kind: ActionKind
    reason: str


class _Piece(NamedTuple):
    """One comma clause without its cue; `before_cue`: it is the object that stands before the cue;
    `paired`: its cue was one of a pair; `signs`: its rules."""

    start: int
    end: int
    before_cue: bool
    paired: bool
    signs: int


# Cues that come in pairs (既要…又要…): each begins an action of its own, whatever its words frame.
_PAIRED = re.compile("(?:既|又|也|还|更)要")


@cache
def _lead() -> re.Pattern[str]:
    """What is taken off the beginning of an action: enumerators, bare cues, joining words."""
    return compile_pattern(
        r"(?:\s*(?:{numeral}(?:是要|要|是|、|则)|{ordinal}(?![时责线次批季年届个位轮名大])(?:，|、)?(?:是要|要|是)?|（{numeral}）|其[一二三四五六]，?要?"
        r"|\d{1,2}[.、．](?!\d)|[①②③④⑤⑥⑦⑧⑨⑩])\s*)?"
        r"(?:(?:同时|并且|并(?!举|行|重|购|网|轨|存)|而且|此外|另外|然后|且(?!行))(?:，)?)?"
        r"(?:(?:特别|尤其)是?要|特别是(?=[^，]{2}.*)|就是要|具体要|重点(?:是)?要|关键(?:是)?要|既要|又要|也要|还要|更要|都要"
        r"|不仅要|不但要|要(?!不得)|必须|务必|务须|一定要|应当|应该|应(?![一-龥]尽)|须|希望)?"
    )


def actions(text: str, told: Told) -> list[Deed]:
    """The actions of a directive, in order."""
    return [_deed(text, group) for group in _joined(text, _pieces(text, told))]


def _pieces(text: str, told: Told) -> list[_Piece]:
    """Comma clauses without their cues; a long list of things to do joined by 、 is divided there."""
    out: list[_Piece] = []
    keeps_cue = False
    keeping = text.find("努力做到", told.start, told.end) >= 0
    parts = clauses(text, told.start, told.end)
    cued = _cued(text, told, parts)
    for i, (start, end) in enumerate(parts):
        if len(out) == 1 and _is_facts_tail(text, told, start, out[0]):
            break
        listed = _listed(text, start, end) if text.count("、", start, end) > 3 else ((start, end),)
        for s, e in listed:
            lead = 0 if keeps_cue and out else _lead_length(text, s, e)
            paired = lead > 1 and bool(_PAIRED.search(text, s, s + lead))
            s, e = trimmed(text, s + lead, e)
            if e > s:
                out.append(_Piece(s, e, i < cued, paired, beginning(text, s, signs(text, s, e))))
        keeps_cue = keeps_cue or (keeping and "努力做到" in text[start:end])
    return out


def _cued(text: str, told: Told, parts: Sequence[Offsets]) -> int:
    """The first clause that holds the cue."""
    for i, (start, end) in enumerate(parts if told.cue else ()):
        if text.find(told.cue or "", start, end) >= 0:
            return i
    return 0


@cache
def _leads() -> Initials:
    return Initials(_lead().pattern)


def _lead_length(text: str, start: int, end: int) -> int:
    if not _leads().has(text[start : start + 1]):
        return 0
    match = _lead().match(text, start, end)
    length = match.end() - start if match else 0
    if length >= 2 and text.startswith("希望", start + length - 2):
        length += _addressee(text[start + length : end])
    return length


def _addressee(words: str) -> int:
    """How many characters behind 希望 name whom it is hoped of."""
    match = rule("joins_lead", "hoped-of").find(words)
    return match.end() if match else 0


def _is_facts_tail(text: str, told: Told, start: int, piece: _Piece) -> bool:
    """Whether what is left behind a 深刻认识 only tells what is to be known."""
    knowing = rule("openings", "knowing")
    if not piece.signs & knowing.bits or not knowing.find(text, piece.start):
        return False
    rest = text[start : told.end]
    known = text[piece.start : piece.end]
    if rule("openings", "seeing").find(known) or rest.startswith(("是", "也是", "更是")):
        return False
    return not rule("openings", "verb-first").find(rest) and "是" in known


def _listed(text: str, start: int, end: int) -> list[Offsets]:
    """A clause divided at 、 where it is a list of at least five things to do."""
    parts = divide(text, start, end, "、")
    verb = rule("openings", "verb-first")
    if len(parts) < 5 or text[start] in "在以把将从对为":
        return [(start, end)]
    if sum(bool(verb.find(text, s, e)) for s, e in parts) < 0.8 * len(parts):
        return [(start, end)]
    if max(e - s for s, e in parts) < 8:
        return [(start, end)]
    out = [trimmed(text, s, e) for s, e in parts]
    last_start, last_end = out[-1]
    at = text.find("以及", last_start, last_end)
    if at > 0:
        out[-1:] = [(last_start, at), (at + 2, last_end)]
    return out


class _Group(NamedTuple):
    """Clauses put together: the stretch, and the clause in it that tells what is done."""

    start: int
    end: int
    main: _Piece


def _joined(text: str, pieces: list[_Piece]) -> list[_Group]:
    """Clauses put together: frames with the one behind, purposes with the one before."""
    out: list[_Group] = []
    pending: int | None = None
    for i, piece in enumerate(pieces):
        role = _role(text, piece, out, i == len(pieces) - 1)
        begin = piece.start if pending is None else pending
        if role == "next":
            pending = begin
        elif role == "back" and out and pending is None:
            out[-1] = _Group(out[-1].start, piece.end, out[-1].main)
        else:
            out.append(_Group(begin, piece.end, piece))
            pending = None
    return out


def _role(text: str, piece: _Piece, before: list[_Group], last: bool) -> str:
    """own, next or back (see joins.yaml)."""
    if piece.before_cue and not last:
        return "next"
    if before and _only_sees(text, before[-1].main):
        return "back"
    words = masked(text, piece.start, piece.end)
    if before and words.startswith("谁") and "谁" not in text[before[-1].start : before[-1].end]:
        return "own"
    found = first("joins", words, opened(words, piece.signs))
    role = found.gives if found and found.gives else "own"
    if (role == "next" and (last or piece.paired)) or (role == "back" and _has_own_cue(text, piece.start)):
        return "own"
    return role


def _only_sees(text: str, piece: _Piece) -> bool:
    """Whether a clause ends with what sees or knows (看到), so that the next one says what."""
    seeing = rule("openings", "seeing")
    return bool(piece.signs & seeing.bits and seeing.find(text[piece.start : piece.end]))


def _has_own_cue(text: str, start: int) -> bool:
    """Whether a cue was taken off before this clause (务必让…): then it is a thing to do of its own."""
    return text.endswith(("务必", "必须", "一定要"), 0, start)


def _deed(text: str, group: _Group) -> Deed:
    start, end, _, _, seen = group.main
    main = text[start:end]
    found = first("kinds", main, seen)
    kind: ActionKind = "stance" if found and found.gives == "stance" else "work"
    if group.start < start and text.startswith("对", group.start):
        verb, thing = verb_and_object(text[group.start : end])
    else:
        verb, thing = verb_and_object(main, seen)
    return Deed(group.start, group.end, verb, thing, kind, found.name if found else "nothing says stance")
