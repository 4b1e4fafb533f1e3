"""The tables of places and units: places and their states, lines, units and their handovers."""

from .dated import Dated, DatedQuerySet, Known, Origin, Sourced, meet
from .history import Recorded
from .line import Branch, Line
from .loading import Loading
from .place import Level, Place, PlaceState, Succession, code_faults, higher, state_on
from .unit import Handover, Kind, Unit

__all__ = [
    "Branch",
    "Dated",
    "DatedQuerySet",
    "Handover",
    "Kind",
    "Known",
    "Level",
    "Line",
    "Loading",
    "Origin",
    "Place",
    "PlaceState",
    "Recorded",
    "Sourced",
    "Succession",
    "Unit",
    "code_faults",
    "higher",
    "meet",
    "state_on",
]
