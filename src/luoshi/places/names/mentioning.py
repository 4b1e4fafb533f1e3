"""A text and its speaker in, the names of units that stand in it out, each with what it means; linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ..gazetteer import ROOT
from .collectives import GOVERNMENTS, collectives
from .directory import Directory
from .nouns import Answer, Context, Mention
from .resolving import Resolver, resolver
from .script import plain
from .wording import table, words

# A collective in a sentence says how many it means: 各设区市, 全省上下; 企业 alone is no owner there.
QUANTITY = re.compile("各|所有|有关|相关|全[省市县区州]上下|全[省市县区州]各")
# The longest collective of the data has some twenty characters.
LONGEST_COLLECTIVE = 24
LISTED = re.compile("[、和]")
# The name of a district in the name of a branch has up to five characters without its rank.
BRANCH = re.compile("[\u4e00-\u9fff]{2,6}?分局")
# 市委和县委: no 和县, whatever stands before it; 市财政局会同县财政局: no 会同县 after a name.
CONJUNCTION = re.compile("和县|(?<=[局委办厅府院会部])会同县")
BETWEEN = re.compile(r"[\s、和及与]*")


def mentions(text: str, context: Context, directory: Directory) -> tuple[Mention, ...]:
    """The names of units, and collectives that say how many they mean, in running text, in their order.

    Names split by line ends and printed in radicals are found; offsets are those of the text as given.
    """
    return _Text(text, resolver(context, directory)).mentions()


class _Text:
    """One text as it is looked through."""

    def __init__(self, text: str, resolver: Resolver) -> None:
        self.given, self.resolver = text, resolver
        self.text, self.at = plain(text)
        self.places = resolver.reader.places

    def mentions(self) -> tuple[Mention, ...]:
        """Of names that lie over each other the one that begins first, and of those the longest."""
        out: list[Mention] = []
        taken = 0
        found = sorted({*self._named(), *self._collective()}, key=lambda span: (span[0], -span[1]))
        for start, end in found:
            if start < taken:
                continue
            answer = self._after(out[-1] if out else None, start, self.resolver.resolve(self.text[start:end]))
            if answer.group == "persons":
                continue
            out.append(Mention(self.at[start], self.at[end - 1] + 1, answer))
            taken = end
        return tuple(out)

    def _after(self, before: Mention | None, start: int, answer: Answer) -> Answer:
        """A name by rank right after one of a named place is of that place: 江苏省委、省政府."""
        if before is None or not BETWEEN.fullmatch(self.given[before.end : self.at[start]]):
            return answer
        return self.resolver.following(before.answer, answer)

    def _named(self) -> Iterator[tuple[int, int]]:
        for start, end in self.resolver.reader.directory.scanner.hits(self.text):
            if not self._goes_on(end):
                begin = next((b for b in self._begins(start, end) if self._is_name(b, end)), None)
                if begin is not None:
                    yield self._listed(begin, end), self._branch_end(begin, end)

    def _branch_end(self, begin: int, end: int) -> int:
        """Where the name ends with the branch that follows: 杭州市公安局西湖分局."""
        branch = BRANCH.match(self.text, end)
        if branch and self.resolver.one(self.text[begin : branch.end()]).reason.how == "branch":
            return branch.end()
        return end

    def _goes_on(self, end: int) -> bool:
        """Whether what follows makes it another word or the post of a person: 组织部门, 财政局长, 市委书记."""
        follows = table("words")["after"].get(self.text[end - 1], "")
        return self.text[end : end + 1] in {*follows} or self.text.startswith(tuple(words("persons")), end)

    def _begins(self, start: int, end: int) -> list[int]:
        """Where a name with this noun may begin, the farthest first: before its places, and what stands before them."""
        befores = [start, *self._places_before(start)]
        heads = self.resolver.reader.forms.heads
        for at in tuple(befores):
            if self.text.endswith(heads, 0, at):
                befores += [at - len(head) for head in heads if self.text.endswith(head, 0, at)]
        return sorted(set(befores))

    def _places_before(self, end: int) -> list[int]:
        """Where places begin that reach to here, with those before them."""
        out: list[int] = []
        waiting = [end]
        while waiting and len(out) < 6:
            here = waiting.pop()
            for length in self.places.lengths.get(self.text[here - 1 : here], ()):
                word = self.text[max(0, here - length) : here]
                if word in self.places.named or word in self.places.stems:
                    out.append(here - len(word))
                    waiting.append(here - len(word))
        return out

    def _is_name(self, begin: int, end: int) -> bool:
        """Whether the words from here are the name of a unit and no part of other words."""
        text, before = self.text[begin:end], self.text[begin - 1 : begin]
        answer = self.resolver.one(text)
        how = answer.reason.how
        if how in ("not_found", "place") or CONJUNCTION.match(self.text, begin, end):
            return False
        alone = not _han(before) or before in table("words")["before_noun"]
        if how in ("context", "context_above", "no_place") and not _ranked(text):
            return len(text) > 2 and alone and not self._of_every_level(answer)
        if len(text) == 2 and how == "country":
            return alone
        if how in ("named", "branch"):
            return alone or not self._is_short(text)
        return how == "stem" or not before or before not in _glued(text)

    def _is_short(self, text: str) -> bool:
        """Whether the place is one character and its rank, as other words end: 召开县政府, 示范县 (开县, 范县)."""
        return text[:2] in self.places.named and text[:3] not in self.places.named

    def _of_every_level(self, answer: Answer) -> bool:
        """Whether the country says 政法委 or 工商联 of those of all levels; 发展改革委 is its own."""
        place, _, key = (answer.unit or "").rpartition("/")
        return place == ROOT and self.resolver.reader.directory.lines[key].branch != "government"

    def _listed(self, begin: int, end: int) -> int:
        """Where a list begins whose last name has the noun for all: 宁波、温州、台州市政府."""
        if self.resolver.one(self.text[begin:end]).reason.how not in ("named", "stem"):
            return begin
        while LISTED.match(self.text[begin - 1 : begin]):
            earlier = [at for at in self._places_before(begin - 1) if at < begin - 1]
            # 广州市天河区、佛山市水利局: a place with its rank stands for itself.
            if not earlier or any(self.text[at : begin - 1] in self.places.named for at in earlier):
                break
            begin = min(earlier)
        return begin

    def _collective(self) -> Iterator[tuple[int, int]]:
        for found in QUANTITY.finditer(self.text):
            window = self.text[found.start() : found.start() + LONGEST_COLLECTIVE]
            length = _collective_length(window, self.resolver)
            if length and not self._goes_on(found.start() + length):
                yield found.start(), found.start() + length


def _collective_length(window: str, resolver: Resolver) -> int:
    """The length of the longest collective with which the text begins; 0: none."""
    ends: set[int] = set()
    for entry in collectives():
        if found := entry.opening.match(window):
            ends |= {found.end(), *(found.end() + n for n in _nouns(window[found.end() :], resolver, entry.levels))}
    return next((end for end in sorted(ends, reverse=True) if resolver.collective(window[:end])), 0)


def _nouns(rest: str, resolver: Resolver, levels: Iterable[str]) -> list[int]:
    """How long the nouns are that stand right after the places: 人民政府, 发展改革委."""
    if not levels:
        return []
    found = GOVERNMENTS.match(rest)
    hits = resolver.reader.directory.scanner.hits(rest)
    return [found.end() if found else 0, *(end for start, end in hits if start == 0)]


@cache
def _glued(text: str) -> str:
    """The characters after which the rank that the text begins with is the end of another word."""
    return "".join(glued for rank, glued in table("words")["before_rank"].items() if text.startswith(rank))


def _han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _ranked(text: str) -> bool:
    return text.startswith(tuple(table("words")["before_rank"]))
