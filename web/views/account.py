"""Signing in and out, and one's own settings (自分の設定)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.scope import EVERYWHERE
from web import signed_in
from web.context import house, transaction
from web.pages.own_settings import own_words
from web.permissions import Permission, requires
from web.security import caller_address
from web.services import accounts, passwords
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
        return redirect(url_for("doorstep.entrance"), 303)
    return render_template("account/sign_in.html", next=local_path(request.args.get("next")), sign_in_name="")


@views.post("/signin")
@requires(Permission.ANYBODY)
def check_sign_in() -> Response | tuple[str, int]:
    target = local_path(request.args.get("next"))
    name = request.form.get("sign_in_name", "").strip()
    try:
        known = accounts.sign_in(
            lambda: transaction(EVERYWHERE, changes=True),
            login=name,
            password=request.form.get("password", ""),
            address=caller_address(),
            at=house().clock.now(),
        )
    except ServiceError as problem:
        status = 429 if isinstance(problem, TooManyTriesError) else 401
        page = render_template("account/sign_in.html", next=target, sign_in_name=name, problem=str(problem))
        return page, status
    signed_in.enter(known, at=house().clock.now())
    return redirect(target or url_for("doorstep.entrance"), 303)


@views.post("/signout")
@requires(Permission.SIGNED_IN)
def sign_out() -> Response:
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
def change_password() -> Response | tuple[str, int]:
    """A new password for oneself: this session goes on, every other one of the account ends."""
    clock = house().clock
    try:
        known = change_own_password(
            lambda: transaction(changes=True),
            account_id=current_user.account_id,
            login=current_user.login,
            display_name=current_user.display_name,
            current=request.form.get("current", ""),
            new=request.form.get("new", ""),
            again=request.form.get("again", ""),
            address=caller_address(),
            at=clock.now(),
        )
    except PasswordMistakeError as mistake:
        return _own_page(mistake.field, str(mistake)), 400
    except TooManyTriesError as problem:
        return _own_page("current", str(problem)), 429
    signed_in.enter(known, at=clock.now())
    flash("パスワードを変えました。ほかの端末やブラウザーでは、サインアウトしています。")
    return redirect(url_for("account.own_settings"), 303)


def _own_page(wrong: str = "", problem: str = "") -> str:
    """`wrong` is the field that `problem` belongs to."""
    return render_template(
        "account/own_settings.html",
        wrong=wrong,
        problem=problem,
        shortest=passwords.SHORTEST,
        own_words=own_words(current_user.words),
    )
