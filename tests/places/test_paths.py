"""Chains of places: cut where something above moves, refused where something above is missing."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.paths import Link, Orphaned, Piece, chained

DAY = datetime.date
BEGIN, MOVE, END = DAY(1980, 1, 1), DAY(1997, 3, 14), DAY(2005, 1, 1)


def link(key: str, parent: str, since: DAY = BEGIN, until: DAY | None = None) -> Link:
    return Link(key, parent, since, "day", until, "day" if until else "")


def chains(links: list[Link], key: str) -> list[tuple[str, DAY, DAY | None]]:
    return [("/".join(p.chain), p.since, p.until) for p in chained(links) if p.link.key == key]


def test_it_works() -> None:
    links = [link("CN", ""), link("33", "CN"), link("3301", "33")]
    assert chains(links, "3301") == [("CN/33/3301", BEGIN, None)]


def test_a_place_whose_city_moves_to_another_province_is_cut_there() -> None:
    links = [
        link("CN", ""),
        link("51", "CN"),
        link("50", "CN", MOVE),
        link("涪陵", "51", BEGIN, MOVE),
        link("涪陵", "50", MOVE),
        link("丰都", "涪陵"),
    ]
    assert chains(links, "丰都") == [("CN/51/涪陵/丰都", BEGIN, MOVE), ("CN/50/涪陵/丰都", MOVE, None)]


def test_a_parent_that_is_renamed_cuts_nothing() -> None:
    links = [link("CN", ""), link("33", "CN", BEGIN, MOVE), link("33", "CN", MOVE), link("3301", "33", BEGIN, END)]
    assert chains(links, "3301") == [("CN/33/3301", BEGIN, END)]


BROKEN = {
    "parent ends first": [link("CN", ""), link("33", "CN", BEGIN, MOVE), link("3301", "33")],
    "parent begins later": [link("CN", ""), link("33", "CN", MOVE), link("3301", "33")],
    "no such parent": [link("CN", ""), link("3301", "33")],
    "round": [link("CN", ""), link("33", "3301"), link("3301", "33")],
    "under itself": [link("CN", ""), link("33", "33")],
}


@pytest.mark.parametrize("links", BROKEN.values(), ids=BROKEN)
def test_a_place_without_a_parent_is_refused(links: list[Link]) -> None:
    with pytest.raises(Orphaned):
        list(chained(links))


@st.composite
def trees(draw: st.DrawFn) -> list[Link]:
    """Trees of three levels whose middle moves between two tops on drawn days."""
    days = sorted(draw(st.sets(st.dates(DAY(1981, 1, 1), DAY(2024, 1, 1)), max_size=4)))
    edges = [BEGIN, *days]
    links = [link("CN", ""), link("A", "CN"), link("B", "CN")]
    for number, since in enumerate(edges):
        until = edges[number + 1] if number + 1 < len(edges) else None
        links.append(link("m", draw(st.sampled_from(["A", "B"])), since, until))
    low = draw(st.dates(BEGIN, DAY(2010, 1, 1)))
    high = draw(st.none() | st.dates(low + datetime.timedelta(1), DAY(2025, 1, 1)))
    return [*links, link("leaf", "m", low, high)]


@given(trees(), st.dates(BEGIN, DAY(2025, 1, 1)))
def test_on_any_day_a_chain_is_the_chain_of_parents(links: list[Link], day: DAY) -> None:
    pieces = list(chained(links))

    def there(piece: Piece) -> bool:
        return piece.since <= day and (piece.until is None or day < piece.until)

    now = {p.link.key: p for p in pieces if there(p)}
    for piece in now.values():
        parent = piece.link.parent
        assert piece.chain == ((*now[parent].chain, piece.link.key) if parent else (piece.link.key,))
    leaf = [p for p in pieces if p.link.key == "leaf"]
    assert [(a.until, a.chain != b.chain) for a, b in pairwise(leaf)] == [(b.since, True) for _, b in pairwise(leaf)]
    assert (leaf[0].since, leaf[-1].until) == (leaf[0].link.since, leaf[0].link.until)
