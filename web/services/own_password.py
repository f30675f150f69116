"""Changing one's own password: the current one first, and every other session ends."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Literal
from uuid import UUID

from web.services import passwords
from web.services.accounts import set_password
from web.services.errors import ServiceError
from web.services.signing_in import Browser, Keys, OpenRecords, enter, still_valid
from web.services.tries import count_success, count_try

WRONG_NOW = "いまのパスワードが違います。入れ直してください。"
Field = Literal["current", "new", "again"]


class PasswordMistakeError(ServiceError):
    """One field of the form cannot be used; the message says what to do."""

    def __init__(self, field: Field, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def change_own_password(
    open_records: OpenRecords,
    *,
    account_id: UUID,
    login: str,
    display_name: str,
    current: str,
    new: str,
    again: str,
    browser: Browser,
    at: datetime,
) -> Keys:
    """Give oneself a new password; this browser goes on with new keys, every other one is signed out and forgotten.

    What is wrong with the new one is said before the current one is tried: it costs no try. A wrong current one
    counts like a wrong sign-in, in the same short transactions. Raises PasswordMistakeError, TooManyTriesError.
    """
    _check(current, new, again, avoid=(login, display_name))
    with open_records() as session:
        tried = count_try(
            session,
            key=login,
            device_key=browser.device_key,
            address=browser.address,
            at=at,
            refused="パスワードを変えられません",
        )
    if tried.account is None or not passwords.matches(current, tried.account.password_hash):
        raise PasswordMistakeError("current", WRONG_NOW)
    with open_records() as session:
        account = still_valid(session, tried.account, current)
        if account is None or account.id != account_id:
            raise PasswordMistakeError("current", WRONG_NOW)
        count_success(session, tried.attempt_id)
        try:
            set_password(session, account, password=new, at=at)
        except ServiceError as problem:
            raise PasswordMistakeError("new", str(problem)) from problem
        return enter(session, account, browser=browser, at=at)


def _check(current: str, new: str, again: str, *, avoid: tuple[str, ...]) -> None:
    if not current:
        raise PasswordMistakeError("current", "いまのパスワードを入れてください。")
    try:
        passwords.check_password(new, avoid=avoid)
    except ServiceError as problem:
        raise PasswordMistakeError("new", str(problem)) from problem
    if _plain(new) == _plain(current):
        raise PasswordMistakeError("new", "いまと同じパスワードです。ちがうものにしてください。")
    if _plain(new) != _plain(again):
        raise PasswordMistakeError(
            "again", "新しいパスワードと同じではありません。もう一度、同じものを入れてください。"
        )


def _plain(password: str) -> str:
    """As it is kept: width does not matter."""
    return unicodedata.normalize("NFKC", password)
