"""The grounds on which a name is given to a unit, as numbers: how the place was found, and which name matched.

A score is the product of both. Only their order and distances are meant: each step was chosen so that the better ground
wins where both are there, and so that two of the same ground are as near as NEAR (see nouns.py), which is ambiguous.
The table tests/places/cases/names.yaml holds them to it.
"""

from __future__ import annotations

from .reasons import How, Match

PLACE: dict[How, float] = {
    "own": 1.0,
    "country": 1.0,
    "named": 1.0,
    "rank_own": 0.98,
    "stem": 0.93,
    "sender": 0.98,
    # 市政府 of a county-level city is its own before the city's above it; where it has no such unit, the city's.
    "rank_above": 0.88,
    "context": 0.88,
    # 财政厅 said in a county: there is one reading, less sure than a printed 省.
    "context_above": 0.75,
    "place": 0.85,
    # One of several below: never enough for a unit by itself.
    "rank_below": 0.3,
}
NAME: dict[Match, float] = {
    "full": 1.0,
    "short": 1.0,
    "variant": 0.95,
    "former": 0.91,
    # Dates of lower levels are years or guesses: a name some years early is still that unit's.
    "later": 0.86,
    # What units of the line are called in another province or at another level.
    "other": 0.8,
}
# A place that does not bear the printed name on the day, or has ended.
FORMER_PLACE = 0.91
# Of places with the same name, those farther from the speaker than the nearest.
FARTHER = 0.5
