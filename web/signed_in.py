"""Who is signed in: whose key the cookie carries, and when the session behind it is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import Flask, flash, g, request, session
from flask_login import LoginManager, UserMixin, login_user, logout_user
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from models.account import Role
from models.scope import EVERYWHERE
from models.signing_in import EndedWhy
from web.context import house, transaction, without_waiting
from web.device_words import device_words
from web.local_words import STANDARD, LocalWords, local_words
from web.security import caller_address
from web.services import sign_in_sessions
from web.services.known_devices import KEEP_DEVICES
from web.services.sign_in_sessions import SEEN_EVERY, Limits, Recognised
from web.services.signing_in import Browser, Keys

# Where Flask-Login keeps what `get_id` gives it.
KEY = "_user_id"
OVER = {
    EndedWhy.SIGNED_OUT: "サインアウトしています。続けるには、もう一度サインインしてください。",
    EndedWhy.ENDED_ELSEWHERE: "ほかの端末からの操作で、サインアウトしました。",
    EndedWhy.NEW_PASSWORD: "パスワードが変わったので、サインアウトしました。",
    EndedWhy.CLOSED: "このサインイン名は、いまは使えません。",
}
IDLE = "しばらく操作がなかったので、サインアウトしました。もう一度サインインしてください。"
UNKNOWN = "サインインが切れています。続けるには、もう一度サインインしてください。"
SAT = "サインインしてから長くたったので、サインアウトしました。もう一度サインインしてください。"


@dataclass(frozen=True)
class Arriving(UserMixin):  # type: ignore[misc]
    """Somebody whose password was just right: so far only a key for the cookie."""

    key: str = field(repr=False)

    def get_id(self) -> str:
        return self.key


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """The account behind the request, as far as pages need it."""

    key: str = field(repr=False)
    session_id: UUID
    account_id: UUID
    login: str
    municipality_id: UUID
    municipality_name: str
    display_name: str
    roles: frozenset[Role]
    words: LocalWords

    def get_id(self) -> str:
        return self.key

    @property
    def role_label(self) -> str:
        return self.words.held(self.roles)


def remember_people(app: Flask) -> None:
    """Teach the app to recognise a session; one query a request, none for static files."""
    manager = LoginManager(app)
    # Addresses change between office and farmyard; the row of the session says when it is over.
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def recognise(key: str) -> SignedIn | None:
        now = house().clock.now()
        with transaction(EVERYWHERE) as records:
            known = sign_in_sessions.recognise(records, key)
        over = _over(known, now)
        if known is None or over is not None:
            session.clear()
            flash(over or UNKNOWN)
            return None
        if now - known.seen_at >= SEEN_EVERY:
            _note_seen(known.session_id, now)
        someone = _signed_in(known, key)
        g.words = someone.words
        return someone


def words_here() -> LocalWords:
    """The words of whoever was recognised in this request. It never looks for them itself: error pages use it too."""
    words: LocalWords = g.get("words", STANDARD)
    return words


def limits() -> Limits:
    settings = house().settings
    return Limits(idle=settings.idle_limit, sitting=settings.longest_sitting)


def this_browser() -> Browser:
    """What the browser of this request brings along."""
    return Browser(
        session_key=str(session.get(KEY, "")),
        device_key=request.cookies.get(_device_cookie(), ""),
        address=caller_address(),
        device=device_words(request.user_agent.string),
    )


def enter(response: Response, keys: Keys) -> None:
    """Begin a session of its own: nothing of the one before is carried over. The browser is known from now on."""
    session.clear()
    session.permanent = True
    login_user(Arriving(keys.session_key))
    settings = house().settings
    response.set_cookie(
        _device_cookie(),
        keys.device_key,
        max_age=KEEP_DEVICES,
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )


def leave() -> None:
    logout_user()
    session.clear()


def _over(known: Recognised | None, now: datetime) -> str | None:
    """Why the session does not hold any more, in a sentence; None while it does."""
    if known is None:
        return UNKNOWN
    if known.ended_why is not None:
        return OVER[EndedWhy(known.ended_why)]
    if not known.active:
        return OVER[EndedWhy.CLOSED]
    if known.idle_for_too_long(limits(), at=now):
        return IDLE
    return SAT if known.sat_for_too_long(limits(), at=now) else None


def _note_seen(session_id: UUID, now: datetime) -> None:
    """A page never waits for this note: while somebody else writes for long, the next click makes it."""
    try:
        with transaction(EVERYWHERE) as records, without_waiting(records):
            sign_in_sessions.note_seen(records, session_id, at=now)
    except OperationalError:
        return


def _device_cookie() -> str:
    return "__Host-engawa-device" if house().settings.https else "engawa-device"


def _signed_in(known: Recognised, key: str) -> SignedIn:
    words = local_words(known.settings, municipality_name=known.municipality_name)
    return SignedIn(
        key=key,
        session_id=known.session_id,
        account_id=known.account_id,
        login=known.login,
        municipality_id=known.municipality_id,
        municipality_name=known.municipality_name,
        display_name=known.display_name,
        roles=known.roles,
        words=words,
    )
