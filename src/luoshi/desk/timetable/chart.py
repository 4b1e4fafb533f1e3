"""A timetable that was counted and a calendar in; what its chart (横道图) is drawn of, out: paths and words at places.

How a step stands is said by shape: a step on the critical path is pointed at both ends, a late one is notched, what is
done is filled and ticked, a step that slips in the case asked for is drawn again in dashes.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from luoshi.calendar import Calendar
from luoshi.calendar.words import name_of
from luoshi.ledger.schedule import Schedule, Slip, Step, Window

from .rows import SHAPES, stands
from .scale import LABELS, LONGEST, Rest, Scale

# Pixels: the head with months and holidays, a row, a bar in it, its point, the room of a label.
HEAD, ROW, BAR, POINT = 48, 32, 14, 5
LABEL_ROOM, WIDE, NARROW = LABELS - 16, 13, 7
# A bar of one day of many years is still seen.
LEAST_BAR = 4.0
# The name of a holiday stands over days that are at least this share of its width: what is beside them is seldom named.
NAMED = 0.6


class Mark(NamedTuple):
    """A path, and what it is: a class of the style sheet."""

    kind: str
    path: str


class Label(NamedTuple):
    """Words and where they stand."""

    kind: str
    x: str
    y: str
    words: str


class Line(NamedTuple):
    """A step: what it says when it is pointed at, its marks and labels."""

    title: str
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


class Chart(NamedTuple):
    """A chart: its size, what lies behind all steps, the steps."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]


def chart(counted: Schedule, slip: Slip | None, calendar: Calendar, language: str) -> Chart | None:
    """The chart; None where a day lies so far off that nothing could be seen."""
    scale = _scale(counted, slip)
    if scale is None:
        return None
    bottom = HEAD + ROW * len(counted.windows) + 8
    back = [*_rests(scale, calendar, language, bottom), *_months(scale, bottom), *_days(scale, counted, bottom)]
    return Chart(
        round(scale.width),
        bottom + 24,
        (*(each for each in back if isinstance(each, Mark)), *_arrows(scale, counted)),
        tuple(each for each in back if isinstance(each, Label)),
        tuple(_lines(scale, counted, slip)),
    )


def _scale(counted: Schedule, slip: Slip | None) -> Scale | None:
    windows = (*counted.windows, *(each.after for each in slip.moved)) if slip else counted.windows
    days = [counted.plan.end, *(day for window in windows for day in (window.start, window.end))]
    first, last = min(days), max(days)
    near = datetime.timedelta(days=60)
    if first - datetime.date.min > near and first - near < counted.today < last:
        first = min(first, counted.today)
    scale = Scale(first, last)
    return scale if scale.days <= LONGEST and last.year < datetime.MAXYEAR else None


def _rests(scale: Scale, calendar: Calendar, language: str, bottom: int) -> Iterator[Mark | Label]:
    for rest in scale.rests(calendar):
        x, width = scale.x(rest.first), scale.after(rest.last) - scale.x(rest.first)
        yield Mark("rest" if rest.reason == "weekend" else "rest holiday", _box(x, HEAD, width, bottom - HEAD))
        name = _holiday(rest, language)
        if name and width >= NAMED * sum(map(_wide, name)):
            yield Label("name", _n(x + width / 2), _n(HEAD - 6), name)


def _holiday(rest: Rest, language: str) -> str:
    return "" if rest.reason == "weekend" else name_of(rest.reason, language)


def _months(scale: Scale, bottom: int) -> Iterator[Mark | Label]:
    for on in scale.months():
        x = scale.x(on)
        yield Mark("month", f"M{_n(x)} 20V{bottom}")
        yield Label("month", _n(x + 4), "16", f"{on:%Y-%m}")


def _days(scale: Scale, counted: Schedule, bottom: int) -> Iterator[Mark | Label]:
    """Today, and the day by which all is to be over: a line each, in dashes and whole."""
    if scale.first <= counted.today <= scale.last:
        x = scale.x(counted.today) + scale.pixels / 2
        yield Mark("today", f"M{_n(x)} {HEAD - 4}V{bottom}")
        yield Label("today", _n(x), _n(bottom + 16), _("今天"))
    x = scale.after(counted.plan.end)
    yield Mark("end", f"M{_n(x)} {HEAD - 4}V{bottom}m0 {HEAD - 4 - bottom}l8 4l-8 4z")
    yield Label("end", _n(x), _n(bottom + 16), _("期限"))


def _arrows(scale: Scale, counted: Schedule) -> Iterator[Mark]:
    """From the end of each step to the beginning of those that wait for it."""
    row = {step.key: number for number, step in enumerate(counted.plan.steps)}
    for step in counted.plan.steps:
        for key in step.after:
            before, own = counted.by_key[key], counted.by_key[step.key]
            x, y = scale.after(before.end), _middle(row[key])
            down = row[step.key] > row[key]
            to = _middle(row[step.key]) + (-BAR / 2 if down else BAR / 2)
            over = max(scale.x(own.start) + 2, x + 2)
            tip = -4 if down else 4
            yield Mark("arrow", f"M{_n(x)} {_n(y)}H{_n(over)}V{_n(to)}m-3 {tip}l3 {-tip}l3 {tip}")


def _lines(scale: Scale, counted: Schedule, slip: Slip | None) -> Iterator[Line]:
    moved = {each.key: each.after for each in slip.moved} if slip else {}
    for number, (step, window) in enumerate(zip(counted.plan.steps, counted.windows, strict=True)):
        how = stands(step, window, counted)
        marks = [*_bar(scale, number, window, how), *_room(scale, number, step, window)]
        if step.key in moved:
            case = moved[step.key]
            x, to = scale.x(case.start), scale.after(case.end)
            marks.append(Mark("case", _box(x, _middle(number) - BAR / 2 - 3, to - x, BAR + 6)))
        said = f"{SHAPES[how]} {step.key} {step.words}"
        y = _n(_middle(number) + 5)
        labels = [Label(f"step {how}", "4", y, _cut(said))]
        if how == "done":
            labels.append(Label("tick", _n(scale.after(window.end) + 4), y, SHAPES[how]))
        yield Line(f"{said} {window.start} – {window.end}", tuple(marks), tuple(labels))


def _bar(scale: Scale, number: int, window: Window, how: str) -> Iterator[Mark]:
    x, y = scale.x(window.start), _middle(number) - BAR / 2
    width = max(LEAST_BAR, scale.after(window.end) - x)
    point = min(POINT, width / 2)
    inner, half = width - 2 * point, BAR / 2
    left, right = f"l{_n(-point)} {_n(half)}", f"l{_n(point)} {_n(half)}"
    paths = {
        # Pointed at both ends.
        "critical": f"M{_n(x + point)} {_n(y)}h{_n(inner)}{right}{left}h{_n(-inner)}l{_n(-point)} {_n(-half)}z",
        # Notched at its end.
        "late": f"M{_n(x)} {_n(y)}h{_n(width)}{left}{right}h{_n(-width)}z",
    }
    yield Mark(f"bar {how}", paths.get(how, _box(x, y, width, BAR)))


def _room(scale: Scale, number: int, step: Step, window: Window) -> Iterator[Mark]:
    """How far a step may move: a line to its latest end, and a wedge where it begins at the latest."""
    if step.done_on:
        return
    y = _middle(number)
    end, latest = scale.after(window.end), scale.after(window.latest_end)
    if latest > end:
        yield Mark("room", f"M{_n(end)} {_n(y)}H{_n(latest)}m0 -5v10")
    x = scale.x(window.latest_start)
    yield Mark("latest", f"M{_n(x)} {_n(y + BAR / 2 + 2)}l4 6h-8z")


def _middle(number: int) -> float:
    return HEAD + ROW * number + ROW / 2


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z"


def _n(number: float) -> str:
    """A number of a path: a tenth of a pixel is enough."""
    return f"{number:.1f}".rstrip("0").rstrip(".")


def _cut(words: str) -> str:
    """As much of some words as there is room for; all of them are in the table."""
    room, kept = LABEL_ROOM, ""
    for c in words:
        room -= _wide(c)
        if room < WIDE:
            return f"{kept.rstrip()}…"
        kept += c
    return kept


def _wide(c: str) -> int:
    """The width of a character."""
    return WIDE if unicodedata.east_asian_width(c) in "WF" else NARROW
