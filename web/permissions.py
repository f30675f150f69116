"""Who may do what, as one map. A view without a permission fails a test."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort
from flask_login import current_user

from models.account import Role
from web.again import once_more
from web.errors import SignInNeededError

View = TypeVar("View", bound=Callable[..., Any])


class Permission(Enum):
    """One thing a role may do. ANYBODY needs no account, SIGNED_IN any account."""

    ANYBODY = auto()
    SIGNED_IN = auto()
    SEE_PEOPLE = auto()
    PROPOSE = auto()
    SEE_PLACES = auto()
    SEE_HOST_NOTES = auto()
    IMPORT = auto()
    IMPORT_PLACES = auto()
    IMPORT_PEOPLE = auto()


EVERY_ROLE = frozenset(Role)

ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.ANYBODY: EVERY_ROLE,
    Permission.SIGNED_IN: EVERY_ROLE,
    Permission.SEE_PEOPLE: frozenset({Role.CO, Role.LD, Role.MC, Role.GV}),
    Permission.PROPOSE: frozenset({Role.CO, Role.LD, Role.MC}),
    Permission.SEE_PLACES: frozenset({Role.CO, Role.LD, Role.MC, Role.GV, Role.SC}),
    # Domain §2.1: what staff wrote down about a host for themselves is not for the other agencies.
    Permission.SEE_HOST_NOTES: frozenset({Role.CO, Role.LD, Role.GV, Role.SC}),
    Permission.IMPORT: frozenset({Role.CO, Role.LD, Role.SC, Role.GV}),
    Permission.IMPORT_PLACES: frozenset({Role.CO, Role.LD, Role.SC, Role.GV}),
    Permission.IMPORT_PEOPLE: frozenset({Role.CO, Role.LD, Role.GV}),
}


def may(permission: Permission) -> bool:
    """Whether whoever is signed in now may do this; for the navigation and for buttons."""
    if permission is Permission.ANYBODY:
        return True
    if not current_user.is_authenticated:
        return False
    # Whoever lost the last role must still be able to read whom to ask, and to sign out.
    return permission is Permission.SIGNED_IN or bool(current_user.roles & ALLOWED[permission])


def requires(permission: Permission) -> Callable[[View], View]:
    """Guard a view: to the sign-in page without an account, 403 without the permission."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if permission is not Permission.ANYBODY and not current_user.is_authenticated:
                raise SignInNeededError
            if not may(permission):
                abort(403)
            return once_more(lambda: view(*args, **kwargs))

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard
