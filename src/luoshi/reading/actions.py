"""A directive in, its actions out: one thing to do each, with verb, object, and whether it is work or stance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .directives import Told
from .facts import ActionKind
from .rules import compile_pattern, first, rule
from .sentences import Offsets, clauses, divide, trimmed


@dataclass(frozen=True, slots=True)
class Deed:
    """An action in offsets of the clean text; `reason` names the rule that told its kind."""

    start: int
    end: int
    verb: str | None
    object: str | None
    kind: ActionKind
    reason: str


@cache
def _lead() -> re.Pattern[str]:
    """What is taken off the beginning of an action: enumerators, bare cues, joining words."""
    return compile_pattern(
        r"(?:\s*(?:{numeral}(?:是要|要|是|、|则)|{ordinal}(?:，|、)?(?:是要|要|是)?|（{numeral}）|其[一二三四五六]，?要?"
        r"|\d{1,2}[.、．](?!\d)|[①②③④⑤⑥⑦⑧⑨⑩])\s*)?"
        r"(?:(?:同时|并且|并(?!举|行|重|购|网|轨|存)|以及|而且|此外|另外|然后|且(?!行))(?:，)?)?"
        r"(?:(?:特别|尤其)是?要|特别是(?=[^，]{2}.*)|就是要|具体要|重点(?:是)?要|关键(?:是)?要|既要|又要|也要|还要|更要|都要"
        r"|不仅要|不但要|要(?!不得)|必须|务必|务须|一定要|应当|应该|应(?![一-龥]尽)|须|希望)?"
    )


def actions(text: str, told: Told) -> list[Deed]:
    """The actions of a directive, in order."""
    pieces = _pieces(text, told)
    spans = _joined(text, pieces)
    return [_deed(text, start, end) for start, end in spans]


def _pieces(text: str, told: Told) -> list[Offsets]:
    """Comma clauses without their cues; a long list of things to do joined by 、 is divided there."""
    out: list[Offsets] = []
    keeps_cue = False
    for start, end in clauses(text, told.start, told.end):
        if _is_facts_tail(text, told, start, out):
            break
        listed = _listed(text, start, end)
        for s, e in listed:
            lead = 0 if keeps_cue and out else _lead_length(text, s, e)
            s, e = trimmed(text, s + lead, e)
            if e > s:
                out.append((s, e))
        keeps_cue = keeps_cue or "努力做到" in text[start:end]
    return out


def _lead_length(text: str, start: int, end: int) -> int:
    match = _lead().match(text, start, end)
    length = match.end() - start if match else 0
    if text.startswith("希望", start + length - 2) and length >= 2:
        length += _addressee(text[start + length : end])
    return length


def _addressee(words: str) -> int:
    """How many characters behind 希望 name whom it is hoped of."""
    match = rule("joins_lead", "hoped-of").pattern.match(words)
    return match.end() if match else 0


def _is_facts_tail(text: str, told: Told, start: int, out: list[Offsets]) -> bool:
    """Whether what is left of a 深刻认识 only tells what is to be known."""
    if len(out) != 1 or not rule("openings", "knowing").pattern.match(text, out[0][0]):
        return False
    rest = text[start : told.end]
    if rule("openings", "seeing").pattern.search(text[out[0][0] : out[0][1]]):
        return False
    return not rule("openings", "verb-first").pattern.match(rest) and "是" in text[out[0][0] : out[0][1]]


def _listed(text: str, start: int, end: int) -> list[Offsets]:
    """A clause divided at 、 where it is a list of at least five things to do."""
    parts = divide(text, start, end, "、")
    verb = rule("openings", "verb-first").pattern
    if len(parts) < 5 or sum(bool(verb.match(text, s, e)) for s, e in parts) < len(parts) - 1:
        return [(start, end)]
    if max(e - s for s, e in parts) < 8:
        return [(start, end)]
    out = [trimmed(text, s, e) for s, e in parts]
    last_start, last_end = out[-1]
    at = text.find("以及", last_start, last_end)
    if at > 0:
        out[-1:] = [(last_start, at), (at + 2, last_end)]
    return out


def _joined(text: str, pieces: list[Offsets]) -> list[Offsets]:
    """Clauses put together: frames with the one behind, purposes with the one before."""
    out: list[Offsets] = []
    pending: int | None = None
    for i, (start, end) in enumerate(pieces):
        role = _role(text, start, end, out, i == len(pieces) - 1)
        if role == "back" and out and pending is None:
            out[-1] = (out[-1][0], end)
        elif role == "next":
            pending = start if pending is None else pending
        else:
            out.append((start if pending is None else pending, end))
            pending = None
    if pending is not None:
        out.append((pending, pieces[-1][1]))
    return out


def _role(text: str, start: int, end: int, before: list[Offsets], last: bool) -> str:
    """own, next or back (see joins.yaml)."""
    words = text[start:end]
    if before and rule("openings", "seeing").pattern.search(
        text[before[-1][0] : before[-1][1]].split("，")[0]
    ):
        return "back"
    if before and words.startswith("谁") and "谁" not in text[before[-1][0] : before[-1][1]]:
        return "own"
    found = first("joins", words)
    role = found.gives if found and found.gives else "own"
    if role == "next" and last:
        return "own"
    if role == "back" and _has_own_cue(text, start):
        return "own"
    return role


def _has_own_cue(text: str, start: int) -> bool:
    """Whether a cue was taken off before this clause (务必让…): then it is a thing to do of its own."""
    return text.endswith(("务必", "必须", "一定要"), 0, start)


def _deed(text: str, start: int, end: int) -> Deed:
    words = text[start:end]
    found = first("kinds", words)
    kind: ActionKind = "stance" if found and found.gives == "stance" else "work"
    verb, thing = verb_and_object(words)
    return Deed(start, end, verb, thing, kind, found.name if found else "nothing says stance")


@cache
def _verb_pattern() -> re.Pattern[str]:
    return compile_pattern(
        r"(?:{adverb}(?:地|、)?)*(?P<verb>{verb}(?:和{verb}|、{verb})?)(?P<object>.*)",
    )


def verb_and_object(words: str) -> tuple[str | None, str | None]:
    """The main verb of an action and what it is about, None where the words do not show them.

    Frames before the main clause are passed over; 把 and 将 put the object before the verb.
    """
    parts = words.split("，")
    main = next((p for p in parts if (first("joins", p) or _OWN).gives not in ("next", "back")), parts[0])
    fronted = re.match("(?:[^，把将]{0,8})(?:把|将)(?P<object>[^，]+)$", main)
    if fronted:
        inner = _last_verb(fronted.group("object"))
        if inner:
            return inner
    match = _verb_pattern().match(main)
    if not match:
        return None, None
    thing = match.group("object").strip("了着过 ，")
    return match.group("verb"), thing or None


def _last_verb(words: str) -> tuple[str, str] | None:
    """Verb and object of 把 + object + verb: the first verb behind at least two characters."""
    pattern = compile_pattern("(?:{adverb})*(?P<verb>{verb})")
    for match in pattern.finditer(words, 2):
        return match.group("verb"), words[: match.start()]
    return None


_OWN = rule("joins", "complete")
