"""Who is signed in (Flask-Login): kept in the session cookie by key, read afresh for every request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

from models.scope import EVERYWHERE, open_session
from web.context import house
from web.services import accounts

__all__ = ["EVERYWHERE", "User", "enter", "leave", "remember_people"]

LAST_SEEN, SINCE = "seen", "since"


class User(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """利用者, for as long as one request."""

    def __init__(self, account: accounts.SignedIn) -> None:
        self.id = account.account_id
        self.municipality_id = account.municipality_id
        self.display_name = account.display_name
        self.roles = account.roles
        self.municipality_name = account.municipality_name
        self.role_label = account.role_label

    def get_id(self) -> str:
        return str(self.id)


def enter(account: accounts.SignedIn, *, at: datetime) -> None:
    """A new session for whoever signed in; nothing of the one before is kept."""
    session.clear()
    session.permanent = True
    session[SINCE] = session[LAST_SEEN] = int(at.timestamp())
    login_user(User(account))


def leave() -> None:
    logout_user()
    session.clear()


def remember_people(app: Flask) -> None:
    people = LoginManager(app)
    people.session_protection = None

    @people.user_loader  # type: ignore[untyped-decorator, unused-ignore]
    def load(key: str) -> User | None:
        settings, now = house().settings, int(house().clock.now().timestamp())
        idle = now - int(session.get(LAST_SEEN, 0))
        sitting = now - int(session.get(SINCE, 0))
        if idle > settings.idle_limit.total_seconds() or sitting > settings.longest_sitting.total_seconds():
            return None
        with open_session(house().engine, municipality_id=EVERYWHERE) as opened:
            account = accounts.signed_in(opened, UUID(key))
        if account is None:
            return None
        session[LAST_SEEN] = now
        return User(account)
