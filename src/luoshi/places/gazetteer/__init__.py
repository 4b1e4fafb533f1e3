"""Published lists of divisions go in; every place of China down to townships, in time, comes out.

Built with the package (see hatch_build.py) into places/data; `read_places` and `read_successions` read it from there.
"""

from luoshi.places.gazetteer.compiling import compile_gazetteer
from luoshi.places.gazetteer.faults import Fault, faults
from luoshi.places.gazetteer.files import NotBuilt, read_places, read_successions
from luoshi.places.gazetteer.nouns import ROOT, TAIWAN, Gazetteer, PlaceState, Succession
from luoshi.places.gazetteer.timeline import chain, state_on, timeline
from luoshi.places.gazetteer.zones import Zone, read_zones

__all__ = [
    "ROOT",
    "TAIWAN",
    "Fault",
    "Gazetteer",
    "NotBuilt",
    "PlaceState",
    "Succession",
    "Zone",
    "chain",
    "compile_gazetteer",
    "faults",
    "read_places",
    "read_successions",
    "read_zones",
    "state_on",
    "timeline",
]
