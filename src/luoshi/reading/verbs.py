"""The main clause of an action in, its verb and its object out; None where the words do not show them.

The order of a clause is frame (在…上, 对…, 按…, 年底前), adverbs, verb, object; 把 and 将 put the object before
the verb, and 对 does so where nothing stands behind the verb (对不达标工地一律整改).
"""

from __future__ import annotations

import re
from functools import cache

from .guards import Initials
from .rules import compile_pattern, rule, words

_FRAME_VERBS = frozenset(words("frame_verb"))
Found = tuple[str | None, str | None]


@cache
def _verb() -> re.Pattern[str]:
    """Adverbs, then a verb: a known one, or one of one character with its complement (扎紧; 压 in 压到)."""
    known = "(?:{other_verb}|{verb}|{short_verb}{result})"
    # A second verb ends the clause: no more words than it has stand behind the first.
    longest = max(map(len, (*words("other_verb"), *words("verb"))))
    ends = f"(?=.{{1,{longest}}}$)"
    joined = f"(?:{ends}(?<!{{whole_verb}})(?:{{other_verb}}|{{verb}})$|(?:和|、){{verb}}(?=.))?"
    done = "(?:好|实(?![施行现际])|牢|细(?!化))?"
    alone = "{short_verb}(?={preposition}|着|一{short_verb})"
    return compile_pattern(
        rf"(?:{{adverb}}(?:地|、)?)*(?P<verb>{known}{joined}{done}|{alone})(?!的)(?P<rest>.*)",
    )


@cache
def _bare() -> re.Pattern[str]:
    """A verb of one character at the very beginning: 管资金."""
    return compile_pattern(r"(?:{adverb}(?:地|、)?)*(?P<verb>{short_verb})(?P<rest>.*)")


@cache
def _fronted() -> tuple[re.Pattern[str], ...]:
    """把 or 将, the object, the verb: the surest verb first."""
    before = r"[^把将]{0,14}?(?:把|将)(?P<object>.{2,}?)(?:{adverb}|进行|逐条|一并)*"
    last = r"[^把将]{0,14}?(?:把|将)(?P<object>.{2,})"
    return tuple(
        map(
            compile_pattern,
            (
                before + "(?P<verb>{fronting_verb}|报(?=[省市县区州厅局委办政]))",
                before + "(?P<verb>{other_verb}|{verb})(?={preposition})",
                before + "(?P<verb>{short_verb})(?={preposition}|回|上)(?!.的)",
                last + "(?:{adverb})*(?P<verb>{other_verb}|{verb}|{short_verb}(?:{result}|上))(?!的)",
            ),
        )
    )


@cache
def _toward() -> re.Pattern[str]:
    """对 with its object, then what is done to it."""
    return compile_pattern(
        r"(?:[^对]{2,12}，)?(?:对于|对)(?P<object>.{2,}?)(?:，|要|一律|必须|予以|进行|(?={adverb})|(?=逐))(?P<rest>.+)$"
    )


def _bare_or_verb(clause: str) -> re.Match[str] | None:
    """The verb at the very beginning of a clause, which may have one character alone."""
    return _verb().match(clause) or _bare().match(clause)


@cache
def _framing() -> int:
    """The signs of what is taken off the beginning of a clause."""
    return sum(rule("verbs", name).bits for name in ("modal", "time", "place"))


def verb_and_object(main: str, signs: int | None = None) -> Found:
    """The verb of a main clause and what it is about; `signs`: those that a clause with its first
    character can have, where they are known."""
    if signs is None or signs & _framing():
        for frame in ("modal", "time", "place", "modal"):
            if found := rule("verbs", frame).find(main):
                main = main[found.end() :]
    for pattern in _fronted() if "把" in main or "将" in main else ():
        if match := pattern.match(main):
            return match["verb"], match["object"].strip("，")
    toward = _toward().match(main) if "对" in main else None
    if toward:
        verb, thing = _plain(toward["rest"].lstrip("，要"))
        if verb:
            return verb, thing or toward["object"].strip("，")
    return _plain(main)


@cache
def _frames() -> Initials:
    return Initials(rule("verbs", "frame").pattern.pattern)


def _plain(clause: str) -> Found:
    """Verb and object where the object stands behind: the first verb that is no frame, else the frame's own."""
    spare: Found = (None, None)
    position = 0
    while position < len(clause):
        if position == 0 and _frames().has(clause[:1]) and rule("verbs", "frame").find(clause):
            position = 1
        match = (_bare_or_verb(clause) if position == 0 else None) or _verb().search(clause, max(position, 1))
        if not match:
            break
        rest = match["rest"].lstrip("了着过 ")
        found = match["verb"], None if rest.startswith(("、", "，")) else rest or None
        if match["verb"] not in _FRAME_VERBS:
            return found
        spare = spare if spare[0] else found
        position = match.end("verb")
    return spare
