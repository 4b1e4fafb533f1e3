"""Sentences in, statements out: who said what, from the first word said to the last.

An attribution is a speaker, perhaps some circumstance, and a verb of saying before a comma or colon
(易某指出，), before a cue (强调要…), or a sentence that announces a list (提出三点要求。一是…). What it governs
runs to the sentence before the next attribution or the next sentence of narration, and on into later
paragraphs that only continue it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from .people import name_at, names_in
from .rules import compile_pattern, first, rule, words
from .sentences import Offsets, Sentence, clauses, trimmed

MEETING = "会议"


# Behind a bare name at the beginning of a clause these verbs need no mark: 张某希望各学院….
_HOPES = re.compile("(?:还|最后|同时)?(?P<verb>希望|要求|号召|勉励|叮嘱|寄语|提醒|告诫)(?=[^，：。的]{2})")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in offsets of the clean text, and the kind of its announcement (None, or 'problems'
    where what follows are shortcomings or experiences, no tasks)."""

    start: int
    end: int
    speaker: str | None
    verb: str
    announces: str | None = None
    nested: bool = False


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Where what is said begins, who says it; `until` where the words themselves show their end."""

    start: int
    speaker: str | None
    verb: str
    announces: str | None = None
    until: int | None = None


@cache
def _said_before_mark() -> re.Pattern[str]:
    return compile_pattern("(?P<verb>{say})(?:道|了)?[“]?$")


@cache
def _said_before_cue() -> re.Pattern[str]:
    return compile_pattern(
        "(?P<verb>指出|强调|要求|表示|提出|希望|号召|认为|说)(?=(?:[一二三四五六七八九十]?要|必须|务必)[^求点素闻件])"
    )


def statements(text: str, found: list[Sentence]) -> list[Said]:
    """All statements of a body, in order of their beginning; a relayed one may lie inside another."""
    out: list[Said] = []
    open_said: Said | None = None
    person: str | None = None
    in_list = False
    for number, sentence in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        new_paragraph = number == 0 or found[number - 1].paragraph != sentence.paragraph
        made = attributions(text, sentence, following, person, _last_subject(text, found, number, person))
        if made and open_said and open_said.announces and not _takes_over(made[0]):
            made = []
        if made and open_said and not new_paragraph and _relays(text, sentence, made[0], open_said):
            at = made[0]
            out.append(Said(at.start, sentence.end, at.speaker, at.verb, at.announces, nested=True))
            open_said = replace(open_said, end=sentence.end)
            continue
        if made:
            if open_said:
                out.append(open_said)
            if len(made) == 2 and _is_relay(text, made[0].start, made[1]):
                at = made.pop()
                out.append(Said(at.start, sentence.end, at.speaker, at.verb, nested=True))
                made[0] = replace(made[0], until=None)
            for at in made[:-1]:
                out.append(Said(at.start, at.until or sentence.end, at.speaker, at.verb, at.announces))
            at = made[-1]
            open_said = Said(at.start, at.until or sentence.end, at.speaker, at.verb, at.announces)
            in_list = at.announces is not None
            person = _person(text, sentence) or person
            if at.until is not None:
                out.append(open_said)
                open_said = None
            continue
        if open_said and _continues(text, sentence, open_said, new_paragraph, in_list):
            open_said = replace(open_said, end=sentence.end)
            in_list = in_list or _is_list_item(text, sentence)
        elif open_said:
            out.append(open_said)
            open_said, in_list = None, False
        person = _person(text, sentence) or person
    if open_said:
        out.append(open_said)
    return sorted((s for s in out if s.end > s.start), key=lambda s: (s.start, -s.end))


def attributions(
    text: str,
    sentence: Sentence,
    following: Sentence | None,
    person: str | None,
    subject: str | None = None,
) -> list[_Attribution]:
    """The attributions of one sentence; the last one governs what follows. `person` is whom 他 means,
    `subject` who speaks where the sentence begins with the verb."""
    out: list[_Attribution] = []
    parts = clauses(text, *_without_dateline(text, sentence.start, sentence.end))
    alone = rule("speech", "asks-alone").find(text[parts[0][0] : parts[0][1] + 1]) if parts else None
    if alone and subject:
        begins = trimmed(text, parts[0][0] + alone.end(), sentence.end, "，： 　\n“")[0]
        return [_Attribution(begins, subject, alone.group("verb"))]
    for i, (start, end) in enumerate(parts):
        found = _in_clause(text, start, end, sentence, parts[:i], person, bool(out))
        if found is None:
            continue
        if out and out[-1].until is None:
            if i and not _may_turn(text, start, end):
                continue
            out[-1] = replace(out[-1], until=trimmed(text, sentence.start, parts[i - 1][1])[1])
        out.append(found)
    if not out and following is not None:
        announced = _announcement(text, sentence, following, person)
        if announced:
            return [announced]
    return out


def _last_subject(text: str, found: list[Sentence], number: int, person: str | None) -> str | None:
    """Who a sentence without subject goes on with: the meeting or person of the sentence before."""
    if number == 0:
        return None
    before = found[number - 1]
    if before.paragraph != found[number].paragraph:
        return None
    head = text[before.start : before.end]
    return MEETING if re.match("(?:会议|大会|全会)", head) else person


def _takes_over(at: _Attribution) -> bool:
    """Whether an attribution ends a list in progress: a person or the meeting does, 与会代表认为 does not."""
    return at.speaker == MEETING or bool(names_in(at.speaker or ""))


def _may_turn(text: str, start: int, end: int) -> bool:
    """Whether a second attribution in one sentence is one: it names a speaker of its own."""
    clause = text[start:end]
    names = names_in(clause)
    own = bool(names and len(clause) <= 30) or bool(re.match("会议|他|她", clause))
    return own and "“" not in clause and bool(re.search("(?:强调|指出|要求|说|表示|认为)$", clause))


def _without_dateline(text: str, start: int, end: int) -> Offsets:
    match = re.match(
        r"(?:.{0,14}(?:讯|消息|电)\s*(?:（[^）]*）)?\s*[：:]?\s*)(?:本台消息：\s*)?", text[start:end]
    )
    return (start + match.end(), end) if match and match.end() < end - start else (start, end)


def _in_clause(
    text: str,
    start: int,
    end: int,
    sentence: Sentence,
    before: list[Offsets],
    person: str | None,
    later: bool,
) -> _Attribution | None:
    """The attribution in one comma clause, None if it has none."""
    clause = text[start:end]
    colon = _colon(clause)
    head = clause[:colon] if colon is not None else clause
    at_mark = colon is not None or text[end : end + 1] in "，" or text[end : end + 2] == "。一"
    match = _said_before_mark().search(head) if at_mark and end < sentence.end else None
    if match and not _is_noun(head, match):
        begins = start + colon + 1 if colon is not None else end + 1
        speaker = _speaker(head[: match.start()], text, before, person)
        if speaker is not None and begins < sentence.end:
            begins = trimmed(text, begins, sentence.end, " 　\n“")[0]
            return _Attribution(begins, speaker, match.group("verb")[:2].replace("说道", "说"))
    if colon is not None and rule("speech", "list-starts").find(clause, colon + 1):
        announced = first("announcements", head)
        speaker = _announcer("，".join([*(text[s:e] for s, e in before), head]), person)
        if announced and speaker:
            kind = "problems" if announced.name == "no-tasks" else "tasks"
            return _Attribution(start + colon + 1, speaker, announced.gives or "部署", kind)
    return _before_words(text, start, clause, before, person, sentence)


def _colon(clause: str) -> int | None:
    """Where the first colon outside quotations stands."""
    depth = 0
    for i, letter in enumerate(clause):
        depth += (letter in "“《（") - (letter in "”》）")
        if letter == "：" and depth <= 0:
            return i
    return None


def _is_noun(head: str, match: re.Match[str]) -> bool:
    """Whether the word at the end of a clause is a noun (决策部署, 的要求) and not a verb of saying."""
    return bool(rule("speech", "noun-not-verb").find(head[: match.end()]))


def _before_words(
    text: str,
    start: int,
    clause: str,
    before: list[Offsets],
    person: str | None,
    sentence: Sentence,
) -> _Attribution | None:
    """An attribution without a mark behind it: 强调要…, 张某希望各学院…, 会议决定对…."""
    if "“" in clause[:4]:
        return None
    match = _said_before_cue().search(clause)
    if (
        match
        and not _is_noun(clause, match)
        and not rule("speech", "cue-inside").find(clause[: match.start()])
    ):
        speaker = _speaker(clause[: match.start()], text, before, person)
        if speaker is not None:
            return _Attribution(start + match.end(), speaker, match.group("verb"))
    name = name_at(clause, 0)
    hopes = _HOPES.match(clause, len(name)) if name else None
    if name and hopes:
        return _Attribution(start + hopes.end(), name, hopes.group("verb"))
    asked = rule("speech", "asks").find(clause)
    if asked and asked.group("who"):
        speaker = _speaker(asked.group("who"), text, before, person)
        if speaker is not None:
            return _Attribution(start + asked.end("verb"), speaker, asked.group("verb"))
    on = rule("speech", "asks-on").find(clause) if before else None
    speaker = _narrated_speaker(text, before, person) if on else None
    if on and speaker:
        until = _asked_until(text, start, sentence)
        return _Attribution(start + on.end("verb"), speaker, on.group("verb"), until=until)
    return None


def _narrated_speaker(text: str, before: list[Offsets], person: str | None) -> str | None:
    """The speaker of a 要求 in mid-sentence: only where the clauses before name a person or a meeting."""
    for s, e in before:
        issuer = rule("speech", "issues").find(text[s:e])
        if issuer:
            return issuer.group("who")
    told = any(
        names_in(text[s:e])
        or re.match("会议|他|她|大会|全会", text[s:e])
        or rule("speech", "holds-meeting").find(text[s:e])
        for s, e in before
    )
    return _earlier_speaker(text, before, person) if told else None


def _asked_until(text: str, start: int, sentence: Sentence) -> int | None:
    """Where a relayed 要求 in mid-sentence ends: at the next 并, 决定, 部署 or semicolon."""
    for match in re.finditer("；|，(?=并|决定|部署|审议|研究|通过)", text[start : sentence.end]):
        return start + match.start()
    return None


def _speaker(prefix: str, text: str, before: list[Offsets], person: str | None) -> str | None:
    """Who speaks, from the words before the verb; looked for in the clauses before where there are none.

    None when the words before the verb are no speaker, so that there is no attribution.
    """
    who = rule("speech", "circumstance").pattern.sub("", prefix).strip(" ，“")
    who = re.sub("^(?:并|还|同时|随后|最后|对此|为此|会上|会后|会前|其中|据悉|他们?在会上)+，?", "", who)
    if rule("speech", "not-speaker").find(who):
        return None
    if not who or who in ("会上", "会"):
        return _earlier_speaker(text, before, person) if not prefix or who == "" else MEETING
    if who in ("他", "她"):
        return _nearest_person(text, before) or person or who
    if rule("speech", "meeting").find(who):
        return MEETING
    names = [name for _, name in names_in(who)]
    if names:
        return _last_run(who, names_in(who))
    if rule("speech", "group").find(who):
        return who
    return None


def _last_run(who: str, names: list[tuple[int, str]]) -> str:
    """The names joined by 、 that stand last: 王某某、李某某."""
    run = [names[-1]]
    for at in reversed(names[:-1]):
        if at[0] + len(at[1]) == run[0][0] - 1 and who[run[0][0] - 1] in "、和与":
            run.insert(0, at)
        else:
            break
    return "、".join(name for _, name in run)


def _earlier_speaker(text: str, before: list[Offsets], person: str | None) -> str | None:
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
            return person
    return MEETING if any("会" in clause for clause in said) else person


def _nearest_person(text: str, before: list[Offsets]) -> str | None:
    """The first person named in the clauses before, whom a pronoun in the same sentence means."""
    for start, end in before:
        names = names_in(text[start:end])
        if names:
            return names[0][1]
    return None


def _announcement(
    text: str, sentence: Sentence, following: Sentence, person: str | None
) -> _Attribution | None:
    """A sentence that announces a list which the next sentence begins: 就…提出三点要求。一是…."""
    words_ = text[sentence.start : sentence.end]
    listed = rule("speech", "list-starts").find(text[following.start : following.end])
    includes = rule("speech", "includes").find(words_)
    if includes:
        kind = first("announcements", words_)
        start = sentence.start + includes.end()
        return _Attribution(start, MEETING, kind.gives if kind and kind.gives else "部署")
    if not listed:
        return None
    announced = first("announcements", words_.rstrip("。："))
    if announced is None:
        return None
    speaker = _announcer(words_, person)
    if speaker is None:
        return None
    gives = announced.gives or "部署"
    return _Attribution(
        following.start, speaker, gives, "problems" if announced.name == "no-tasks" else "tasks"
    )


def _announcer(words_: str, person: str | None) -> str | None:
    """Who announces a list: the last clause with a subject says."""
    for clause in reversed(re.split("[，]", words_)):
        clause = re.sub(r"^(?:(?:\d{1,4}年)?\d{1,2}月\d{1,2}日(?:上午|下午)?)", "", clause)
        if re.match("会议|全会|大会|会上", clause):
            return MEETING
        if re.match("他|她", clause):
            return person
        names = names_in(clause)
        if names:
            return _last_run(clause, names)
    return MEETING if "会" in words_ else person


def _relays(text: str, sentence: Sentence, at: _Attribution, open_said: Said) -> bool:
    """Whether an attribution inside a statement only relays somebody above: 习某某总书记强调, 中央…会议指出."""
    head = text[sentence.start : at.start]
    return at.speaker != open_said.speaker and bool(rule("speech", "relayed").find(head))


def _is_relay(text: str, start: int, at: _Attribution) -> bool:
    """Whether what is said begins with somebody else's words: 王某指出，习某某总书记强调，…."""
    return bool(rule("speech", "relayed").find(text[start : at.start]))


def _person(text: str, sentence: Sentence) -> str | None:
    """The person a later 他 or 她 means: the first subject of the sentence that is a name."""
    start, end = _without_dateline(text, sentence.start, sentence.end)
    for s, e in clauses(text, start, end):
        names = names_in(text[s:e])
        if names:
            return names[0][1] if names[0][0] == 0 else names[-1][1]
    return None


def _is_list_item(text: str, sentence: Sentence) -> bool:
    return bool(rule("speech", "list-begins").find(text[sentence.start : sentence.end]))


def _continues(text: str, sentence: Sentence, said: Said, new_paragraph: bool, in_list: bool) -> bool:
    """Whether a sentence without attribution still belongs to the statement before it."""
    words_ = text[sentence.start : sentence.end]
    if _is_list_item(text, sentence):
        return True
    if rule("speech", "narration").find(words_):
        return False
    names = names_in(words_[:12])
    if names and names[0][0] == 0 and rule("speech", "narrates").find(words_, len(names[0][1])):
        return False
    if not new_paragraph:
        return True
    if rule("speech", "goes-on").find(words_):
        return True
    return in_list and not rule("speech", "new-topic").find(words_)


def speech_verbs() -> tuple[str, ...]:
    """The verbs of saying, for the documentation."""
    return words("say")
