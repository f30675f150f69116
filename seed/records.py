"""Interchange records: plain dicts shaped like the objects of the JSON schemas, and how one is laid over another."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

Record: TypeAlias = dict[str, Any]
ERASE_WORD: Final = "（消す）"
"""What somebody writes into a cell to have a value removed."""


class _Erase:
    """（消す）: the one marker that removes a stored value; an absent value never does."""

    def __repr__(self) -> str:
        return ERASE_WORD


ERASE: Final = _Erase()


def merge(stored: Record, incoming: Record) -> Record:
    """Incoming over stored: objects merge key by key, lists and values replace, ERASE removes, absent leaves alone."""
    merged = dict(stored)
    for key, value in incoming.items():
        if value is ERASE:
            merged.pop(key, None)
        elif isinstance(value, dict):
            kept = stored.get(key)
            inner = merge(kept if isinstance(kept, dict) else {}, value)
            if inner or not _only_erases(value):
                merged[key] = inner
            else:
                merged.pop(key, None)
        else:
            merged[key] = value
    return merged


def _only_erases(value: Record) -> bool:
    return bool(value) and all(one is ERASE for one in value.values())
