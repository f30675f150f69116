"""What the surroundings decide: read once at the start, then frozen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

SHORTEST_SECRET = 32
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
    production: bool = False
    https: bool = False
    trusted_proxies: int = 0
    idle_limit: timedelta = timedelta(minutes=60)
    longest_sitting: timedelta = timedelta(hours=12)
    upload_limit: int = 10 * MEGABYTE

    def __post_init__(self) -> None:
        if len(self.secret_key) < SHORTEST_SECRET:
            message = (
                f"ENGAWA_SECRET_KEY に {SHORTEST_SECRET} 文字以上の秘密の文字列を入れてください"
                "（例: python3 -c 'import secrets; print(secrets.token_urlsafe(48))' で作れます）。"
            )
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
        production = environment.get("ENGAWA_ENVIRONMENT", "") == "production"
        secret = environment.get("ENGAWA_SECRET_KEY") or ("" if production else kept_secret or "")
        return cls(
            secret_key=secret,
            database_url=environment.get("ENGAWA_DATABASE_URL") or f"sqlite:///{data_folder / 'engawa.db'}",
            production=production,
            https=_yes(environment, "ENGAWA_HTTPS", default=production),
            trusted_proxies=_count(environment, "ENGAWA_TRUSTED_PROXIES", default=0),
            upload_limit=_count(environment, "ENGAWA_UPLOAD_MEGABYTES", default=10) * MEGABYTE,
        )


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


def _count(environment: Mapping[str, str], name: str, *, default: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit():
        message = f"{name} には 0 以上の整数を入れてください（いまは「{text}」です）。"
        raise SettingsError(message)
    return int(text)
