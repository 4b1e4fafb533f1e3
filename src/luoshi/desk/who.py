"""A request in, who asks, what they see and which day it is out: asked once a request."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.utils import timezone

from luoshi.people.models import Post, User
from luoshi.people.roles import Role
from luoshi.people.scope import Scope


def user_of(request: HttpRequest) -> User:
    """The user who is signed in; every page of the desk asks for that first."""
    assert isinstance(request.user, User)
    return request.user


def scope_of(request: HttpRequest) -> Scope:
    """What they see today."""
    return user_of(request).scope_today


def today() -> datetime.date:
    """The day in China."""
    return timezone.localdate()


def now() -> datetime.datetime:
    """The moment."""
    return timezone.now()


def post_of(request: HttpRequest, roles: frozenset[Role]) -> Post | None:
    """The first of their own posts, or of those of standing in, in one of the roles: the post that acts."""
    part = next(iter(scope_of(request).of(roles)), None)
    key = (part.stand_in or part.post) if part else None
    return Post.seen.within(scope_of(request)).filter(pk=key).first() if key else None
