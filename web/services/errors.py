"""The one root exception of the use cases."""

from __future__ import annotations


class ServiceError(Exception):
    """A use case refuses; the message is one Japanese sentence for people, saying what to do."""


class NotFoundError(ServiceError):
    """What was asked for is not there, or not for this municipality (both look the same from outside)."""


class TooManyTriesError(ServiceError):
    """Too many failed sign-ins; the message says when one may try again."""

    def __init__(self, sentence: str, *, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds
