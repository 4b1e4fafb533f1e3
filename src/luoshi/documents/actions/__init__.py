"""What can be done with documents: take in, read again, correct, enter a meeting; each whole or not at all.

Who may is not asked here: pages ask `Model.seen.by(viewer, day)` first, and give the post that acts.
"""

from .correcting import correct, correct_meeting, take_back
from .meetings import enter_meeting
from .rereading import outdated, reread
from .taking import How, Taken, take_in

__all__ = [
    "How",
    "Taken",
    "correct",
    "correct_meeting",
    "enter_meeting",
    "outdated",
    "reread",
    "take_back",
    "take_in",
]
