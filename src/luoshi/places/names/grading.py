"""A line, a place and the forms of a printed name in, how well the name fits the unit and who does its work now out."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ..gazetteer import PlaceState
from ..lines import Period, PlaceNow, successors
from ..lines.generating import has_units
from .directory import Directory
from .forms import PLACE as MARK
from .forms import Piece, Shape
from .grounds import NAME
from .nouns import Candidate
from .reasons import How, Match, Reason

# The last characters of long names, by those of short ones.
LONG = {"委": ("委员会",), "办": ("办公室", "办公厅")}


class Graded(NamedTuple):
    """A unit: its line and place, the name that matched, in which period, and the words of the name."""

    key: str
    state: PlaceState
    match: Match
    period: Period
    matched: str


class Grader:
    """How names fit units on one day."""

    def __init__(self, directory: Directory, day: date) -> None:
        self.places, self.forms, self.lines, self.day = directory.places, directory.forms, directory.lines, day

    def _pieces(self, key: str, state: PlaceState) -> tuple[Piece, ...]:
        """The names of the unit in time; none where the lines do not reach."""
        province = self.places.province_code(state, self.day)
        there = has_units(PlaceNow(state.key, state.level, state.name, state.code, province))
        return self.forms.pieces(key, self._shape(state)) if there else ()

    def _shape(self, state: PlaceState) -> Shape:
        province = self.places.province_code(state, self.day)
        return self.forms.shape(state.level, state.name, state.code, province)

    def exact(self, key: str, state: PlaceState, forms: tuple[str, ...]) -> Graded | None:
        """The unit, where one of its names has one of the forms: the name of the day first, then the nearest one."""
        bearing = [(piece, form) for piece in self._pieces(key, state) for form in forms if form in piece.forms]
        if not bearing:
            return None
        day = self._day(state)
        piece, form = min(bearing, key=lambda found: _far(found[0].period, day))
        match = piece.forms[form]
        if not piece.period.on(day):
            match = "former" if piece.period.until and piece.period.until <= day else "later"
        return Graded(key, state, match, piece.period, _shown(form))

    def elsewhere(self, key: str, state: PlaceState, forms: tuple[str, ...]) -> Graded | None:
        """The unit of the line at a place where it is called otherwise than the forms."""
        graded = self.whole(key, state)
        return graded and graded._replace(match="other", matched=_shown(forms[0]) if forms else "")

    def alike(self, key: str, state: PlaceState, noun: str) -> Graded | None:
        """The unit, where it is called otherwise but ends alike: 工信厅 for a 经信厅, but no 财政局 for a 财政厅."""
        graded = self.whole(key, state)
        if graded is None or not graded.period.full.endswith((noun[-1], *LONG.get(noun[-1], ()))):
            return None
        return graded._replace(match="other", matched=noun)

    def whole(self, key: str, state: PlaceState) -> Graded | None:
        """The unit of the line at a place, whatever it is called; None where there never was one."""
        pieces = self._pieces(key, state)
        if not pieces:
            return None
        nearest = min(pieces, key=lambda piece: _far(piece.period, self._day(state)))
        return Graded(key, state, "", nearest.period, "")

    def _day(self, state: PlaceState) -> date:
        """The day, or the last of a place that has ended."""
        return (
            self.day
            if state.until is None or self.day < state.until
            else state.until.fromordinal(state.until.toordinal() - 1)
        )

    def candidate(self, graded: Graded, how: How, score: float) -> Candidate:
        """The candidate with its score, its reason and, of a former unit, who does its work."""
        key, state, match, period, matched = graded
        handed = self._handed(graded)
        until = period.until if match == "former" else None
        note = ""
        if state.until and state.until <= self.day:
            until = until or state.until
            note = f"{state.name}是旧地名" + ("" if self._lives(state.key) else "，该地区已撤销")
        reason = Reason(how, state.key, state.name, match, matched, until, handed, note)
        current = handed[0] if len(handed) == 1 else None
        return Candidate(f"{state.key}/{key}", round(score * NAME.get(match, 1.0), 4), reason, current)

    def _handed(self, graded: Graded) -> tuple[str, ...]:
        """The units that on the day do the work of one that has ended, with its line or with its place."""
        places = [graded.state]
        if graded.state.until is not None and graded.state.until <= self.day and not self._lives(graded.state.key):
            after = (self.places.now(key, self.day) for key in self.places.after(graded.state.key, self.day))
            places = [state for state in after if state]
            if not places:
                return ()
        elif self.there(graded.key, graded.state):
            return ()
        return tuple(dict.fromkeys(unit for state in places for unit in self._of_day(graded.key, state)))

    def _lives(self, place: str) -> bool:
        now = self.places.now(place, self.day)
        return now is not None and now.on(self.day)

    def there(self, key: str, state: PlaceState) -> bool:
        """Whether the place has a unit of the line on the day, or has not had one yet."""
        pieces = self._pieces(key, state)
        ended = any(piece.period.until and piece.period.until <= self.day for piece in pieces)
        return any(piece.period.on(self.day) for piece in pieces) or (bool(pieces) and not ended)

    def _of_day(self, key: str, state: PlaceState) -> list[str]:
        """The unit of a line at a place on the day, or those that took over from it."""
        if any(piece.period.on(self.day) for piece in self._pieces(key, state)):
            return [f"{state.key}/{key}"]
        shape = self._shape(state)
        where = (shape.level, shape.province_code, shape.code, state.name)
        found = successors(self.lines, key, self.day, *where)
        whole = [each for each in found if each.extent == "whole"] or found
        return [f"{state.key}/{each.line_key}" for each in whole if self.there(each.line_key, state)]


def _shown(form: str) -> str:
    """A form for people: what is printed around the place."""
    return re.sub(f"{MARK}+", "…", form).removeprefix("…")


def _far(period: Period, day: date) -> int:
    """How many days a period lies off the day; none where it holds."""
    if period.on(day):
        return 0
    if period.since and day < period.since:
        return (period.since - day).days
    return (day - period.until).days + 1 if period.until else 0
