"""Lights: how an item stands in, its light by a rule that is a file out; what people judge stands beside it, apart."""

from luoshi.ledger.clocks.days import end_of

from .lighting import judged, light, shown
from .limits import limits, timeless
from .loading import DEFAULT, load, names, scale
from .nouns import Confidence, Judgement, Light, Rule, Scale, Shown, Standing
from .schema import BrokenRule

__all__ = [
    "DEFAULT",
    "BrokenRule",
    "Confidence",
    "Judgement",
    "Light",
    "Rule",
    "Scale",
    "Shown",
    "Standing",
    "end_of",
    "judged",
    "light",
    "limits",
    "load",
    "names",
    "scale",
    "shown",
    "timeless",
]
