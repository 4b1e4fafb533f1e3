"""A reading in, the lines of its 任务分解表 out: one an action, with what the report says of it and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.reading import Action, Directive, Reading, Span
from luoshi.reading.facts import Deadline, Gap, Target

from .positions import Positions

STRENGTHS = {
    "must": "必须",
    "ensure": "确保",
    "push": "推进",
    "strive": "力争",
    "explore": "探索",
    "forbid": "禁止",
}
KINDS = {"work": "工作", "stance": "态度", "problem": "问题"}
GAPS: dict[Gap, str] = {"owner": "责任单位", "deadline": "完成时限", "measure": "量化指标"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: an action or a problem. `deadlines` are the report's words, each with its last day.

    `lead` are the units that must do it, as printed; `support` those who are said to help. `line` counts the
    lines of the text, `part` names the page, paragraph or cell of a document.
    """

    number: int
    kind: Literal["work", "stance", "problem"]
    words: str
    speaker: str
    line: int
    start: int
    end: int
    part: str = ""
    id: str = ""
    directive: int = 0
    strength: str = ""
    verb: str = ""
    object: str = ""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadlines: tuple[tuple[str, str], ...] = ()
    targets: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()


def lines(reading: Reading) -> Iterator[Line]:
    """The actions of a reading in their order, numbered; a directive without any is a line of its own."""
    speakers, places = _speakers(reading), Positions(reading)
    number = 0
    for place, directive in enumerate(reading.directives, 1):
        for action in directive.actions or (_whole(directive),):
            number += 1
            yield Line(
                number=number,
                id=action.id,
                directive=place,
                words=action.span.text,
                kind=action.kind,
                speaker=speakers.get(directive.statement or "", ""),
                strength=STRENGTHS[directive.strength],
                verb=action.verb or "",
                object=action.object or "",
                lead=tuple(s.text for s in _units(directive, action) if s not in directive.support),
                support=tuple(s.text for s in directive.support),
                deadlines=tuple((d.span.text, day(d.by or "")) for d in _deadlines(directive, action)),
                targets=tuple(map(_aim, _targets(directive, action))),
                gaps=action.gaps,
                line=places.line(action.span.start),
                part=places.part(action.span.start),
                start=action.span.start,
                end=action.span.end,
            )


def problems(reading: Reading) -> Iterator[Line]:
    """The problems of a reading in their order, numbered."""
    speakers, places = _speakers(reading), Positions(reading)
    for number, problem in enumerate(reading.problems, 1):
        span, speaker = problem.span, speakers.get(problem.statement or "", "")
        line, part = places.line(span.start), places.part(span.start)
        yield Line(number, "problem", span.text, speaker, line, span.start, span.end, part)


def _speakers(reading: Reading) -> dict[str, str]:
    return {s.id: s.speaker or "" for s in reading.statements}


def evidence(reading: Reading, start: int, end: int) -> str:
    """A quotation as it stands in the report."""
    return reading.source.text[start:end]


def title(reading: Reading) -> str:
    """What a report is called: its title, or else its file."""
    return " ".join((reading.title.text if reading.title else "").split()) or reading.source.name


def day(value: str) -> str:
    """2023-06-30 as 2023年6月30日 周五; a day without its year as 3月12日; anything else as it is."""
    found = re.match(r"(\d{4}|-)-(\d\d)-(\d\d)", value)
    if not found:
        return value
    year, month, number = found.groups()
    words = f"{int(month)}月{int(number)}日"
    if year == "-":
        return words
    try:
        weekday = "一二三四五六日"[date(int(year), int(month), int(number)).weekday()]
    except ValueError:
        return value
    return f"{int(year)}年{words} 周{weekday}"


def _whole(directive: Directive) -> Action:
    return Action(directive.id, directive.span, None, None, "work", "no action was found in it")


def _units(directive: Directive, action: Action) -> Sequence[Span]:
    found = _bearing(directive, action, directive.units)
    return found or ([] if "owner" in action.gaps else directive.units)


def _deadlines(directive: Directive, action: Action) -> Sequence[Deadline]:
    """The times that bear on an action; if none does and it lacks none, the one that binds the directive."""
    known = [d for d in (directive.deadline, *directive.deadlines) if d]
    bearing = _bearing(directive, action, [d.span for d in known])
    found = list(dict.fromkeys(d for d in known if d.span in bearing))
    if found or "deadline" in action.gaps or not directive.deadline:
        return found
    return [directive.deadline]


def _targets(directive: Directive, action: Action) -> list[Target]:
    bearing = _bearing(directive, action, [t.span for t in directive.targets])
    return [t for t in directive.targets if t.span in bearing]


def _aim(target: Target) -> str:
    """A target in the report's words, after what it measures where they do not say it."""
    what = target.what or ""
    return target.span.text if what in target.span.text else f"{what}{target.span.text}"


def _bearing(directive: Directive, action: Action, spans: Sequence[Span]) -> list[Span]:
    """Those that stand in the action; without any, those that stand in no action and so bear on all."""
    inside = [s for s in spans if _holds(action, s)]
    return inside or [s for s in spans if not any(_holds(a, s) for a in directive.actions)]


def _holds(action: Action, span: Span) -> bool:
    return action.span.start <= span.start and span.end <= action.span.end
