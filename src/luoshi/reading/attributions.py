"""A sentence in, its attributions out: where what is said begins, who says it, with which verb.

An attribution is a speaker, perhaps some circumstance, and a verb of saying before a comma or colon
(易某指出，), before a cue (强调要…), or a sentence that announces a list (提出三点要求。一是…).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from .people import name_at, names_in
from .rules import rule, rules
from .sentences import Offsets, Sentence, clauses, trimmed
from .signs import signs
from .speakers import MEETING, Whom, announcer, narrated, speaker
from .tables import beginning, first


class Attribution(NamedTuple):
    """Where what is said begins and who says it.

    `until`: where it ends, if the words themselves show it. `announces`: tasks or problems, where the
    sentence announces a list of them.
    """

    start: int
    speaker: str | None
    verb: str
    announces: str | None = None
    until: int | None = None


@cache
def _bits(*names: str) -> int:
    """The signs of some rules of attributions.yaml."""
    return sum(rule("attributions", name).bits for name in names)


# Who speaks is looked for in so many clauses before the verb; the longest sentence of the corpora has 38.
NEAR = 60


def attributions(
    text: str,
    sentence: Sentence,
    following: Sentence | None,
    person: Whom,
    subject: Whom,
) -> list[Attribution]:
    """The attributions of one sentence; the last one governs what follows. `person` is whom 他 means,
    `subject` who speaks where the sentence begins with the verb."""
    out: list[Attribution] = []
    parts = clauses(text, *without_dateline(text, sentence.start, sentence.end))
    if parts and (alone := _alone(text, parts[0][0], sentence.end, parts[0][1], subject)):
        return [alone]
    for i, (start, end) in enumerate(parts):
        if not signs(text, start, end) & _verbs() and text.find("：", start, end) < 0:
            continue
        found = _in_clause(text, start, end, sentence, parts[max(0, i - NEAR) : i], person)
        if found is None:
            continue
        if out and out[-1].until is None:
            if i and not _may_turn(text, start, end):
                continue
            out[-1] = out[-1]._replace(until=trimmed(text, sentence.start, parts[i - 1][1])[1])
        out.append(found)
    if not out and following is not None:
        announced = _announcement(text, sentence, following, person)
        if announced:
            return [announced]
    return out


def _alone(text: str, start: int, end: int, stop: int, subject: Whom) -> Attribution | None:
    """An attribution whose verb begins the sentence: 要求各地…; whoever spoke before goes on."""
    alone = rule("speech", "asks-alone")
    if not beginning(text, start, signs(text, start, stop + 1)) & alone.bits:
        return None
    match = alone.find(text[start : stop + 1])
    who = subject() if match else None
    if not match or not who:
        return None
    return Attribution(trimmed(text, start + match.end(), end, "，： 　\n“")[0], who, match.group("verb"))


def may_attribute(text: str, sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a sentence shows a sign of an attribution: a verb of saying, or a list behind a colon or behind it."""
    start, end, _ = sentence
    if signs(text, start, end) & _verbs():
        return True
    if following is not None and _starts_list(text, following):
        return True
    # Signs of a list in the sentence itself: a colon, or 任务，包括.
    return text.find("：", start, end) >= 0 or bool(_INCLUDES.search(text, start, end))


def _starts_list(text: str, sentence: Sentence) -> bool:
    start, end, _ = sentence
    starts = rule("speech", "list-starts")
    may = beginning(text, start, signs(text, start, end)) & starts.bits
    return bool(may and starts.find(text, start, end))


_INCLUDES = re.compile("，(?:主要|具体)?包括")


@cache
def _verbs() -> int:
    """The signs of all verbs of saying."""
    return sum(each.bits for each in rules("attributions"))


def _may_turn(text: str, start: int, end: int) -> bool:
    """Whether a second attribution in one sentence is one: it names a speaker of its own."""
    clause = text[start:end]
    names = names_in(clause)
    own = bool(names and len(clause) <= 30) or clause.startswith(("会议", "他", "她"))
    return own and "“" not in clause and clause.endswith(("强调", "指出", "要求", "说", "表示", "认为"))


def without_dateline(text: str, start: int, end: int) -> Offsets:
    """A sentence without the dateline (本报讯（记者 …）) that it may begin with."""
    words = text[start : min(end, start + NEAREST)]
    if "讯" not in words and "电" not in words and "消息" not in words:
        return start, end
    match = _DATELINE.match(text, start, end)
    return (match.end(), end) if match and match.end() < end else (start, end)


# What a dateline ends with (讯, 消息, 电) stands within so many characters.
NEAREST = 16


_DATELINE = re.compile(r"(?:.{0,14}(?:讯|消息|电)\s*(?:（[^）]*）)?\s*[：:]?\s*)(?:本台消息：\s*)?")


def _in_clause(
    text: str,
    start: int,
    end: int,
    sentence: Sentence,
    before: Sequence[Offsets],
    person: Whom,
) -> Attribution | None:
    """The attribution in one comma clause, None if it has none."""
    clause = text[start:end]
    colon = _colon(clause)
    head = clause[:colon] if colon is not None else clause
    at_mark = colon is not None or text[end : end + 1] in "，" or text[end : end + 2] == "。一"
    saying = rule("attributions", "said-before-mark")
    said = at_mark and end < sentence.end and signs(text, start, end) & saying.bits
    match = saying.find(head) if said else None
    if match and not _is_noun(head, match, colon is not None):
        begins = start + colon + 1 if colon is not None else end + 1
        who = speaker(head[: match.start()], text, before, person)
        if who is not None and begins < sentence.end:
            begins = trimmed(text, begins, sentence.end, " 　\n“")[0]
            return Attribution(begins, who, match.group("verb")[:2].replace("说道", "说"))
    if colon is not None and rule("speech", "list-starts").find(clause, colon + 1):
        announced = first("announcements", head)
        who = announcer("，".join([*(text[s:e] for s, e in before), head]), person)
        if announced and who:
            kind = "problems" if announced.name == "no-tasks" else "tasks"
            return Attribution(start + colon + 1, who, announced.gives or "部署", kind)
    return _before_words(text, start, clause, before, person, sentence)


def _colon(clause: str) -> int | None:
    """Where the first colon outside quotations stands."""
    if "：" not in clause:
        return None
    depth = 0
    for i, letter in enumerate(clause):
        depth += (letter in "“《（") - (letter in "”》）")
        if letter == "：" and depth <= 0:
            return i
    return None


def _is_noun(head: str, match: re.Match[str], at_colon: bool = False) -> bool:
    """Whether the word at the end of a clause is a noun (决策部署, 的要求) and not a verb of saying.

    提出要求 with its subject, and 的批示 before a colon, are as good as a verb.
    """
    if rule("speech", "raises").find(head) or (at_colon and head.endswith(("批示", "指示"))):
        return False
    return bool(rule("speech", "noun-not-verb").find(head[: match.end()]))


def _before_words(
    text: str,
    start: int,
    clause: str,
    before: Sequence[Offsets],
    person: Whom,
    sentence: Sentence,
) -> Attribution | None:
    """An attribution without a mark behind it: 强调要…, 张某希望各学院…, 会议决定对…."""
    if "“" in clause[:4]:
        return None
    if not signs(text, start, start + len(clause)) & _bits("said-before-cue", "hopes", "asks", "asks-on"):
        return None
    match = rule("attributions", "said-before-cue").find(clause)
    if match and not _is_noun(clause, match) and not rule("speech", "cue-inside").find(clause[: match.start()]):
        who = speaker(clause[: match.start()], text, before, person)
        if who is not None:
            return Attribution(start + match.end(), who, match.group("verb"))
    name = name_at(clause, 0)
    hopes = rule("attributions", "hopes").find(clause, len(name)) if name else None
    if name and hopes:
        return Attribution(start + hopes.end(), name, hopes.group("verb"))
    asked = rule("attributions", "asks").find(clause)
    if asked and asked.group("who"):
        who = speaker(asked.group("who"), text, before, person)
        if who is not None:
            return Attribution(start + asked.end("verb"), who, asked.group("verb"))
    on = rule("attributions", "asks-on").find(clause) if before else None
    who = narrated(text, before, person) if on else None
    if on and who:
        until = _asked_until(text, start, sentence)
        return Attribution(start + on.end("verb"), who, on.group("verb"), until=until)
    return None


def _asked_until(text: str, start: int, sentence: Sentence) -> int | None:
    """Where a relayed 要求 in mid-sentence ends: at the next 并, 决定, 部署 or semicolon."""
    for match in re.finditer("；|，(?=并|决定|部署|审议|研究|通过)", text[start : sentence.end]):
        return start + match.start()
    return None


def _announcement(text: str, sentence: Sentence, following: Sentence, person: Whom) -> Attribution | None:
    """A sentence that announces a list which the next sentence begins: 就…提出三点要求。一是…."""
    words_ = text[sentence.start : sentence.end]
    listed = rule("speech", "list-starts").find(text[following.start : following.end])
    includes = rule("speech", "includes").find(words_)
    if includes:
        kind = first("announcements", words_)
        start = sentence.start + includes.end()
        return Attribution(start, MEETING, kind.gives if kind and kind.gives else "部署")
    if not listed:
        return None
    announced = first("announcements", words_.rstrip("。："))
    if announced is None:
        return None
    who = announcer(words_, person)
    if who is None:
        return None
    gives = announced.gives or "部署"
    return Attribution(following.start, who, gives, "problems" if announced.name == "no-tasks" else "tasks")
