"""Passwords: what is good enough, and how they are kept (argon2id)."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from web.services.errors import ServiceError
from web.services.guessable import easy_to_guess

SHORTEST = 12
# Hashing costs by length too; nobody types this much.
LONGEST = 200
FEWEST_DIFFERENT = 5
# Without the signs one takes for another: l and 1, o and 0, i and j.
EASY_TO_READ = "abcdefghkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()
# What an unknown account is checked against, so that it takes as long as a known one.
_nobody = _hasher.hash("この文字列で入れる人はいません")


def check_password(password: str, *, avoid: tuple[str, ...] = (), near: tuple[str, ...] = ()) -> None:
    """Raise ServiceError with one sentence when the password would be easy to guess.

    `avoid` must not stand in it at all; `near` are other words that everybody knows of whoever it belongs to.
    """
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
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in plain):
        sentence = "パスワードに、改行など、打ちこめない文字がまじっています。除いてください。"
        raise ServiceError(sentence)
    if easy_to_guess(password, known_words=(*avoid, *near)):
        sentence = (
            "よくある言葉や名前、日付、ならんだ文字が多く、当てられやすいパスワードです。"
            "つながりのない言葉を三つ四つならべると、覚えやすく、当てられにくくなります。"
        )
        raise ServiceError(sentence)


def make_password() -> str:
    """One that nobody guesses and that can be read out over the telephone (79 bits)."""
    return "-".join("".join(secrets.choice(EASY_TO_READ) for _ in range(4)) for _ in range(4))


def hashed(password: str) -> str:
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def matches(password: str, kept: str | None) -> bool:
    """Whether the password is the kept one; an unknown account (None) takes as long and never matches."""
    # Half a character cannot be written as UTF-8; it is just wrong.
    candidate = unicodedata.normalize("NFKC", password[: LONGEST * 2]).encode("utf-8", "replace")
    try:
        return _hasher.verify(kept or _nobody, candidate) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Whether the kept hash was made with older parameters."""
    return _hasher.check_needs_rehash(kept)
