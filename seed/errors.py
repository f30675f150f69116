"""The imports' one root exception."""

from __future__ import annotations


class ImportProblem(Exception):
    """A file cannot be read at all; the message is one Japanese sentence saying what is wrong and what to do."""
