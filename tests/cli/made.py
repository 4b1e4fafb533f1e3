"""Readings in, the same readings with what is still to be found filled in: for tests of what shows them."""

from __future__ import annotations

from dataclasses import replace

from luoshi.reading import Action, Directive, Noise, Reading, Source, Span, Statement, read
from luoshi.reading.facts import ActionKind, Deadline, Gap, Meeting, Problem, Relay, Target

TEXT = "县政府会议\r\n\n会议强调，要在6月底前压实(shí)责任，由县水务局牵头建成泵站12座；提高站位。短板是人手不足。\n"


def span(text: str, words: str, clean: str | None = None) -> Span:
    """Where words stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words), clean if clean is not None else words)


def action(text: str, words: str, *gaps: Gap, kind: ActionKind = "work", number: int = 1) -> Action:
    """An action with these words."""
    return Action(f"a-{number:016x}", span(text, words, words.replace("(shí)", "")), None, None, kind, "made", gaps)


def reading(text: str, directives: tuple[Directive, ...] = (), noise: tuple[Noise, ...] = ()) -> Reading:
    """A reading of a text that says just this."""
    source = Source("made.txt", "text/plain", "0" * 64, "utf-8", text)
    return Reading(source, "hans", noise, None, None, None, (), directives)


def full() -> Reading:
    """A reading in which every field says something."""
    told = Directive(
        "d-1",
        "s-1",
        span(TEXT, "要在6月底前压实(shí)责任，由县水务局牵头建成泵站12座"),
        "要",
        "must",
        (
            action(TEXT, "在6月底前压实(shí)责任", "owner", "measure", number=1),
            action(TEXT, "由县水务局牵头建成泵站12座", "deadline", number=2),
        ),
        units=(span(TEXT, "县水务局"),),
        deadlines=(Deadline(span(TEXT, "6月底前"), None, "2024-06-30"),),
        targets=(Target(span(TEXT, "12座"), "泵站", "exactly", 12, None, "座"),),
    )
    stance = Directive(
        "d-2",
        "s-1",
        span(TEXT, "提高站位"),
        None,
        "push",
        (action(TEXT, "提高站位", kind="stance", number=3),),
    )
    gloss = span(TEXT, "(shí)")
    return replace(
        reading(TEXT, (told, stance), (Noise("pinyin", gloss.start, gloss.end),)),
        title=span(TEXT, "县政府会议"),
        published="2024-03-02T08:26:41+08:00",
        publisher="某县新闻网",
        author="甲",
        editor="乙",
        statements=(Statement("s-1", "会议", "强调", span(TEXT, "会议强调")),),
        meetings=(
            Meeting(
                name=span(TEXT, "县政府会议"),
                date="2024-03-01",
                form="video",
                convener="县政府",
                place="县城",
                level="county",
                chairs=("张三",),
                speakers=("李四",),
                attendees=("王五",),
                groups=("各乡镇负责人",),
                presenters=("东镇",),
                relays=(Relay("全市会议", 0, 2),),
            ),
        ),
        problems=(Problem(span(TEXT, "人手不足"), "s-1"),),
    )


def many(directives: int) -> Reading:
    """A long report, read."""
    return read("".join(f"会议强调，要压实(shí)责任，在第{i}段加密巡堤查险。" for i in range(directives)))
