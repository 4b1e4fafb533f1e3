"""Two neighbouring years' lists go in; which division of the later year is which of the earlier comes out.

The rule. A division that was renamed, recoded, upgraded (余杭县, 余杭市, 余杭区) or moved to another parent is the same
place; one whose area was merged away ended; one whose code and name are kept is the same place however its borders
changed (上城区 in 2021). A code alone proves nothing: the code book was renumbered several times before 1984 and codes
of ended divisions were given to others.

What is said by a dated fact comes first; then come rules from the safest to the weakest, each over what the rules
before it left over, and each pairing only what is unique on both sides. Only the two years are looked at, so appending
a year never changes what came before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from luoshi.places.gazetteer.lists import Event, Listed
from luoshi.places.gazetteer.names import GENERIC, lowered, stem

# From this year on the code book was stable enough that an unchanged code of a changed name means a renaming.
STABLE = 1984
SAME_PLACE = frozenset({"更名", "撤县设市", "撤县设区", "撤市设区", "撤旗设区", "撤地设市", "同名改码"})
Signature = Callable[[Listed, bool], object]
Pairs = Callable[[Mapping[str, Listed], Mapping[str, Listed]], list[tuple[str, str]]]


class Said(NamedTuple):
    """What the dated facts say of one year: what is the same place, what ended, what is not the same, what is new."""

    same: frozenset[tuple[str, str]] = frozenset()
    ended: frozenset[str] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()
    begun: frozenset[str] = frozenset()


class Match(NamedTuple):
    """A code of the earlier year, the same place's code of the later year, and the rule that found it."""

    old: str
    new: str
    rule: str


def match(
    before: Mapping[str, Listed], after: Mapping[str, Listed], recorded: Iterable[Event] = (), said: Said | None = None
) -> list[Match]:
    """All places that are in both lists, ordered by the later code."""
    said = said or Said()
    found: list[Match] = [Match(old, new, "fact") for old, new in said.same if old in before and new in after]
    above: dict[str, str] = {}
    new_cities = {c for c, d in after.items() if d.level == "prefecture" and d.name[-1] == "市" and _renewed(d, before)}
    city_names = {c: after[c].name for c in new_cities}
    for level in ("province", "prefecture", "county"):
        olds = {c: d for c, d in before.items() if d.level == level and c not in said.ended}
        news = {c: d for c, d in after.items() if d.level == level and c not in said.begun}
        for paired in found:
            olds.pop(paired.old, None)
            news.pop(paired.new, None)
        found += _level(
            olds, news, said, tuple(_rules(tuple(recorded), above, city_names, after.keys() - before.keys()))
        )
        above = {m.old: m.new for m in found}
    found += _promoted(before, after, found, said)
    return sorted(found, key=lambda m: m.new)


def _level(
    olds: dict[str, Listed], news: dict[str, Listed], said: Said, rules: Iterable[tuple[str, Pairs]]
) -> list[Match]:
    out: list[Match] = []
    for rule, pairs in rules:
        for old, new in pairs(olds, news):
            if (old, new) not in said.different:
                out.append(Match(old, new, rule))
                del olds[old], news[new]
    return out


def _of(division: Listed) -> str:
    """The code of the province, by the width of its level."""
    return f"{division.code[:2]}0000"


def _renewed(city: Listed, before: Mapping[str, Listed]) -> bool:
    """Whether the city of prefecture rank is new in its year, or was a 地区 before."""
    return city.code not in before or before[city.code].name != city.name


def _rules(
    recorded: tuple[Event, ...],
    above: Mapping[str, str],
    new_cities: Mapping[str, str],
    new_provinces: Container[str],
) -> Iterator[tuple[str, Pairs]]:
    """The rules of identity, the safest first."""

    def parent(d: Listed, later: bool) -> str:
        return d.parent if later else above.get(d.parent, d.parent)

    yield "code, name and parent", by(lambda d, later: (d.code, d.name, parent(d, later)))
    yield "lineage of a prefecture", by(lambda d, later: d.lineage if d.level == "prefecture" and d.lineage else None)
    yield "name and parent", by(lambda d, later: (d.name, parent(d, later)))
    yield "code and name", by(lambda d, later: (d.code, d.name) if _telling(d) else None)
    yield "name and lineage", by(lambda d, later: (d.name, d.lineage) if d.lineage and d.name not in GENERIC else None)
    yield "name in the province", by(lambda d, later: (d.name, d.code[:2]) if _telling(d) else None)
    yield "name, into a new province", by(lambda d, later: d.name if not later or _of(d) in new_provinces else None)
    yield "recorded change", _by_event(recorded, parent)

    def seat(d: Listed, later: bool) -> object:
        """A city that gave its name to a new city of prefecture rank and is that city's only new district."""
        if not later:
            return (stem(d.name), d.code[:2])
        district = d.parent in new_cities and d.name[-1] == "区" and d.name not in GENERIC
        return (stem(new_cities[d.parent]), d.code[:2]) if district else None

    yield "seat of a new city", by(seat)
    yield "stem and parent", by(lambda d, later: (stem(d.name), parent(d, later)))
    yield "stem in the province", by(lambda d, later: (stem(d.name), d.code[:2]) if _telling(d) else None)
    yield "code and parent", by(lambda d, later: (d.code, parent(d, later)))
    yield "lineage", by(lambda d, later: d.lineage or None)


def by(signature: Signature) -> Pairs:
    """Pairs of divisions of equal signature that only one division on either side has; None has no signature."""

    def pairs(olds: Mapping[str, Listed], news: Mapping[str, Listed]) -> list[tuple[str, str]]:
        left = _unique(olds, signature, False)
        right = _unique(news, signature, True)
        return [(left[s], right[s]) for s in left if s in right]

    return pairs


def _unique(divisions: Mapping[str, Listed], signature: Signature, later: bool) -> dict[object, str]:
    signed = [(signature(d, later), code) for code, d in divisions.items()]
    count = Counter(s for s, _ in signed)
    return {s: code for s, code in signed if s is not None and count[s] == 1}


def _telling(division: Listed) -> bool:
    """Whether the name alone says which place of its province it is: districts of many cities share theirs."""
    return not division.name.endswith("区") and division.name not in GENERIC


def _by_event(recorded: tuple[Event, ...], parent: Callable[[Listed, bool], str]) -> Pairs:
    """Pairs that a recorded change names; districts only within their city, the others only within their province."""

    def pairs(olds: Mapping[str, Listed], news: Mapping[str, Listed]) -> list[tuple[str, str]]:
        out: dict[str, str] = {}
        for event in recorded:
            if event.kind not in SAME_PLACE or event.old_code not in olds or event.new_code not in news:
                continue
            old, new = olds[event.old_code], news[event.new_code]
            named = (old.name, new.name) == (event.old_name, event.new_name) and not lowered(old.name, new.name)
            near = parent(old, False) == parent(new, True) or (_telling(old) and old.code[:2] == new.code[:2])
            if named and near:
                out.setdefault(event.old_code, event.new_code)
        count = Counter(out.values())
        return [(old, new) for old, new in out.items() if count[new] == 1]

    return pairs


def _promoted(before: Mapping[str, Listed], after: Mapping[str, Listed], found: list[Match], said: Said) -> list[Match]:
    """Counties that became cities of prefecture rank without counties (东莞, 中山, 儋州), and back: names agree."""
    old_found, new_found = {m.old for m in found} | said.ended, {m.new for m in found} | said.begun
    parents = {d.parent for d in before.values()} | {d.parent for d in after.values()}
    olds = {c: d for c, d in before.items() if c not in old_found and c not in parents and d.level != "province"}
    news = {c: d for c, d in after.items() if c not in new_found and c not in parents and d.level != "province"}
    pairs = by(lambda d, later: (stem(d.name), d.code[:2]))(olds, news)
    ranks = [(old, new) for old, new in pairs if before[old].level != after[new].level]
    return [Match(old, new, "changed rank") for old, new in ranks if (old, new) not in said.different]
