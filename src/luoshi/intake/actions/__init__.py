"""What can be done with drafts: draw, edit, merge, split, refuse, link, confirm, enter by hand, take back.

Who asks supervises the place and line of the draft, or is refused; what is out of their sight is not found.
"""

from .bringing import Brought, bring, read_again
from .confirming import Confirmed, confirm, confirm_many
from .deciding import link, refuse
from .drawing import draw
from .editing import edit
from .entering import enter
from .instructing import instruct
from .joining import merge, split
from .refused import DraftNotFound, DraftRefused, DraftStale, Fault, Since
from .undoing import take_back
from .verbs import Verb

__all__ = [
    "Brought",
    "Confirmed",
    "DraftNotFound",
    "DraftRefused",
    "DraftStale",
    "Fault",
    "Since",
    "Verb",
    "bring",
    "confirm",
    "confirm_many",
    "draw",
    "edit",
    "enter",
    "instruct",
    "link",
    "merge",
    "read_again",
    "refuse",
    "split",
    "take_back",
]
