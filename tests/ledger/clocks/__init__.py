"""Clocks: sums by hand, ladders, examples of the field, what holds of every sum."""
