"""Places, lines and units in, the pages on which an administrator looks at them and puts them right out."""

from .lines import LineAdmin, LoadingAdmin
from .places import PlaceAdmin
from .units import UnitAdmin

__all__ = ["LineAdmin", "LoadingAdmin", "PlaceAdmin", "UnitAdmin"]
