"""The records' one root exception."""

from __future__ import annotations


class RecordError(Exception):
    """A record would break a rule that holds whatever the page; the message is one Japanese sentence."""
