"""Readings in, one standalone HTML page out: each report beside its task list, every line bound to its evidence."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from luoshi import __version__
from luoshi.exports.original import Mark, html, marked, quoted
from luoshi.reading import Reading
from luoshi.reading.facts import Gap, Meeting

from .tasks import GAPS, Line, day, lines, problems, title

# Head, class, and the gap that an empty cell of the column stands for.
COLUMNS: tuple[tuple[str, str, Gap | None], ...] = (
    ("序号", "n", None),
    ("举措", "act", None),
    ("谁说的", "who", None),
    ("牵头单位", "units", "owner"),
    ("期限", "due", "deadline"),
    ("指标", "targets", "measure"),
    ("力度", "force", None),
    ("要素缺口", "gaps", None),
)
# The gaps where there is little room.
SHORT: dict[Gap, str] = {"owner": "责任", "deadline": "时限", "measure": "量化"}


@dataclass(frozen=True, slots=True)
class _Report:
    """A reading, its number on the page, and its lines."""

    number: int
    reading: Reading
    lines: tuple[Line, ...]
    problems: tuple[Line, ...]

    def key(self, line: Line) -> str:
        """What ties a line to its evidence on this page."""
        return f"{self.number}-{'p' if line.kind == 'problem' else ''}{line.number}"

    def group(self, line: Line) -> str:
        """What ties the lines of one directive."""
        return f"{self.number}-d{line.directive}"


def page(readings: list[Reading]) -> str:
    """One page for all readings; it loads nothing, and nothing from a report can run in it."""
    reports = [_Report(i, r, tuple(lines(r)), tuple(problems(r))) for i, r in enumerate(readings, 1)]
    css, script = _beside("page.css"), _beside("page.js")
    pairs = _pairs(reports)
    policy = f"default-src 'none'; style-src {_hash(css)} {_hash(pairs)}; script-src {_hash(script)}; base-uri 'none'"
    name = title(readings[0]) if len(readings) == 1 else f"{len(readings)} 篇报道"
    return "".join(
        (
            '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n',
            f"<title>{html(name)} · 任务分解表</title>\n",
            f"<style>{css}</style>\n<noscript><style>{pairs}</style></noscript>\n</head>\n<body>\n",
            _contents(reports),
            *map(_report, reports),
            f"<footer>落实 luoshi {__version__} · 每一条都连着原文；报道没有写明的要素留作缺口，由人填写。</footer>\n",
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    )


def _beside(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _hash(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"


def _pairs(reports: Iterable[_Report]) -> str:
    """Without JavaScript: rules that light a line and its evidence together."""
    keys = [report.key(line) for report in reports for line in (*report.lines, *report.problems)]
    on, how = ":is(:hover,:focus-within,:target)", "{background:var(--lit);--grey:var(--quiet)}"
    return "".join(f'body:has([data-of~="{k}"]{on}) [data-of~="{k}"]{how}\n' for k in keys)


def _contents(reports: Sequence[_Report]) -> str:
    if len(reports) < 2:
        return ""
    entries = "".join(
        f'<li><a href="#r{r.number}">{html(title(r.reading))}</a> <small>{_when(r.reading)}{_sums(r)}</small></li>\n'
        for r in reports
    )
    return (
        f'<nav class="contents" aria-label="目录"><h2>目录 · {len(reports)} 篇报道</h2>\n<ol>\n{entries}</ol></nav>\n'
    )


def _when(reading: Reading) -> str:
    return f"{html(_moment(reading.published))} · " if reading.published else ""


def _report(report: _Report) -> str:
    return (
        f'<article class="report" id="r{report.number}">\n{_head(report)}'
        f'<div class="desk">\n{_tasks(report)}{_original(report)}</div>\n</article>\n'
    )


def _head(report: _Report) -> str:
    reading = report.reading
    known = (
        ("", reading.publisher),
        ("", _moment(reading.published) if reading.published else None),
        ("作者 ", reading.author),
        ("编辑 ", reading.editor),
        ("", reading.source.name if reading.title else None),
    )
    printed = " · ".join(label + html(value) for label, value in known if value)
    return (
        f"<header>\n<h1>{html(title(reading))}</h1>\n"
        f'<p class="printed">{printed}</p>\n{"".join(map(_meeting, reading.meetings))}'
        f'<p class="counts">{_sums(report)}{_lacking(report)}</p>\n</header>\n'
    )


def _moment(published: str) -> str:
    return f"{day(published[:10])} {published[11:16]}".strip()


def _meeting(meeting: Meeting) -> str:
    facts = (
        ("会议", (meeting.name.text,) if meeting.name else ()),
        ("时间", (day(meeting.date),) if meeting.date else ()),
        ("地点", (meeting.place,) if meeting.place else ()),
        ("形式", ("视频",) if meeting.form else ()),
        ("召开", (meeting.convener,) if meeting.convener else ()),
        ("主持", meeting.chairs),
        ("讲话", meeting.speakers),
        ("出席", (*meeting.attendees, *meeting.groups)),
        ("发言", meeting.presenters),
        ("传达", tuple(dict.fromkeys(r.meeting for r in meeting.relays))),
    )
    told = "".join(f"<div><dt>{name}</dt><dd>{html('、'.join(of))}</dd></div>" for name, of in facts if of)
    return f'<dl class="meeting">{told}</dl>\n'


def _sums(report: _Report) -> str:
    kinds = Counter(line.kind for line in report.lines)
    sums = f"<b>{kinds['work']}</b> 项工作，<b>{kinds['stance']}</b> 项要求/态度"
    return sums + (f"，<b>{len(report.problems)}</b> 个问题" if report.problems else "")


def _lacking(report: _Report) -> str:
    gaps = Counter(gap for line in report.lines for gap in line.gaps)
    told = "、".join(f"缺{GAPS[gap]} {gaps[gap]} 项" for gap in GAPS if gaps[gap])
    return f' <span class="lacking">{told}</span>' if told else ""


def _tasks(report: _Report) -> str:
    body = _table(report) if report.lines else '<p class="nothing">这篇报道里没有读到工作部署。</p>\n'
    return (
        f'<section class="tasks" aria-label="任务分解表">\n<div class="bar"><h2>任务分解表</h2>'
        f"{_choice(report)}</div>\n{body}{_problems(report)}</section>\n"
    )


def _choice(report: _Report) -> str:
    if {line.kind for line in report.lines} != {"work", "stance"}:
        return ""
    return '<label><input type="checkbox" class="only-work"> 只看工作</label>'


def _table(report: _Report) -> str:
    """The list: a body a directive, a row an action; a column that is empty throughout is kept for print."""
    groups: dict[int, list[Line]] = {}
    for line in report.lines:
        groups.setdefault(line.directive, []).append(line)
    void = {name for _, name, gap in COLUMNS[2:] if not any(_cell(name, gap, line) for line in report.lines)}
    heads = "".join(f'<th scope="col" class="{_class(name, void)}">{head}</th>' for head, name, _ in COLUMNS)
    rows = {line: _row(report, line, before, void) for before, line in pairwise((None, *report.lines)) if line}
    bodies = "".join(f"<tbody>\n{''.join(rows[line] for line in group)}</tbody>\n" for group in groups.values())
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n{bodies}</table>\n"


def _class(name: str, void: set[str], same: bool = False) -> str:
    return name + (" void" if name in void else " same" if name == "who" and same else "")


def _row(report: _Report, line: Line, before: Line | None, void: set[str]) -> str:
    key, reading = report.key(line), report.reading
    link = f'href="#e{key}"'
    quote = quoted(reading.source.text, line.start, line.end, reading.noise)
    same = before is not None and before.speaker == line.speaker
    stance = ' <span class="tag">态度</span>' if line.kind == "stance" else ""
    cells = "".join(
        f'<td class="{_class(name, void, same)}" data-label="{head}">{_cell(name, gap, line)}</td>'
        for head, name, gap in COLUMNS[2:]
    )
    return (
        f'<tr class="{line.kind}" id="t{key}" data-of="{key}" data-in="{report.group(line)}">'
        f'<td class="n"><a {link} title="看原文{line.part or f"第{line.line}行"}">{line.number}</a></td>'
        f'<td class="act"><a {link}>{html(line.words)}</a>{stance}<q lang="{_lang(reading)}">{quote}</q></td>'
        f"{cells}</tr>\n"
    )


def _cell(name: str, gap: Gap | None, line: Line) -> str:
    """What stands in a column; what the report does not say is a box to be filled."""
    filled = {
        "who": html(line.speaker),
        "units": html("、".join(line.lead)) + _support(line),
        "due": "；".join(f"{html(words)}<small>{html(last)}</small>" for words, last in line.deadlines),
        "targets": html("；".join(line.targets)),
        "force": f'<span class="{"strict" if line.strength in ("必须", "禁止") else ""}">{line.strength}</span>',
        "gaps": "".join(f'<abbr title="{GAPS[gap]}">{SHORT[gap]}</abbr>' for gap in line.gaps),
    }[name]
    if not filled and gap in line.gaps:
        return f'<span class="gap" title="报道没有写明{GAPS[gap]}">缺</span>'
    return filled


def _place(line: Line) -> str:
    return html(line.part or f"第{line.line}行")


def _support(line: Line) -> str:
    return f"<small>配合：{html('、'.join(line.support))}</small>" if line.support else ""


def _problems(report: _Report) -> str:
    if not report.problems:
        return ""
    entries = "".join(
        f'<li id="t{report.key(line)}" data-of="{report.key(line)}">'
        f'<a href="#e{report.key(line)}" title="看原文{line.part or f"第{line.line}行"}">{html(line.words)}</a>'
        f" <small>{html(line.speaker)}</small></li>\n"
        for line in report.problems
    )
    return f'<div class="bar"><h2>问题</h2></div>\n<ol class="problems">\n{entries}</ol>\n'


def _original(report: _Report) -> str:
    reading = report.reading
    text = marked(reading.source.text, _marks(report), reading.noise)
    return (
        '<section class="original" aria-label="原文" tabindex="-1">\n<div class="bar"><h2>原文</h2>'
        '<span class="legend"><span class="ev work">工作</span><span class="ev stance">态度</span>'
        '<span class="noise">非正文</span></span></div>\n'
        f'<div class="text" lang="{_lang(reading)}">{text}</div>\n'
        f'<p class="seal">{len(reading.source.text)} 字 · sha256 {html(reading.source.sha256)}</p>\n</section>\n'
    )


def _marks(report: _Report) -> list[Mark]:
    """Title, directives, lines and problems as marks in the original."""
    reading = report.reading
    marks = [Mark(reading.title.start, reading.title.end, "title")] if reading.title else []
    for place, directive in enumerate(reading.directives, 1):
        group = f"{report.number}-d{place}"
        marks.append(Mark(directive.span.start, directive.span.end, "directive", group=group))
    for line in report.lines:
        marks.append(Mark(line.start, line.end, line.kind, report.key(line), report.group(line), str(line.number)))
    for line in report.problems:
        marks.append(Mark(line.start, line.end, line.kind, report.key(line), sign="问"))
    return marks


def _lang(reading: Reading) -> str:
    return "zh-Hant" if reading.script == "hant" else "zh-Hans"
