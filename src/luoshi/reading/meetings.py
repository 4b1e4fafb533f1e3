"""Sentences, statements and people of a report in, the meetings that it reports out.

A meeting counts when the report tells that it was held (GUIDELINES, "Meetings"); one whose spirit is only
passed on is a relay of it. Chairs, speakers and attendees stand in the sentences of narration; whoever has
a reported statement of the meeting is a speaker too. A chair who also speaks is a chair only.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cache

from .attributions import without_dateline
from .people import names_in
from .posts import in_sentence
from .rules import rule
from .sentences import Offsets, Sentence, clauses, masked, trimmed
from .signs import signs
from .speech import Said
from .stretches import Stretches
from .times import event_day

# What the name of a meeting or of its convener shows of its level; the first sign found counts.
LEVELS = (
    ("country", ("全国", "国务院", "中央", "中共")),
    ("institution", ("校", "学院", "大学", "医院", "公司", "集团")),
    ("county", ("经开区", "高新区", "开发区", "新区")),
    ("province", ("省", "自治区")),
    ("city", ("市", "州")),
    ("county", ("县", "区")),
    ("township", ("乡", "镇", "街道")),
)


@dataclass(slots=True)
class Held:
    """A meeting in offsets of the clean text; what the report does not say is None or empty."""

    start: int
    name: Offsets | None
    date: str | None = None
    video: bool = False
    convener: str | None = None
    place: str | None = None
    chairs: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    attendees: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    presenters: list[str] = field(default_factory=list)
    relays: list[tuple[str, int, int]] = field(default_factory=list)

    def level(self, text: str) -> str | None:
        """From who called it or what it is called; None where neither shows it."""
        for words in (self.convener or "", text[slice(*self.name)] if self.name else ""):
            for level, shown in LEVELS:
                if any(word in words[:8] for word in shown):
                    return level
        return None


def meetings(text: str, found: list[Sentence], said: list[Said], published: datetime.date | None) -> list[Held]:
    """The meetings of a report in the order in which they are told."""
    teller = _Teller(text, published)
    spoken = Stretches((s.start, s.end) for s in said)
    for sentence in found:
        heard = [said[i] for i in spoken.meeting(sentence.start, sentence.end)]
        for start, end in _narrated(text, sentence, heard):
            teller.hear(start, end)
    for statement in said:
        teller.spoke(statement)
    return teller.finished()


def _narrated(text: str, sentence: Sentence, said: list[Said]) -> list[Offsets]:
    """The stretches of a sentence that nobody says: before, between and behind what is said in it."""
    if any(statement.start <= sentence.start and sentence.end <= statement.end for statement in said):
        return []
    out: list[Offsets] = []
    position = without_dateline(text, sentence.start, sentence.end)[0]
    for statement in said:
        if statement.start < sentence.end and position < statement.end:
            if statement.start > position:
                out.append((position, statement.start))
            position = max(position, statement.end)
    if position < sentence.end:
        out.append((position, sentence.end))
    return out


# What somebody who is not there has said in.
_WRITTEN = ("指示", "批示", "来信", "贺信")
_CHAIRED_ON = re.compile(r"\d{1,2}日主持")


class _Teller:
    """Goes through the narration, sentence by sentence; roles go to the meeting told of last."""

    def __init__(self, text: str, published: datetime.date | None) -> None:
        self.text, self.published = text, published
        self.held: list[Held] = []
        self.date: str | None = None
        self.person: list[str] = []
        self.writers: set[str] = set()

    def hear(self, start: int, end: int) -> None:
        """Take in one stretch of narration."""
        seen = signs(self.text, start, end)
        if seen & _bits("held", "took-place", "attended"):
            self._find_meeting(start, end)
        self.date = event_day(self.text, start, end, self.published) or self.date
        if not self.held:
            return
        meeting = self.held[-1]
        if seen & _bits("video") and rule("meetings", "video").find(self.text, start, end):
            meeting.video = True
        if seen & _bits(*_ROLES):
            self._roles(meeting, start, end)
        if seen & _bits("relays"):
            self._relays(meeting, start, end)

    def _find_meeting(self, start: int, end: int) -> None:
        """A new meeting, if the sentence tells that one was held."""
        for s, e in clauses(self.text, start, end):
            if not signs(self.text, s, e) & _bits("held", "took-place", "attended"):
                continue
            words = masked(self.text, s, e)
            match = rule("meetings", "held").find(words) or rule("meetings", "took-place").find(words)
            if not match and not self.held:
                match = rule("meetings", "attended").find(words)
            if not match or rule("meetings", "others-meeting").find(words[: match.start()]):
                continue
            name = _name(self.text, s + match.start("name"), s + match.end("name"))
            if name is None or self._again(name):
                continue
            date = event_day(self.text, s, e, self.published) or event_day(self.text, start, e, self.published)
            if date is None and self.text.startswith(("随后", "当天", "当日"), start):
                date = self.date
            meeting = Held(start, self._fullest(name), date)
            meeting.place = _group(rule("meetings", "place").find(words), "place")
            meeting.convener = _convener(words) or _named_convener(self.text[slice(*name)], self._head())
            meeting.video = bool(rule("meetings", "video").find(self.text, s, e))
            self.held.append(meeting)
            return

    def _fullest(self, name: Offsets) -> Offsets:
        """The first place on the page where the meeting is named, with a longer name if a headline has it."""
        words = self.text[slice(*name)]
        head = self._head()
        titled = rule("meetings", "held").find(head) or rule("meetings", "took-place").find(head)
        if titled and titled["name"].endswith(words):
            return titled.span("name")
        first = self.text.find(words)
        return first, first + len(words)

    def _head(self) -> str:
        """The first line of the page."""
        return self.text[: max(0, self.text.find("\n"))]

    def _again(self, name: Offsets) -> bool:
        """Whether a name is that of a meeting told of before, or only the word 会议."""
        words = self.text[slice(*name)]
        known = [self.text[slice(*m.name)] for m in self.held if m.name]
        return words in ("会议", "大会", "会") or any(words in k or k in words for k in known)

    def _roles(self, meeting: Held, start: int, end: int) -> None:
        for s, e in _predicates(self.text, start, end):
            words = self.text[s:e]
            names = [n for n, _ in in_sentence(self.text, s, e)]
            if (not names and words.startswith(("主持", "并主持"))) or _CHAIRED_ON.match(words):
                names = self.person[-1:]
            self.person = names or self.person
            if rule("meetings", "presents").find(words):
                meeting.presenters += _presenters(words)
            if not names:
                meeting.groups += _groups(words)
                continue
            for role, who in (("chairs", meeting.chairs), ("speaks", meeting.speakers), ("attends", meeting.attendees)):
                if rule("meetings", role).find(words):
                    who += [n for n in names if n not in who]

    def _relays(self, meeting: Held, start: int, end: int) -> None:
        for match in rule("meetings", "relays").pattern.finditer(self.text, start, end):
            if "会" in match["relays"]:
                meeting.relays.append((match["relays"], match.start("relays"), match.end("relays")))

    def spoke(self, said: Said) -> None:
        """A statement makes its speaker a speaker of the meeting told of before it."""
        before = [m for m in self.held if m.start <= said.start]
        if not before or said.nested or not said.speaker:
            return
        head = self.text[max(0, said.start - 30) : said.start]
        if any(word in head for word in _WRITTEN):
            self.writers.add(said.speaker)
        if said.speaker in self.writers:
            return
        for name in said.speaker.split("、"):
            if names_in(name) and name not in before[-1].speakers:
                before[-1].speakers.append(name)

    def finished(self) -> list[Held]:
        """The meetings, everybody in one role each."""
        for meeting in self.held:
            meeting.speakers = [n for n in meeting.speakers if n not in meeting.chairs]
            taken = {*meeting.chairs, *meeting.speakers}
            meeting.attendees = [n for n in dict.fromkeys(meeting.attendees) if n not in taken]
            meeting.presenters = list(dict.fromkeys(meeting.presenters))
        return self.held


_ROLES = ("chairs", "speaks", "attends", "presents")


@cache
def _bits(*names: str) -> int:
    """The signs of some rules of meetings.yaml."""
    return sum(rule("meetings", name).bits for name in names)


def _predicates(text: str, start: int, end: int) -> list[Offsets]:
    """Comma clauses put together until each has its verb: 甲，乙，丙出席会议."""
    out: list[Offsets] = []
    begin: int | None = None
    for s, e in clauses(text, start, end):
        begin = s if begin is None else begin
        words = text[s:e]
        seen = signs(text, s, e)
        if seen & _bits(*_ROLES) and any(rule("meetings", role).shown(words, seen) for role in _ROLES):
            out.append((begin, e))
            begin = None
        elif not names_in(words) and not rule("meetings", "group").find(words):
            begin = None
    return out


def _name(text: str, start: int, end: int) -> Offsets | None:
    """The name of a meeting without what leads up to it."""
    start, end = trimmed(text, start, end)
    words = text[start:end]
    lead = re.match(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午)?，?|[^“”]*(?:参加|出席)的", words)
    return (start + lead.end() if lead else start, end) if len(words) > 1 else None


def _group(match: re.Match[str] | None, name: str) -> str | None:
    return match[name] if match else None


def _convener(words: str) -> str | None:
    """Who called the meeting: 市委召开…, never a person."""
    named = _group(rule("meetings", "convener").find(words), "convener")
    if not named or names_in(named) or "主持" in named or rule("meetings", "meeting-name").find(named):
        return None
    return named


def _named_convener(name: str, head: str) -> str | None:
    """Who called a meeting that somebody chaired: as the headline says, else whose meeting its name says it is."""
    return _convener(head) or _group(rule("meetings", "of").find(name), "convener")


_OFFICE = re.compile("(?P<unit>[^，]{2,20}?)(?:处长|部长|主任|局长|科长|院长|主要负责人|负责人|主要负责同志|负责同志)")
_AND_OTHERS = re.compile(
    r"等\d+个.*|等(?=[^、]*$).*|(?:主要|有关)?(?:负责人|负责同志|代表)?(?:先后|分别|在[^、，]{0,12})?"
    r"(?:(?<!工)(?<!合)[作做].*|交流了.*|介绍了.*)"
)


def _presenters(words: str) -> list[str]:
    """Units that spoke or reported: 温州市、德清县作交流发言, 招生处处长某某进行汇报."""
    clause = words.split("，")[-1]
    office = _OFFICE.match(re.sub("^会议听取了?", "", clause))
    if names_in(clause) or "听取" in clause or "进行" in clause:
        return [office["unit"]] if office else []
    head = _AND_OTHERS.sub("", clause)
    return [part.strip() for part in head.split("、") if 2 <= len(part.strip()) <= 20]


def _groups(words: str) -> list[str]:
    """Phrases for attendees without names: 各县（市、区）负责人. Pieces that share a head stay together."""
    summoned = rule("meetings", "summoned").find(words)
    if summoned:
        return [summoned["group"]]
    if not rule("meetings", "attends").find(words):
        return []
    out: list[str] = []
    head = re.split("(?:应邀|受邀|在[^，]{0,12}?)?(?:参加|出席|列席|参会)", words)[0]
    for clause in re.split("，(?![^（]*）)", head):
        open_: list[str] = []
        for piece in re.split("、(?![^（]*）)", clause):
            open_.append(piece.strip("等 "))
            if rule("meetings", "group").find(open_[-1]):
                out.append("、".join(open_))
                open_ = []
    return out
