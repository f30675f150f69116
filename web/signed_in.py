"""Who is signed in: what the session remembers, and when it lets go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask, flash, g, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

from models.account import Role
from models.scope import EVERYWHERE
from web.context import house, transaction
from web.local_words import STANDARD, LocalWords, local_words
from web.services import accounts
from web.services.accounts import KnownAccount

SEEN_AT, ENTERED_AT, SEAL = "seen_at", "entered_at", "seal"
# Writing the cookie at every click would make parallel requests fight over it.
RENEW_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """The account behind the request, as far as pages need it."""

    account_id: UUID
    login: str
    municipality_id: UUID
    municipality_name: str
    display_name: str
    roles: frozenset[Role]
    words: LocalWords

    def get_id(self) -> str:
        return str(self.account_id)

    @property
    def role_label(self) -> str:
        return self.words.held(self.roles)


def remember_people(app: Flask) -> None:
    """Teach the app to recognise a session; one query a request, none for static files."""
    manager = LoginManager(app)
    # Addresses change between office and farmyard; the seal below ends sessions when it matters.
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def recognise(account_id: str) -> SignedIn | None:
        now = house().clock.now()
        if not _still_sitting(now):
            _forget()
            flash("しばらく操作がなかったので、サインアウトしました。もう一度サインインしてください。")
            return None
        try:
            key = UUID(account_id)
        except ValueError:
            return None
        with transaction(EVERYWHERE) as records:
            known = accounts.known_account(records, key)
        if known is None or known.seal != session.get(SEAL):
            _forget()
            if known is not None:
                flash("パスワードが変わったので、サインアウトしました。")
            return None
        if now - _moment(SEEN_AT) >= RENEW_AFTER:
            session[SEEN_AT] = int(now.timestamp())
        someone = _signed_in(known)
        g.words = someone.words
        return someone


def words_here() -> LocalWords:
    """The words of whoever was recognised in this request. It never looks for them itself: error pages use it too."""
    words: LocalWords = g.get("words", STANDARD)
    return words


def enter(known: KnownAccount, *, at: datetime) -> None:
    """Begin a session of its own: nothing of the one before is carried over."""
    session.clear()
    session.permanent = True
    session[SEEN_AT] = session[ENTERED_AT] = int(at.timestamp())
    session[SEAL] = known.seal
    login_user(_signed_in(known))


def leave() -> None:
    logout_user()
    session.clear()


def _forget() -> None:
    session.clear()


def _signed_in(known: KnownAccount) -> SignedIn:
    words = local_words(known.settings, municipality_name=known.municipality_name)
    return SignedIn(
        account_id=known.id,
        login=known.login,
        municipality_id=known.municipality_id,
        municipality_name=known.municipality_name,
        display_name=known.display_name,
        roles=known.roles,
        words=words,
    )


def _moment(name: str) -> datetime:
    return datetime.fromtimestamp(int(session.get(name, 0)), tz=house().clock.now().tzinfo)


def _still_sitting(now: datetime) -> bool:
    settings = house().settings
    idle, sitting = now - _moment(SEEN_AT), now - _moment(ENTERED_AT)
    return idle < settings.idle_limit and sitting < settings.longest_sitting
