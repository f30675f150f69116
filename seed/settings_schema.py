"""What a settings file of a municipality (自治体設定) may hold; anything wrong is one sentence, before anything is written."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from seed.bounds import outside
from seed.errors import ImportProblem
from seed.exact_schema import exact_validator

WORDS = {
    "key": "key（英小文字の短い名前）",
    "code": "code（市区町村コード、5桁か6桁）",
    "name": "name（市町村名）",
    "prefecture": "prefecture（都道府県名）",
    "latitude": "latitude（緯度）",
    "longitude": "longitude（経度）",
    "districts": "districts（地区の一覧）",
    "district_word": "district_word（地区の呼び名）",
    "roles": "roles（役割の呼び名）",
    "terms": "terms（会議などの呼び名）",
    "indicators": "indicators（指標）",
}


def checked_settings(given: Any) -> dict[str, Any]:
    """The settings as they are. Raises ImportProblem with the one sentence that helps most."""
    if not isinstance(given, dict):
        raise ImportProblem("設定のファイルが { } の形の JSON になっていません。key、code、name を書いてください。")
    for path, why in outside(given):
        raise ImportProblem(f"設定の「{_word(path[0] if path else '')}」{why}。直してください。")
    error = best_match(_validator().iter_errors(given))
    if error is not None and error.validator == "required" and not error.path:
        missing = "・".join(_word(name) for name in ("key", "code", "name") if name not in given)
        raise ImportProblem(f"設定に「{missing}」がありません。書き足してください。")
    if error is not None:
        raise ImportProblem(f"設定の「{_word(next(iter(error.path), ''))}」の書き方がちがいます。直してください。")
    names = [district["name"] for district in given.get("districts", ())]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ImportProblem(f"設定の地区「{twice}」が2回出てきます。片方を消してください。")
    return given


def _word(name: object) -> str:
    return WORDS.get(str(name), str(name))


@cache
def _validator() -> Draft202012Validator:
    text = (files("seed") / "schemas" / "municipality.schema.json").read_text(encoding="utf-8")
    return exact_validator(json.loads(text))
