"""One printed name without brackets or commas in, the units it may mean out, each with its score and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from ..gazetteer import ROOT, PlaceState
from ..gazetteer.names import GENERIC
from .directory import Directory
from .forms import bare, ending_of, placed, rank_of, stemmed
from .grading import Graded, Grader
from .grounds import FARTHER, FORMER_PLACE, NAME, PLACE
from .nouns import Candidate, Context
from .places import Chain
from .reasons import How, Reason
from .wording import words

# Of places below the speaker's with a rank, more than these are no candidates but a crowd: the most prefectures of a
# province are 21, the most counties of a prefecture 22.
MOST = 30
# Where places of a rank are looked for, from above.
RANKED: dict[str, tuple[str, ...]] = {
    "省": ("province",),
    "自治区": ("province",),
    "市": ("prefecture", "county"),
    "州": ("prefecture",),
    "盟": ("prefecture",),
    "地区": ("prefecture",),
    "县": ("county",),
    "区": ("county",),
    "旗": ("county",),
    "乡": ("township",),
    "镇": ("township",),
    "街道": ("township",),
}
# What a place has once, under a name that says its rank.
BODIES = ("party_committee", "government")
# How the name of the office of a commission ends.
OFFICE = ("办公室", "办")
OUR = re.compile("^(?:(?:我|本|该|全)?自治(?=县|州|旗)|(?:我|本|该|全)(?=省|市|县|区|州|盟|旗|自治区|乡|镇|街道))")


class Reader:
    """What one speaker on one day means by names."""

    def __init__(self, context: Context, directory: Directory) -> None:
        self.context, self.directory = context, directory
        self.day: date = context.day
        self.places, self.forms = directory.places, directory.forms
        self.grader = Grader(directory, context.day)

    @cached_property
    def speaker(self) -> list[PlaceState]:
        """The speaker's place and what it lies under; of a sender without a place, that of the sender."""
        key = self.context.place or (self.context.sender or "").rpartition("/")[0] or None
        return self.places.chain_of(key, self.day)

    def candidates(self, text: str) -> tuple[Candidate, ...]:
        """The units that the name may mean, best first; none: it is not known."""
        best: dict[str, Candidate] = {}
        for found in self._found(text):
            if found.unit not in best or best[found.unit].score < found.score:
                best[found.unit] = found
        if text.endswith(OFFICE):
            best = {unit: each for unit, each in best.items() if self._office_of(unit) not in best}
        return tuple(sorted(best.values(), key=lambda c: (-c.score, c.unit)))[:MOST]

    def _office_of(self, unit: str) -> str:
        """The unit that is the office of a commission: 机构编制委员会办公室 is a unit of its own; empty: none."""
        place, _, key = unit.rpartition("/")
        line = self.directory.lines.by_key.get(key)
        return f"{place}/{line.office}" if line and line.office else ""

    def _found(self, text: str) -> Iterator[Candidate]:
        yield from self._own(text)
        near = tuple(self._without_place(text))
        yield from near
        yield from self._of_country(text, bool(near) and self.speaker[0].level != "country")
        yield from self._of_named(text)
        yield from self._by_rank(OUR.sub("", text))
        yield from self._branch(text)
        yield from self._place_alone(text)

    def _own(self, text: str) -> Iterator[Candidate]:
        for unit in self.directory.own.get(text, ()):
            there = (unit.since is None or unit.since <= self.day) and (unit.until is None or self.day < unit.until)
            reason = Reason("own", unit.place, match="full", matched=text)
            if not there:
                reason = reason._replace(match="former", until=unit.until)
            yield Candidate(unit.key, PLACE["own"] * NAME[reason.match], reason)
        if text in words("ourselves") and self.context.sender:
            yield Candidate(self.context.sender, PLACE["sender"], Reason("sender", matched=text))

    def _of_country(self, text: str, near: bool) -> Iterator[Candidate]:
        """The country's unit of this name; 国资委 said in a province is its own."""
        country = self.places.now(ROOT, self.day)
        for key in self.forms.having((text,), "country") if country else ():
            assert country
            if graded := self.grader.exact(key, country, (text,)):
                yield self.grader.candidate(graded, "country", PLACE["country"] * (FARTHER if near else 1.0))

    def _of_named(self, text: str) -> Iterator[Candidate]:
        for head in ("", *self.forms.heads):
            if not text.startswith(head):
                continue
            for chain in self.places.begins(text, len(head), self.day):
                rest = text[len(head) + len(chain.text) :]
                # 合作委员会, 东方政府: a general noun makes no place of an everyday word.
                if rest and not (rest in words("too_general") and chain.text in words("everyday")):
                    yield from self._of_chain(chain, *_forms_of(head, chain, rest))

    def _of_chain(self, chain: Chain, exact: tuple[str, ...], loose: tuple[str, ...]) -> Iterator[Candidate]:
        """The units of the places that the printed place may be: as their names say it, or with the rank left out."""
        for forms, how in ((exact, "named"), (loose, "stem")):
            found = [
                graded
                for key in self.forms.having(forms)
                for state in self._meant(chain)
                if self._may_be_called(key, state, chain, forms)
                if (graded := self.grader.exact(key, state, forms) or self.grader.elsewhere(key, state, forms))
            ]
            yield from self._nearest(found, "named" if how == "named" else "stem")

    def _may_be_called(self, key: str, state: PlaceState, chain: Chain, forms: tuple[str, ...]) -> bool:
        """Whether bodies of the level are called so: 地委 and 行署 are of a 地区, never of a 县 with its name."""
        exempt = chain.whole or self.directory.lines[key].kind not in BODIES
        return exempt or key in self.forms.having(forms, state.level)

    def _meant(self, chain: Chain) -> list[PlaceState]:
        """The places that a printed one may be: a 城区 or a 街道 by itself is none of a far-off province."""
        if chain.links > 1 or not self.speaker:
            return list(chain.states)
        return [
            state
            for state in chain.states
            if not (state.level == "township" or state.name in GENERIC)
            or (self._is_near(state) and (state.level == "township" or state.on(self.day)))
        ]

    def _is_near(self, state: PlaceState) -> bool:
        """Whether the place lies in the speaker's province."""
        return self._distance(state) < len(self.speaker) - 1

    def _nearest(self, found: list[Graded], how: How, ground: float = 1.0) -> Iterator[Candidate]:
        """Of units of places with one name, those nearest to the speaker first; the others stay behind."""
        far = {graded.state.key: (self._since_then(graded.state), self._distance(graded.state)) for graded in found}
        nearest = min(far.values(), default=(0, 0))
        for graded in found:
            score = PLACE[how] * ground * (1.0 if far[graded.state.key] == nearest else FARTHER)
            if not graded.state.on(self.day):
                score *= FORMER_PLACE
            yield self.grader.candidate(graded, how, score)

    def _since_then(self, state: PlaceState) -> int:
        """How many days it is since the place bore this name; none while it does."""
        return (self.day - state.until).days + 1 if state.until and state.until <= self.day else 0

    def _distance(self, state: PlaceState) -> int:
        """How many steps up from the speaker's place it takes to a place in which both lie."""
        above = {each.key for each in self.places.above(state, self.day)}
        return next((steps for steps, each in enumerate(self.speaker) if each.key in above), len(self.speaker))

    def _by_rank(self, text: str) -> Iterator[Candidate]:
        ranked = [state for state in self.speaker if state.level != "country"]
        found = list(self._of_ranks(text, ranked))
        yield from found
        if not found and text.startswith("区") and any(s.name.endswith("自治区") for s in self.speaker):
            # 区党委 of an autonomous region, where no district speaks.
            found = [c for state in ranked for c in self._of_rank("自治" + text, state)]
            yield from found
        if not found and self.speaker:
            yield from self._below(text)

    def _of_ranks(self, text: str, states: Iterable[PlaceState]) -> Iterator[Candidate]:
        """By the rank of each; 市政府 said in a town of a county-level city is of that city, not of the next."""
        ground = 1.0
        for state in states:
            found = [each._replace(score=round(each.score * ground, 4)) for each in self._of_rank(text, state)]
            yield from found
            if found and found[0].reason.how == "rank_above":
                ground = FARTHER

    def _of_rank(self, text: str, state: PlaceState) -> Iterator[Candidate]:
        """The units of a place of the speaker that the name means by the rank of the place: 省发改委, 团省委, 行署."""
        rank = rank_of(state.level, ending_of(state.level, state.name))
        loose = (placed("", text[len(rank) :]),) if rank and text.startswith(rank) else ()
        how: How = "rank_own" if state is self.speaker[0] else "rank_above"
        # A zone says 管委会 of its own.
        exact = (text, *loose) if state.level != "zone" else (text, *loose, placed("", text))
        for key in self.forms.having(exact):
            graded = self.grader.exact(key, state, exact)
            if graded is None and loose:
                graded = self.grader.elsewhere(key, state, loose)
            if graded:
                yield self.grader.candidate(graded, how, PLACE[how])

    def _below(self, text: str) -> Iterator[Candidate]:
        """The units of the places of a rank below the speaker's: which of them is not said."""
        rank = next((r for r in sorted(RANKED, key=len, reverse=True) if text.startswith(r)), None)
        top = self.speaker[0]
        for level in RANKED.get(rank or "", ()):
            states = self.places.under(top.key, level, self.day) if level != top.level else []
            states = [s for s in states if rank_of(s.level, ending_of(s.level, s.name)) == rank]
            if states:
                yield from self._each_below(text, states if len(states) <= MOST else [])
                return

    def _each_below(self, text: str, states: Iterable[PlaceState]) -> Iterator[Candidate]:
        for state in states:
            for key in self.forms.having((text,)):
                if graded := self.grader.exact(key, state, (text,)):
                    yield self.grader.candidate(graded, "rank_below", PLACE["rank_below"])

    def _without_place(self, text: str) -> Iterator[Candidate]:
        """The unit of the speaker's place, or of the nearest above it that has one of this name."""
        forms = (bare(text),)
        for state in self.speaker:
            if state.level == "country" and state is not self.speaker[0]:
                return
            how: How = "context" if state is self.speaker[0] else "context_above"
            for key in self.forms.having(forms, state.level):
                if graded := self.grader.exact(key, state, forms) or self.grader.alike(key, state, text):
                    yield self.grader.candidate(graded, how, PLACE[how])

    def _branch(self, text: str) -> Iterator[Candidate]:
        """Branches of a city's office in its districts: 杭州市公安局西湖分局."""
        body = text.removesuffix("分局")
        for at in range(3, len(body) - 1) if body != text else ():
            states = self.places.stems.get(body[at:]) or self.places.named.get(body[at:]) or ()
            counties = {s.key: s for s in states if s.level == "county"}.values()
            for upper in self.candidates(body[:at]) if counties else ():
                place, _, key = upper.unit.rpartition("/")
                for state in counties:
                    above = {each.key for each in self.places.above(state, self.day)[1:]}
                    if place in above and (graded := self.grader.whole(key, state)):
                        yield self.grader.candidate(graded._replace(matched=text), "branch", upper.score)

    def _place_alone(self, text: str) -> Iterator[Candidate]:
        """A place printed as if it could act: its government, or the committee of a zone."""
        for chain in self.places.begins(text, 0, self.day):
            if len(chain.text) < len(text) or (not chain.whole and not self._is_place(chain)):
                continue
            found = [g for state in self._meant(chain) if (g := self.grader.whole(_body(state), state))]
            yield from self._nearest(found, "place", 1.0 if chain.whole else PLACE["stem"])

    def _is_place(self, chain: Chain) -> bool:
        """Whether a name without a rank stands for a place by itself: no everyday word, and no far-off county."""
        if chain.links > 1:
            return True
        high = any(state.level in ("province", "prefecture") for state in chain.states)
        near = any(self._is_near(state) for state in chain.states)
        return chain.text not in words("everyday") and (high or near)


def _body(state: PlaceState) -> str:
    return "zone_committee" if state.level == "zone" else "government"


def _forms_of(head: str, chain: Chain, rest: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms under which a name is known, exactly, and with the rank of its place left out."""
    tail = rest.replace(chain.text, "\0")
    if chain.whole:
        return (placed(head, tail),), ()
    return (stemmed(head, tail),), (placed(head, tail),)
