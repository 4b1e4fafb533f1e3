"""Clocks (时限): a playbook's clock, its tape on an item and a calendar in; the sum that shows when it is due out."""

from .extending import extending
from .laddering import next_step
from .nouns import Due, Pause, Standing, Sum, Timing
from .summing import sum_of
from .timing import timing

__all__ = ["Due", "Pause", "Standing", "Sum", "Timing", "extending", "next_step", "sum_of", "timing"]
