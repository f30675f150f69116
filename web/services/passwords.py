"""Passwords: what is good enough, and how they are kept (argon2id)."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from web.services.errors import ServiceError

SHORTEST = 12
# Hashing costs by length too; nobody types this much.
LONGEST = 200
FEWEST_DIFFERENT = 5

_hasher = PasswordHasher()
# What an unknown account is checked against, so that it takes as long as a known one.
_nobody = _hasher.hash("この文字列で入れる人はいません")


def check_password(password: str, *, avoid: tuple[str, ...] = ()) -> None:
    """Raise ServiceError with one sentence when the password would be easy to guess."""
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < SHORTEST:
        sentence = f"パスワードは{SHORTEST}文字以上にしてください。好きな言葉をいくつかつなげると、覚えやすくなります。"
        raise ServiceError(sentence)
    if len(plain) > LONGEST:
        sentence = f"パスワードは{LONGEST}文字までにしてください。"
        raise ServiceError(sentence)
    if len(set(plain)) < FEWEST_DIFFERENT:
        sentence = "同じ文字のくり返しは当てられやすいので、ちがう文字をまぜてください。"
        raise ServiceError(sentence)
    lowered = plain.casefold()
    if any(len(word) >= 3 and word.casefold() in lowered for word in avoid):
        sentence = "サインイン名や名前をふくむパスワードは当てられやすいので、別のものにしてください。"
        raise ServiceError(sentence)


def hashed(password: str) -> str:
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def matches(password: str, kept: str | None) -> bool:
    """Whether the password is the kept one; an unknown account (None) takes as long and never matches."""
    candidate = unicodedata.normalize("NFKC", password[: LONGEST * 2])
    try:
        return _hasher.verify(kept or _nobody, candidate) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Whether the kept hash was made with older parameters."""
    return _hasher.check_needs_rehash(kept)
