"""The tables of documents: originals, works, reports, readings, meetings, directives, actions, corrections."""

from .correction import Correction
from .directive import Action, Directive, Kind, Strength
from .drawn import Corrected, Drawn
from .meeting import Level, Meeting, Origin
from .original import Original
from .reading import Reading
from .report import Bringing, Report
from .work import Beginning, Work

__all__ = [
    "Action",
    "Beginning",
    "Bringing",
    "Corrected",
    "Correction",
    "Directive",
    "Drawn",
    "Kind",
    "Level",
    "Meeting",
    "Origin",
    "Original",
    "Reading",
    "Report",
    "Strength",
    "Work",
]
