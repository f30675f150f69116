"""The imports' one root exception."""

from __future__ import annotations


class ImportProblem(Exception):
    """A file cannot be read at all; the message is one Japanese sentence saying what is wrong and what to do."""


class ReadersBusyError(ImportProblem):
    """Nothing is known of the file yet: others are being read, and it may be given again in a moment."""
