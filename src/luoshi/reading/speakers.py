"""The words before a verb of saying in, who speaks out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .people import names_in
from .rules import rule
from .sentences import Offsets

# Whom 他 or 她 means: looked for only where it is asked.
Whom = Callable[[], str | None]
# The meeting itself speaks: 会议, 大会, 全会 alike.
MEETING = "会议"


# What may stand before a speaker.
_LEAD = re.compile("^(?:并|还|同时|随后|最后|对此|为此|会上|会后|会前|其中|据悉|他们?在会上)+，?")
_DAY = re.compile(r"^(?:(?:\d{1,4}年)?\d{1,2}月\d{1,2}日(?:上午|下午)?)")


def speaker(prefix: str, text: str, before: Sequence[Offsets], person: Whom) -> str | None:
    """Who speaks, from the words before the verb; looked for in the clauses before where there are none.

    None when the words before the verb are no speaker, so that there is no attribution.
    """
    who = rule("speech", "circumstance").pattern.sub("", prefix).strip(" ，“")
    who = _LEAD.sub("", who)
    if rule("speech", "not-speaker").find(who):
        return None
    if not who or who in ("会上", "会"):
        return _earlier(text, before, person) if not prefix or who == "" else MEETING
    if who in ("他", "她"):
        return _nearest_person(text, before) or person() or who
    if rule("speech", "meeting").find(who):
        return MEETING
    names = [name for _, name in names_in(who)]
    if names:
        return last_run(who, names_in(who))
    if rule("speech", "group").find(who):
        return who
    return None


def last_run(who: str, names: Sequence[tuple[int, str]]) -> str:
    """The names joined by 、 that stand last: 王某某、李某某."""
    run = [names[-1]]
    for at in reversed(names[:-1]):
        if at[0] + len(at[1]) == run[0][0] - 1 and who[run[0][0] - 1] in "、和与":
            run.insert(0, at)
        else:
            break
    return "、".join(name for _, name in run)


def _nearest_person(text: str, before: Sequence[Offsets]) -> str | None:
    """The first person named in the clauses before, whom a pronoun in the same sentence means."""
    for start, end in before:
        names = names_in(text[start:end])
        if names:
            return names[0][1]
    return None


def _earlier(text: str, before: Sequence[Offsets], person: Whom) -> str | None:
    """The subject of the clauses before: the meeting where they tell of one, else their last person."""
    said = [text[s:e] for s, e in before]
    if not said:
        return MEETING
    if any(rule("speech", "holds-meeting").find(clause) for clause in said):
        return MEETING
    for clause in said:
        names = names_in(clause)
        if names:
            return names[-1][1]
        if clause.startswith(("会议", "全会", "大会")):
            return MEETING
        if clause.startswith(("他", "她")):
            return person()
    return MEETING if any("会" in clause for clause in said) else person()


def narrated(text: str, before: Sequence[Offsets], person: Whom) -> str | None:
    """The speaker of a 要求 in mid-sentence: only where the clauses before name a person or a meeting."""
    for s, e in before:
        issuer = rule("speech", "issues").find(text[s:e])
        if issuer:
            return issuer.group("who")
    told = any(
        names_in(text[s:e])
        or text.startswith(("会议", "他", "她", "大会", "全会"), s, e)
        or rule("speech", "holds-meeting").find(text[s:e])
        for s, e in before
    )
    return _earlier(text, before, person) if told else None


def announcer(words_: str, person: Whom) -> str | None:
    """Who announces a list: the last clause with a subject says."""
    for clause in reversed(words_.split("，")):
        clause = _DAY.sub("", clause)
        if clause.startswith(("会议", "全会", "大会", "会上")):
            return MEETING
        if clause.startswith(("他", "她")):
            return person()
        names = names_in(clause)
        if names:
            return last_run(clause, names)
    return MEETING if "会" in words_ else person()
