"""What is wrong with a record, in the words of whoever has to mend it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from seed.labels import KIND_WORDS, word_for

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

LONGEST_SHOWN = 40


def who_is(record_kind: str, record: Any) -> str:
    """「活動「草とり」」: the kind and what it is called."""
    if not isinstance(record, dict):
        return KIND_WORDS[record_kind]
    names = (record.get(key) for key in ("title", "name", "display_name", "id"))
    name = next((name for name in names if isinstance(name, str) and name.strip()), "名前なし")
    return f"{KIND_WORDS[record_kind]}「{shown(name)}」"


def schema_sentence(record_kind: str, who: str, field: str | None, error: ValidationError) -> str:
    schema, instance = cast(dict[str, Any], error.schema), cast(Any, error.instance)
    if error.validator == "additionalProperties":
        extras = "・".join(map(shown, sorted(set(instance) - set(schema.get("properties", {})))))
        if record_kind == "participant":
            return f"{who}の「{extras}」は、このサービスではお預かりしない項目です。その欄を消してください。"
        return f"{who}に、知らない欄「{extras}」があります。名前を直すか、x_ で始めてください。"
    if error.validator == "required":
        missing = "・".join(word_for(record_kind, name) for name in schema["required"] if name not in instance)
        return f"{who}に「{missing}」がありません。書き足してください。"
    what = f"{who}の「{field}」" if field else who
    if error.validator == "enum":
        told = "・".join(map(str, schema["enum"]))
        return f"{what}の値「{shown(instance)}」は使えません。決まった値（{told}）から選んでください。"
    return f"{what}の値「{shown(instance)}」が決まりに合いません。書き方を確かめてください。"


def shown(value: Any) -> str:
    """A value as somebody can read it: short, and of signs that can be written."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    plain = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"
