"""Places, lines and units of this version in, the database brought to it out: only what differs is written."""

from .gazetteer import load_places, version, zone_aliases
from .handovers import hand_over, load_handovers
from .lines import load_line_rows
from .sync import Counts
from .units import load_units

__all__ = [
    "Counts",
    "hand_over",
    "load_handovers",
    "load_line_rows",
    "load_places",
    "load_units",
    "version",
    "zone_aliases",
]
