"""The lines (条线) of departments: places and a day in; units with their names, former names, successors out."""

from .generating import PlaceNow, UnitDraft, generate_units
from .handover import Handover, Successor, handover, successors
from .loading import load_lines
from .naming import FormerName, UnitName, former_names, unit_name
from .nouns import BrokenLines, Line, Lines, Period
from .recalling import Recalled, every_name

__all__ = [
    "BrokenLines",
    "FormerName",
    "Handover",
    "Line",
    "Lines",
    "Period",
    "PlaceNow",
    "Recalled",
    "Successor",
    "UnitDraft",
    "UnitName",
    "every_name",
    "former_names",
    "generate_units",
    "handover",
    "load_lines",
    "successors",
    "unit_name",
]
