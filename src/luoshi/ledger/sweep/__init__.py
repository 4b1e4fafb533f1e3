"""The sweep (扫描): a moment in; every step of a ladder that is due by then made through the door, once, out."""

from .night import quiet
from .nouns import Found, Made, Swept
from .running import NightFell, sweep
from .walking import waiting

__all__ = ["Found", "Made", "NightFell", "Swept", "quiet", "sweep", "waiting"]
