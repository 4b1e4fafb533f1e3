"""States of places with their parents in; with the whole chain above them, cut where that moves, out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _


class Link(NamedTuple):
    """A place hung under a parent (empty: the root) from a day until another."""

    key: str
    parent: str
    since: datetime.date
    since_known: str
    until: datetime.date | None
    until_known: str


class Piece(NamedTuple):
    """Part of a link's period in which the chain stayed the same; the chain runs from the root to the place."""

    link: Link
    chain: tuple[str, ...]
    since: datetime.date
    since_known: str
    until: datetime.date | None
    until_known: str


class Orphaned(ValueError):
    """A place, by its key, hung under a parent that is not there all the time, or under itself."""

    def __init__(self, key: str, said: str) -> None:
        self.key = key
        super().__init__(f"{key} {said}")


def path_of(ids: Iterable[int]) -> str:
    """Ids of places from the country down, as a state keeps them: /1/12/345/"""
    return "/" + "".join(f"{each}/" for each in ids)


def ids_of(path: str) -> list[int]:
    """The ids of a path, from the country down; the last is the place itself."""
    return [int(part) for part in path.strip("/").split("/") if part]


def chained(links: Iterable[Link]) -> Iterator[Piece]:
    """Each link, cut into as many pieces as its chain above has in its period; in the order given.

    Raises:
        Orphaned: a parent is not there for a part of the period, or the links go round.
    """
    known: dict[str, list[Link]] = {}
    listed = list(links)
    for link in listed:
        known.setdefault(link.key, []).append(link)
    done: dict[Link, tuple[Piece, ...]] = {}
    for link in listed:
        yield from _pieces(link, known, done, ())


def _pieces(
    link: Link, known: dict[str, list[Link]], done: dict[Link, tuple[Piece, ...]], below: tuple[str, ...]
) -> tuple[Piece, ...]:
    if link not in done:
        if link.key in below:
            chain = " → ".join((*below, link.key))
            raise Orphaned(link.key, _("绕回自身（%(chain)s）") % {"chain": chain})
        done[link] = tuple(_merged(_cut(link, known, done, below)))
    return done[link]


def _cut(
    link: Link, known: dict[str, list[Link]], done: dict[Link, tuple[Piece, ...]], below: tuple[str, ...]
) -> Iterator[Piece]:
    if not link.parent:
        yield Piece(link, (link.key,), *link[2:])
        return
    reached: datetime.date | None = link.since
    for above in sorted(known.get(link.parent, ()), key=lambda each: each.since):
        if reached is None or not _meets(above, link):
            continue
        for piece in _pieces(above, known, done, (*below, link.key)):
            if reached is not None and piece.since <= reached and (piece.until is None or piece.until > reached):
                cut = _within(piece, link, reached)
                yield cut
                reached = cut.until if cut.until != link.until else None
    if reached is not None:
        said = {"parent": link.parent, "day": reached}
        raise Orphaned(link.key, _("的上级%(parent)s在%(day)s不存在") % said)


def _meets(above: Link, link: Link) -> bool:
    return (link.until is None or above.since < link.until) and (above.until is None or above.until > link.since)


def _within(above: Piece, link: Link, since: datetime.date) -> Piece:
    """The part of `above` in the link's period from `since` on, with the precision of whichever made the cut."""
    ends_first = above.until is not None and (link.until is None or above.until < link.until)
    until, until_known = (above.until, above.until_known) if ends_first else (link.until, link.until_known)
    since_known = link.since_known if since == link.since else above.since_known
    return Piece(link, (*above.chain, link.key), since, since_known, until, until_known)


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces of one link that follow each other with the same chain, as one (a parent renamed moves nothing)."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and piece.link is last.link and piece.chain == last.chain and piece.since == last.until:
            last = last._replace(until=piece.until, until_known=piece.until_known)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
