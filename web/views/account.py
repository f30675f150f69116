"""Signing in and out, and one's own settings (自分の設定)."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.scope import EVERYWHERE
from models.signing_in import EndedWhy
from web import signed_in
from web.context import house, transaction
from web.pages.own_settings import own_words, seats
from web.permissions import Permission, requires
from web.services import passwords, sign_in_sessions, signing_in
from web.services.errors import ServiceError, TooManyTriesError
from web.services.own_password import PasswordMistakeError, change_own_password

views = Blueprint("account", __name__)


def local_path(target: str | None) -> str | None:
    """The address only when it stays in this house; browsers read `//host`, `/\\host` and tabs as elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(character) < 0x21 or character == "\\" for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


@views.get("/signin")
@requires(Permission.ANYBODY)
def sign_in() -> str | Response:
    if current_user.is_authenticated:
        return redirect(url_for("landing.entrance"), 303)
    return render_template("account/sign_in.html", next=local_path(request.args.get("next")), sign_in_name="")


@views.post("/signin")
@requires(Permission.ANYBODY)
def check_sign_in() -> Response:
    target = local_path(request.args.get("next"))
    name = request.form.get("sign_in_name", "").strip()
    try:
        keys = signing_in.sign_in(
            lambda: transaction(EVERYWHERE, changes=True),
            login=name,
            password=request.form.get("password", ""),
            browser=signed_in.this_browser(),
            at=house().clock.now(),
        )
    except ServiceError as problem:
        page = render_template("account/sign_in.html", next=target, sign_in_name=name, problem=str(problem))
        return _refusal(page, problem, 401)
    response = redirect(target or url_for("landing.entrance"), 303)
    signed_in.enter(response, keys)
    return response


@views.post("/signout")
@requires(Permission.SIGNED_IN)
def sign_out() -> Response:
    """The session ends here and wherever its cookie was copied to."""
    with transaction(changes=True) as records:
        sign_in_sessions.end_session(
            records,
            current_user.session_id,
            account_id=current_user.account_id,
            why=EndedWhy.SIGNED_OUT,
            at=house().clock.now(),
        )
    signed_in.leave()
    flash("サインアウトしました。")
    response = redirect(url_for("account.sign_in"), 303)
    # Office PCs are shared: what the browser still holds of these pages goes too (browsers obey over HTTPS).
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@views.get("/account")
@requires(Permission.SIGNED_IN)
def own_settings() -> str:
    return _own_page()


@views.post("/account")
@requires(Permission.SIGNED_IN)
def change_password() -> Response:
    """A new password for oneself: this browser goes on, every other session of the account ends."""
    try:
        keys = change_own_password(
            lambda: transaction(changes=True),
            account_id=current_user.account_id,
            login=current_user.login,
            display_name=current_user.display_name,
            current=request.form.get("current", ""),
            new=request.form.get("new", ""),
            again=request.form.get("again", ""),
            browser=signed_in.this_browser(),
            at=house().clock.now(),
        )
    except PasswordMistakeError as mistake:
        return _refusal(_own_page(mistake.field, str(mistake)), mistake, 400)
    except TooManyTriesError as problem:
        return _refusal(_own_page("current", str(problem)), problem, 429)
    response = redirect(url_for("account.own_settings"), 303)
    signed_in.enter(response, keys)
    flash("パスワードを変えました。ほかの端末やブラウザーでは、サインアウトしています。")
    return response


@views.post("/account/sessions/<uuid:session_id>/end")
@requires(Permission.SIGNED_IN)
def end_session(session_id: UUID) -> Response:
    """One session of one's own; the one of this browser ends by signing out."""
    if session_id == current_user.session_id:
        return sign_out()
    with transaction(changes=True) as records:
        sign_in_sessions.end_session(
            records,
            session_id,
            account_id=current_user.account_id,
            why=EndedWhy.ENDED_ELSEWHERE,
            at=house().clock.now(),
        )
    flash("その端末のサインインを終わらせました。")
    return redirect(url_for("account.own_settings", _anchor="sessions-title"), 303)


@views.post("/account/sessions/end-others")
@requires(Permission.SIGNED_IN)
def end_other_sessions() -> Response:
    with transaction(changes=True) as records:
        sign_in_sessions.end_sessions(
            records,
            current_user.account_id,
            why=EndedWhy.ENDED_ELSEWHERE,
            at=house().clock.now(),
            but=current_user.session_id,
        )
    flash("ほかの端末のサインインを、すべて終わらせました。この端末では、そのまま使えます。")
    return redirect(url_for("account.own_settings", _anchor="sessions-title"), 303)


def _own_page(wrong: str = "", problem: str = "") -> str:
    """`wrong` is the field that `problem` belongs to."""
    now = house().clock.now()
    with transaction() as records:
        sittings = sign_in_sessions.open_sessions(records, current_user.account_id, limits=signed_in.limits(), at=now)
    return render_template(
        "account/own_settings.html",
        wrong=wrong,
        problem=problem,
        shortest=passwords.SHORTEST,
        own_words=own_words(current_user.words),
        seats=seats(sittings, here=current_user.session_id, at=now),
    )


def _refusal(page: str, problem: ServiceError, status: int) -> Response:
    response = make_response(page, status)
    if isinstance(problem, TooManyTriesError):
        response.status_code = 429
        response.headers["Retry-After"] = str(problem.seconds)
    return response
