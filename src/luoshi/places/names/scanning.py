"""Forms of names in, an automaton out that finds their nouns in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from .forms import PLACE


class Scanner:
    """The nouns of all names of a directory as one automaton."""

    def __init__(self, forms: Iterable[str], own: Iterable[str]) -> None:
        tails = {form.rpartition(PLACE)[2] for form in forms}
        nouns = sorted(each for each in {*tails, *own} if len(each) > 1)
        self._automaton = AhoCorasick(nouns, matchkind=MatchKind.Standard)

    def hits(self, text: str) -> Iterator[tuple[int, int]]:
        """Where nouns stand, all of them, in the order of their ends."""
        for _, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            yield start, end
