"""A draft as bytes, so that it crosses from one process to another and waits beside its file until somebody decides."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import astuple, fields
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from seed.draft import Draft, Entry
from seed.errors import ImportProblem
from seed.lists.facility import Facility
from seed.problems import Problem
from seed.records import ERASE, ERASE_WORD

LARGEST_DRAFT = 32 * 1024 * 1024
"""Bytes before they are compressed. What is larger is a file in which nearly every cell is wrong."""
ENTRIES = ("organizations", "sites", "opportunities", "participants")
_ERASED = {ERASE_WORD: True}


def pack(draft: Draft) -> bytes:
    """Compressed JSON. Half a character in a text is kept as it is: what to make of it is not decided here.

    Raises ImportProblem where it would take too much to unpack it again.
    """
    told = {one.name: getattr(draft, one.name) for one in fields(draft)}
    for name in ENTRIES:
        told[name] = [[entry.record, entry.line] for entry in told[name]]
    told["facilities"] = [astuple(one) for one in draft.facilities]
    told["problems"] = [[one.line, one.field, one.sentence, one.blocking] for one in draft.problems]
    told["list_date"] = draft.list_date and draft.list_date.isoformat()
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_erased)
    content = text.encode("utf-8", "surrogatepass")
    if len(content) > LARGEST_DRAFT:
        many = f"直すところが{len(draft.problems)}か所もあるか、" if draft.problems else ""
        raise ImportProblem(f"「{draft.source}」は{many}中身が多すぎて扱えません。いくつかに分けて取り込んでください。")
    return zlib.compress(content, level=3)


def unpack(packed: bytes) -> Draft:
    """The draft that was packed by this build (see `reading_version`)."""
    text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
    # Only the form erases. In a JSON file the same words would be somebody's own.
    told = json.loads(text, object_hook=_erasing if '"from_form":true' in text else None)
    for name in ENTRIES:
        told[name] = [Entry(record, line) for record, line in told[name]]
    told["facilities"] = [Facility(*one) for one in told["facilities"]]
    told["problems"] = [Problem(*one) for one in told["problems"]]
    told["list_date"] = date.fromisoformat(told["list_date"]) if told["list_date"] else None
    return Draft(**told)


def _erased(value: object) -> dict[str, bool]:
    if value is not ERASE:
        raise TypeError(type(value).__name__)
    return _ERASED


def _erasing(value: dict[str, Any]) -> Any:
    return ERASE if value == _ERASED else value


@cache
def reading_version() -> str:
    """The same as long as everything that decides how a file is read is the same: what another build read is read again."""
    digest = hashlib.sha256()
    for source in (*_sources(files("seed")), *_sources(files("matching") / "vocabulary")):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name not in ("sample", "__pycache__"):
            yield from _sources(entry)
        elif entry.is_file() and entry.name.endswith((".py", ".json", ".csv")):
            yield entry
