"""A printed name and its context in, what it means out: a unit, several, a set, a class, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .collectives import collective
from .directory import Directory
from .forms import bare
from .nouns import Answer, Candidate, Context
from .reasons import How, Reason
from .script import plain, unquoted
from .single import Reader
from .splitting import adjoining, halves, parts, plates, trimmed

# 杭州、宁波等市政府: the noun after 等 is that of all.
SO_ON = re.compile("等(?=[市县区](?:人民)?政府$)")
# How a place is named, and how it is not.
NAMING: frozenset[How] = frozenset({"named", "stem", "before"})
UNNAMED: frozenset[How] = frozenset({"rank_own", "rank_above", "rank_below", "context", "no_place"})
# The longest collective in use has some thirty characters (各市、州、直管市及神农架林区人民政府 has 17).
LONGEST_COLLECTIVE = 40
# Pieces that a collective with 、 in it may be cut into: 各市、州、直管市、神农架林区人民政府 has four.
MOST_PIECES = 6
# Answers kept for one context: more names than a long report has; some megabytes.
KEPT = 5000
BLANKS = re.compile(r"\s+")


def resolve(name: str, context: Context, directory: Directory) -> Answer:
    """What a printed name means in the mouth of this speaker on this day; nothing is assigned by guess."""
    return resolver(context, directory).resolve(name)


@lru_cache(maxsize=64)
def resolver(context: Context, directory: Directory) -> Resolver:
    """The resolver of a context; those of the last contexts are kept: a document has one, a batch a few."""
    return Resolver(context, directory)


class Resolver:
    """Answers for one context; what it has answered it keeps, as reports name the same units again and again."""

    def __init__(self, context: Context, directory: Directory) -> None:
        self.reader = Reader(context, directory)
        self._known: dict[str, Answer] = {}
        self._meanings: dict[str, Answer] = {}
        self._ones: dict[str, Answer] = {}
        self._collectives: dict[str, Answer | None] = {}

    def resolve(self, name: str) -> Answer:
        """The answer for a name as printed."""
        if name not in self._known:
            _make_room(self._known)
            # 教育、卫生健康等部门 is one collective: 等部门 is no tail of it.
            answer = self._whole(unquoted(plain(name).text)) or self._meant(trimmed(name))
            if answer.kind == "unknown" and BLANKS.search(name.strip()):
                answer = self._apart(BLANKS.split(name.strip())) or answer
            self._known[name] = answer._replace(name=name)
        return self._known[name]

    def one(self, text: str) -> Answer:
        """The answer for a text that must be one name of a unit, as it stands."""
        if text not in self._ones:
            _make_room(self._ones)
            found = self.reader.candidates(text)
            self._ones[text] = (
                Answer(text, "unit", found[0].reason, found) if found else _unknown(text, self._why(text))
            )
        return self._ones[text]

    def collective(self, text: str) -> Answer | None:
        """The answer for a text that must be one collective, as it stands."""
        if len(text) > LONGEST_COLLECTIVE:
            return None
        if text not in self._collectives:
            _make_room(self._collectives)
            self._collectives[text] = collective(text, self.reader)
        return self._collectives[text]

    def _apart(self, pieces: list[str]) -> Answer | None:
        """Names with blanks between them, if each is one."""
        members = [self._meant(trimmed(piece)) for piece in pieces if trimmed(piece)]
        return _several("", members) if members and all(m.kind != "unknown" for m in members) else None

    def _meant(self, text: str) -> Answer:
        """A trimmed text: a collective, names with marks between, an office with plates, or one name."""
        if text not in self._meanings:
            _make_room(self._meanings)
            self._meanings[text] = self._worked_out(text)
        return self._meanings[text]

    def _worked_out(self, text: str) -> Answer:
        if not text:
            return _unknown(text)
        if answer := self._whole(text):
            return answer
        if len(pieces := parts(SO_ON.sub("", text))) > 1:
            return self._list(text, pieces)
        if len(names := plates(text)) > 1:
            return self._plates(text, names)
        return self._joined(text) or _unknown(text, self._why(text))

    def _whole(self, text: str) -> Answer | None:
        """The text as one name or collective."""
        answer = self.one(text)
        return answer if answer.kind == "unit" else self.collective(text)

    def _why(self, text: str) -> Reason:
        named = self.reader.forms.having((text, bare(text)))
        return Reason("no_place" if named else "not_found", matched=text)

    def _list(self, text: str, pieces: list[str]) -> Answer:
        """Names with marks between them: the longest run that is one collective first, then one by one."""
        members: list[Answer] = []
        at = 0
        while at < len(pieces):
            end = next(
                (e for e in range(min(len(pieces), at + MOST_PIECES), at + 1, -1) if self._is_one(pieces[at:e])), at + 1
            )
            members.append(self._member("、".join(pieces[at:end]), members))
            at = end
        return _several(text, self._shared(members, pieces) if len(members) == len(pieces) else members)

    def _is_one(self, pieces: list[str]) -> bool:
        return self.collective("、".join(pieces)) is not None

    def _member(self, text: str, before: list[Answer]) -> Answer:
        answer = self._meant(trimmed(text) or text)
        return self.following(before[-1], answer) if before else answer

    def following(self, before: Answer, answer: Answer) -> Answer:
        """A name right after another, without a place of its own, is of the place that is named there.

        By its rank (江苏省委、省政府), or because there is a unit of this name (浙江省经信厅、教育厅).
        """
        if before.unit is None or before.reason.how not in NAMING or answer.reason.how not in UNNAMED:
            return answer
        context = self.reader.context._replace(place=before.unit.rpartition("/")[0], sender=None)
        there = resolver(context, self.reader.directory).one(answer.name)
        if there.reason.how not in ("rank_own", "context") and not (answer.kind == "unknown" and there.unit):
            return answer
        reason = there.reason._replace(how="before")
        best = there.candidates[0]._replace(reason=reason)
        return Answer(answer.name, "unit", reason, (best, *there.candidates[1:]))

    def _shared(self, members: list[Answer], pieces: list[str]) -> list[Answer]:
        """Places before a name with a place share its noun: 宁波、温州、金华、台州市政府 are four."""
        last = members[-1].unit
        place = self.reader.places.now((last or "").rpartition("/")[0], self.reader.day)
        if place is None or not (tail := _noun(pieces[-1], place.name)):
            return members
        levels = [self.reader.places.levels(piece, self.reader.day) for piece in pieces[:-1]]
        alike = all(place.level in of_piece for of_piece in levels if of_piece)
        out = list(members)
        for at, piece in enumerate(pieces[:-1]):
            # 南京市江宁区、徐州市农业农村局: a place with its rank, unlike the last one, stands for itself.
            names = ([piece + tail] if alike else []) if levels[at] else [piece + place.name[-1:] + tail, piece + tail]
            candidates = next(filter(None, map(self.reader.candidates, names)), ()) if _is_place(members[at]) else ()
            if candidates:
                out[at] = Answer(piece, "unit", candidates[0].reason, candidates)
        return out

    def _plates(self, text: str, names: list[str]) -> Answer:
        """One office with several plates: both units where they are two, or the one with its other name."""
        outer, inner = (self._meant(trimmed(name)) for name in names)
        if inner.reason.how == "place" != outer.reason.how:
            # 某某论坛（广州）: the place says where, and is no plate.
            inner = _unknown(names[1])
        known = [answer for answer in (outer, inner) if answer.kind != "unknown"]
        if not known:
            return _unknown(text)
        if len(known) == 2 and {outer.kind, inner.kind} == {"unit"} and _top(outer) == _top(inner):
            return _with_plates(text, outer)
        return _with_plates(text, known[0]) if len(known) == 1 else _several(text, known, "plates")

    def _joined(self, text: str) -> Answer | None:
        """Two names with 和 or 及 between, where both are known; what stands beside a collective may be unknown."""
        for left, right in halves(text):
            first = self._meant(trimmed(left))
            second = self.following(first, self._meant(trimmed(right)))
            if first.kind in ("set", "class") or "unknown" not in (first.kind, second.kind):
                members = [first, second]
                if first.kind == second.kind == "unit":
                    members = self._shared(members, [left, right])
                return _several(text, members)
        return self._adjoined(text)

    def _adjoined(self, text: str) -> Answer | None:
        """Two names of units with nothing between: 省委省政府."""
        for left, right in adjoining(text):
            first = self.one(left)
            if first.kind == "unit" and first.reason.how != "place":
                second = self.following(first, self._meant(right))
                if first.unit and first.unit == second.unit:
                    # 县纪委县监委 is one unit with both names.
                    return first._replace(name=text)
                if second.kind in ("unit", "several"):
                    return _several(text, [first, second])
        return None


def _make_room(answers: dict[str, Any]) -> None:
    if len(answers) >= KEPT:
        answers.clear()


def _several(text: str, members: list[Answer], how: str = "list") -> Answer:
    """An answer of several names; those in lists within it are taken out, one alone stands for itself."""
    flat = tuple(_flat(members))
    if len(flat) == 1:
        return flat[0]._replace(name=text)
    if all(member.kind == "unknown" for member in flat):
        return _unknown(text)
    return Answer(text, "several", Reason("plates" if how == "plates" else "list"), members=flat)


def _flat(members: list[Answer]) -> Iterator[Answer]:
    for member in members:
        yield from member.members if member.kind == "several" else (member,)


def _unknown(text: str, reason: Reason | None = None) -> Answer:
    return Answer(text, "unknown", reason or Reason("not_found", matched=text))


def _with_plates(text: str, answer: Answer) -> Answer:
    return answer._replace(
        name=text, reason=answer.reason._replace(note=answer.reason.note or "括号内是它的另一块牌子")
    )


def _top(answer: Answer) -> str:
    best: Candidate = answer.candidates[0]
    return best.unit


def _is_place(answer: Answer) -> bool:
    return answer.kind == "unknown" or any(c.reason.how == "place" for c in answer.candidates)


def _noun(text: str, place: str) -> str:
    """What follows the place's name in a printed name; empty where the name is not printed in full."""
    return text.partition(place)[2]
