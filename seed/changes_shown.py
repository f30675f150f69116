"""What would change in a record, field by field down to the last leaf, in words a coordinator reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from matching.vocabulary import ENUMS, VOCABULARIES, Vocabulary
from seed.labels import word_for
from seed.planned import Change
from seed.records import Record
from seed.writing.columns import COLUMNS
from seed.writing.key_order import schema
from seed.writing.slot_text import slot_texts

LONGEST_TEXT = 60
HIDDEN = ("avoid",)
"""Neutral constraints are compared but never shown, not even here."""
NOT_SHOWN = "（表示しません）"
_absent: Any = object()


def changes_between(kind: str, stored: Record, after: Record) -> tuple[Change, ...]:
    """One for each leaf that differs; lists count as one."""
    return tuple(
        change
        for name in sorted(set(stored) | set(after))
        if stored.get(name, _absent) != after.get(name, _absent)
        for change in _changes(kind, (name,), stored.get(name), after.get(name))
    )


def _changes(kind: str, path: tuple[str, ...], before: Any, now: Any) -> Iterator[Change]:
    if path[0] in HIDDEN:
        yield Change(word_for(kind, path[0]), NOT_SHOWN, NOT_SHOWN)
    elif _is_branch(before) and _is_branch(now) and (before or now):
        old, new = before or {}, now or {}
        for name in sorted(set(old) | set(new)):
            if old.get(name, _absent) != new.get(name, _absent):
                yield from _changes(kind, (*path, name), old.get(name), new.get(name))
    else:
        yield Change(_label(kind, path), words_for(kind, path, before), words_for(kind, path, now))


def _is_branch(value: Any) -> bool:
    return value is None or isinstance(value, Mapping)


def _label(kind: str, path: tuple[str, ...]) -> str:
    """The header of the form where there is one for the leaf; else the field and what of it."""
    whole = ".".join(path)
    told = word_for(kind, whole)
    if len(path) == 1 or told != whole:
        return told
    code = _code_words(path[-1])
    return f"{word_for(kind, path[0])}（{code}）" if code else word_for(kind, path[0])


@cache
def _code_words(code: str) -> str:
    """The label of a code of any list; codes are unique over all of them."""
    return next((words.label(code) for words in VOCABULARIES.values() if code in words.codes), "")


def words_for(kind: str, path: Sequence[str], value: Any) -> str:
    """A value as short text; nothing is 未記入."""
    if value is None:
        return "未記入"
    text = _text(kind, tuple(path), value)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _text(kind: str, path: tuple[str, ...], value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if path[-1] == "slots" and isinstance(value, list):
        return "; ".join(filter(None, (_slot(slot) for slot in value))) or "曜日も時間も未確認"
    if path[-1] == "task_steps" and isinstance(value, list):
        return "、".join(str(step.get("text", "")) for step in value)
    words = _vocabulary(kind, path)
    if isinstance(value, str):
        return words.label(value) if words is not None and value in words.codes else value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        labelled = [words.label(one) if words is not None and one in words.codes else one for one in value]
        return "、".join(labelled) or "なし"
    return json.dumps(value, ensure_ascii=False)


def _slot(slot: Any) -> str:
    """As the form writes it; what the form has no words for is said piece by piece."""
    if not isinstance(slot, Mapping):
        return ""
    days = "".join(ENUMS["day"].label(day) for day in slot.get("days") or ()) or "曜日は未確認"
    times = f"{slot.get('start', '')}-{slot.get('end', '')}".strip("-") if slot.get("start") or slot.get("end") else ""
    written = "; ".join(slot_texts(dict(slot))) or " ".join(part for part in (days, times) if part)
    return f"{written}（{slot['season_note']}）" if slot.get("season_note") else written


@cache
def _vocabulary(kind: str, path: tuple[str, ...]) -> Vocabulary | None:
    """The words of a field that holds codes, by the form's column or by the schema."""
    target = f"{kind}.{'.'.join(path)}"
    for column in COLUMNS:
        if column.target.partition("=")[0] == target and not column.level:
            return column.vocabulary
    if kind != "participant" and path[0] in ("hazards", "allergens_present", "accommodations"):
        return ENUMS["four_value"]
    shape = schema("participants" if kind == "participant" else "catalogue")["$defs"].get(kind, {})
    field = shape.get("properties", {}).get(path[0], {})
    name = str(field.get("x-labels", "")).partition("#")[2]
    if name in ENUMS:
        return ENUMS[name]
    return ENUMS["four_value"] if str(field.get("$ref", "")).endswith("four_value") else None
