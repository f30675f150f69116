"""What the surroundings decide: read once at the start, then frozen."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

SHORTEST_SECRET = 32
FEWEST_DIFFERENT = 12
HOW_TO_MAKE_ONE = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))' で作れます"
ENVIRONMENTS = ("production", "development")
PROJECT_FOLDER = Path(__file__).resolve().parent.parent
DATA_FOLDER = PROJECT_FOLDER / ".engawa"
MEGABYTE = 1024 * 1024


class SettingsError(Exception):
    """The service cannot start like this; the message says which setting to give."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the operator may set; the rest is decided in code."""

    secret_key: str
    database_url: str
    # Older secrets, newest first: what they signed is still read, nothing new is signed with them.
    old_secret_keys: tuple[str, ...] = ()
    production: bool = False
    https: bool = False
    # Names under which the service is reached; empty means any, which production does not take.
    hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    idle_limit: timedelta = timedelta(minutes=60)
    longest_sitting: timedelta = timedelta(hours=12)
    upload_limit: int = 10 * MEGABYTE
    # How long a request may take to arrive before it has to keep up a pace (web/arrival.py).
    arrival: timedelta = timedelta(seconds=20)

    def __post_init__(self) -> None:
        for name, secret in (
            ("ENGAWA_SECRET_KEY", self.secret_key),
            *(("ENGAWA_SECRET_KEY_OLD", old) for old in self.old_secret_keys),
        ):
            if len(secret) < SHORTEST_SECRET:
                message = f"{name} に {SHORTEST_SECRET} 文字以上の秘密の文字列を入れてください（{HOW_TO_MAKE_ONE}）。"
                raise SettingsError(message)
            if self.production and len(set(secret)) < FEWEST_DIFFERENT:
                message = f"{name} が当てられやすい文字列です。でたらめな文字列にしてください（{HOW_TO_MAKE_ONE}）。"
                raise SettingsError(message)

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] = os.environ,
        *,
        kept_secret: str | None = None,
        data_folder: Path = DATA_FOLDER,
    ) -> Settings:
        """Read ENGAWA_… variables. `kept_secret` serves on one's own machine only; production brings its own.

        Raises SettingsError with a sentence that names the variable.
        """
        production = is_production(environment)
        secret = environment.get("ENGAWA_SECRET_KEY") or ("" if production else kept_secret or "")
        if production and secret:
            _all_given(environment, "ENGAWA_TRUSTED_PROXIES", "ENGAWA_HOSTS")
        return cls(
            secret_key=secret,
            old_secret_keys=_words(environment, "ENGAWA_SECRET_KEY_OLD"),
            database_url=environment.get("ENGAWA_DATABASE_URL") or f"sqlite:///{data_folder / 'engawa.db'}",
            production=production,
            https=_yes(environment, "ENGAWA_HTTPS", default=production),
            hosts=_hosts(environment, "ENGAWA_HOSTS"),
            trusted_proxies=_count(environment, "ENGAWA_TRUSTED_PROXIES", default=0),
            upload_limit=_count(environment, "ENGAWA_UPLOAD_MEGABYTES", default=10, least=1) * MEGABYTE,
            arrival=timedelta(seconds=_count(environment, "ENGAWA_ARRIVAL_SECONDS", default=20, least=1)),
        )


def is_production(environment: Mapping[str, str] = os.environ) -> bool:
    """What ENGAWA_ENVIRONMENT says; a name nobody knows is refused, or a slip of the pen would open the door."""
    text = environment.get("ENGAWA_ENVIRONMENT", "").strip()
    if text.lower() not in ("", *ENVIRONMENTS):
        message = f"ENGAWA_ENVIRONMENT には {' か '.join(ENVIRONMENTS)} を入れてください（いまは「{text}」です）。"
        raise SettingsError(message)
    return text.lower() == "production"


def _all_given(environment: Mapping[str, str], *names: str) -> None:
    told = {
        "ENGAWA_TRUSTED_PROXIES": "前に立つプロキシの数を入れてください（一つなら 1、なければ 0）",
        "ENGAWA_HOSTS": "利用者が開くアドレスの名前を入れてください（例: engawa.example.lg.jp。いくつかあれば , で区切る）",
    }
    for name in names:
        if not environment.get(name, "").strip():
            message = f"本番（ENGAWA_ENVIRONMENT=production）では、{name} に{told[name]}。"
            raise SettingsError(message)


def _words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(word for word in (part.strip() for part in environment.get(name, "").split(",")) if word)


def _hosts(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    hosts = tuple(host.lower() for host in _words(environment, name))
    for host in hosts:
        if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", host):
            message = f"{name} には名前だけを入れてください（例: engawa.example.lg.jp。いまは「{host}」です）。"
            raise SettingsError(message)
    return hosts


def _yes(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environment.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "yes", "true", "on"}:
        return True
    if text in {"0", "no", "false", "off"}:
        return False
    message = f"{name} には yes か no を入れてください（いまは「{text}」です）。"
    raise SettingsError(message)


def _count(environment: Mapping[str, str], name: str, *, default: int, least: int = 0) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < least:
        message = f"{name} には {least} 以上の整数を入れてください（いまは「{text[:20]}」です）。"
        raise SettingsError(message)
    return int(text)
