"""The tables of people: who signs in, the posts they hold, when they signed in, the address of their calendar."""

from ..roles import Role
from .feed import FeedLink
from .login import How, Login, Outcome
from .post import Post
from .user import Language, User

__all__ = ["FeedLink", "How", "Language", "Login", "Outcome", "Post", "Role", "User"]
