"""A name of an owner as printed in, and who speaks when; the units that can be asked out, with score and reason."""

from .directory import Directory, default_directory, directory
from .mentioning import mentions
from .nouns import NEAR, Answer, Candidate, Context, Mention, Own
from .reasons import Reason
from .resolving import Resolver, resolve

__all__ = [
    "NEAR",
    "Answer",
    "Candidate",
    "Context",
    "Directory",
    "Mention",
    "Own",
    "Reason",
    "Resolver",
    "default_directory",
    "directory",
    "mentions",
    "resolve",
]
