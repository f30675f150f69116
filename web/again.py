"""A view that lost against another one is done once more, where the database says that it would do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import request
from sqlalchemy.exc import DBAPIError

from models.failures import may_begin_again
from web.context import nothing_kept_yet

Answer = TypeVar("Answer")


def once_more(view: Callable[[], Answer]) -> Answer:
    """Only while nothing has been kept: then doing it again does it once. The second loss is told (web.errors)."""
    try:
        return view()
    except DBAPIError as problem:
        if not may_begin_again(problem) or not nothing_kept_yet():
            raise
    for sent in request.files.values():
        sent.stream.seek(0)
    return view()
