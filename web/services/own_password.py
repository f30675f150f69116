"""Changing one's own password: the current one first, and every other session ends."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Literal
from uuid import UUID

from web.services import passwords
from web.services.accounts import KnownAccount, OpenRecords, known_account, set_password
from web.services.errors import NotFoundError, ServiceError
from web.services.tries import count_success, count_try

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
    address: str,
    at: datetime,
) -> KnownAccount:
    """Give oneself a new password; the account comes back with its new seal, which no older session carries.

    What is wrong with the new one is said before the current one is tried: it costs no try. A wrong current one
    counts like a wrong sign-in, in the same short transactions. Raises PasswordMistakeError, TooManyTriesError.
    """
    _check(current, new, again, avoid=(login, display_name))
    with open_records() as session:
        kept = count_try(session, key=login, address=address, at=at, refused="パスワードを変えられません")
    if kept is None or not passwords.matches(current, kept.password_hash):
        raise PasswordMistakeError("current", "いまのパスワードが違います。入れ直してください。")
    with open_records() as session:
        count_success(session, key=login, address=address, at=at)
        set_password(session, account_id=account_id, password=new)
        known = known_account(session, account_id)
    if known is None:
        sentence = "そのアカウントは見つかりません。"
        raise NotFoundError(sentence)
    return known


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
