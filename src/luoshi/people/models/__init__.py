"""The tables of people: who signs in, the posts they hold, when they signed in."""

from ..roles import Role
from .login import How, Login, Outcome
from .post import Post
from .user import Language, User

__all__ = ["How", "Language", "Login", "Outcome", "Post", "Role", "User"]
