"""The timetable (倒排工期): steps, a calendar and the day all must be over in; what holds and what slips out. Pure."""

from .checking import MOST_STEPS, Wrong, wrongs
from .counting import schedule
from .nouns import Calendar, Plan, Schedule, Slip, Step, Unmet, Window
from .reading import plan_of
from .slipping import CannotSlip, slip

__all__ = [
    "MOST_STEPS",
    "Calendar",
    "CannotSlip",
    "Plan",
    "Schedule",
    "Slip",
    "Step",
    "Unmet",
    "Window",
    "Wrong",
    "plan_of",
    "schedule",
    "slip",
    "wrongs",
]
