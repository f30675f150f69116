"""The engine's one root exception."""

from __future__ import annotations


class MatchingError(Exception):
    """The question cannot be asked as it stands; the message is one Japanese sentence for staff."""
