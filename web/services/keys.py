"""Keys that browsers carry: random, and only their hash is kept, so that nobody can sign in with a copy of the database."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    return secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """Plain SHA-256 is enough: a key of 256 random bits cannot be guessed from its hash."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
