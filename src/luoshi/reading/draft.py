"""What is known of a report between the stages of its reading."""

from __future__ import annotations

from typing import NamedTuple

from .actions import Deed
from .amounts import Aim
from .clean import Cleaned
from .deadlines import Due
from .directives import Told
from .facts import Reading, Source
from .items import Assigned
from .meetings import Held
from .outline import Outline
from .posts import Named
from .publication import Publication
from .sentences import Offsets, Sentence
from .speech import Said
from .traits import Traits


class Measures(NamedTuple):
    """When and how much, one entry a directive: its deadlines and its targets."""

    due: tuple[tuple[Due, ...], ...]
    aims: tuple[tuple[Aim, ...], ...]


class Draft(NamedTuple):
    """What is known of a report so far; every stage fills what it assigns and leaves the rest."""

    source: Source
    published: str | None = None
    cleaned: Cleaned | None = None
    outline: Outline | None = None
    publication: Publication | None = None
    sentences: tuple[Sentence, ...] | None = None
    said: tuple[Said, ...] | None = None
    people: tuple[Named, ...] | None = None
    meetings: tuple[Held, ...] | None = None
    told: tuple[Told, ...] | None = None
    deeds: tuple[tuple[Deed, ...], ...] | None = None
    units: tuple[tuple[Offsets, ...], ...] | None = None
    measures: Measures | None = None
    shortfalls: tuple[tuple[Offsets, int], ...] | None = None
    traits: tuple[Traits, ...] | None = None
    assigned: Assigned | None = None
    reading: Reading | None = None
