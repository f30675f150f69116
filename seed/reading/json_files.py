"""The two JSON files of the interchange format, checked record by record, so that one bad record hides no other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs

from matching.vocabulary import VOCABULARIES
from seed.draft import Draft, Entry, Kind
from seed.errors import ImportProblem
from seed.labels import KIND_WORDS, word_for
from seed.problems import Problem
from seed.reading.json_shape import check_shape
from seed.records import Record

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

MOST_RECORDS: Mapping[Kind, int] = {"catalogue": 30_000, "participants": 5_000}
"""In all lists of a file together: ten thousand places with host, site and activity; nobody accompanies so many people. What is written in one go must not keep the others from writing for longer than they wait."""
MOST_EXPLAINED = 1_000
"""Records whose faults are told one by one. A file with more of them was written wrongly as a whole."""
MOST_FAULTS = 20
"""Of one record."""
LONGEST_VALUE = 40
FORMATS: dict[str, Kind] = {
    "participation-catalogue": "catalogue",
    "participation-participants": "participants",
}
LISTS = {
    "catalogue": (("organizations", "organization"), ("sites", "site"), ("opportunities", "opportunity")),
    "participants": (("participants", "participant"),),
}


@cache
def schema_of(kind: str) -> dict[str, Any]:
    text = (files("seed") / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _validator(kind: str, record_kind: str) -> Draft202012Validator:
    """Tells what is wrong with a record, slowly; imported only where something is."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schema_of_one(kind, record_kind))


@cache
def _gate(kind: str, record_kind: str) -> jsonschema_rs.Draft202012Validator:
    """The same schema, compiled: tells quickly that nothing is wrong. What it refuses is asked of the other."""
    return jsonschema_rs.Draft202012Validator(_schema_of_one(kind, record_kind))


def _schema_of_one(kind: str, record_kind: str) -> dict[str, Any]:
    return {"$defs": schema_of(kind)["$defs"], "$ref": f"#/$defs/{record_kind}"}


def read_json(text: str, name: str) -> Draft:
    """A draft from JSON text. Raises ImportProblem where the file as a whole is not one of ours."""
    document = _parsed(text, name)
    kind = FORMATS.get(str(document.get("format"))) if isinstance(document, dict) else None
    if kind is None or not isinstance(document, dict):
        raise ImportProblem(
            f"「{name}」は、えんがわの台帳（participation-catalogue）でも本人（participation-participants）でもありません。"
            "format の欄を確かめてください。"
        )
    draft = Draft(kind, name)
    for key in ("calendar", "municipality", "exported_on"):
        setattr(draft, key, document.get(key))
    known = {"format", "version", "exported_on", "municipality", "calendar", *(key for key, _ in LISTS[kind])}
    for extra in sorted(set(document) - known)[:MOST_FAULTS]:
        sentence = f"「{_cut(extra)}」という欄は使いません。読みとばしました。"
        draft.problems.append(Problem(None, _cut(extra), sentence, False))
    if draft.exported_on is not None and not _is_date(draft.exported_on):
        draft.problems.append(Problem(None, "exported_on", "書き出した日（exported_on）が日付ではありません。", False))
        draft.exported_on = None
    reader = _Records(draft, kind, _lines(text))
    lists = [(key, record_kind, document.get(key)) for key, record_kind in LISTS[kind]]
    for key, _, records in lists:
        if not isinstance(records, list):
            raise ImportProblem(f"「{name}」に {key} の一覧がありません。書き出し直したファイルを選んでください。")
    if sum(len(cast(list[Any], records)) for _, _, records in lists) > MOST_RECORDS[kind]:
        raise ImportProblem(
            f"「{name}」は件数が多すぎます（合わせて{MOST_RECORDS[kind]}件まで）。いくつかのファイルに分けて取り込んでください。"
        )
    for key, record_kind, records in lists:
        reader.take_all(key, record_kind, cast(list[Any], records))
    return draft


def _parsed(text: str, name: str) -> Any:
    check_shape(text, name)
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise ImportProblem(
            f"「{name}」は{problem.lineno}行目で JSON の形がこわれています。書き出し直したファイルを選んでください。"
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise ImportProblem(
            f"「{name}」は JSON として読めません。書き出し直したファイルを選んでください。"
        ) from problem


def _lines(text: str) -> dict[str, int]:
    """The line on which each record's id stands, as people count lines."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.strip().partition(":")
        if key.strip(" {[,") == '"id"':
            found.setdefault(value.strip().rstrip(",}] "), number)
    return found


class _Records:
    """Takes the records of a file one after the other; each is looked at once, whatever came before it."""

    def __init__(self, draft: Draft, kind: Kind, lines: dict[str, int]) -> None:
        self._draft, self._kind, self._lines = draft, kind, lines
        self._explained = 0

    def take_all(self, key: str, record_kind: str, records: list[Any]) -> None:
        entries: list[Entry] = getattr(self._draft, key)
        known: set[str] = set()
        for record in records:
            ref = record.get("id") if isinstance(record, dict) else None
            line = self._lines.get(json.dumps(ref)) if isinstance(ref, str) else None
            problems = list(islice(self._problems(record_kind, record, line), MOST_FAULTS))
            if isinstance(ref, str) and ref in known:
                sentence = f"ID「{_cut(ref)}」が2回出てきます。2つめは取り込みません。IDを直してください。"
                problems.append(Problem(line, "ID", sentence, True))
            self._draft.problems.extend(problems)
            if not any(problem.blocking for problem in problems):
                entries.append(Entry(record, line))
                known.add(record["id"])

    def _problems(self, record_kind: str, record: Any, line: int | None) -> Iterator[Problem]:
        who = _who(record_kind, record)
        if not _passes(self._kind, record_kind, record):
            self._explained += 1
            if self._explained > MOST_EXPLAINED:
                yield Problem(line, None, f"{who}も決まりに合いません。ほかの行を直してから確かめてください。", True)
                return
            told = list(_faults(self._kind, record_kind, record, who, line))
            yield from told
            if told:
                return
        yield from _unknown_codes(self._kind, record_kind, record, who, line)


def _passes(kind: Kind, record_kind: str, record: Any) -> bool:
    try:
        return _gate(kind, record_kind).is_valid(record)
    except (ValueError, OverflowError):  # half a character, a number without end: the other one says what it is
        return False


def _faults(kind: Kind, record_kind: str, record: Any, who: str, line: int | None) -> Iterator[Problem]:
    seen: set[str] = set()
    # As many as could be told even if each were said ten times over; a list may hold a hundred thousand wrong values.
    errors = islice(_validator(kind, record_kind).iter_errors(record), 10 * MOST_FAULTS)
    for error in sorted(errors, key=lambda one: list(map(str, one.path))):
        field = word_for(record_kind, str(error.path[0])) if error.path else None
        sentence = _sentence(record_kind, who, field, error)
        if sentence not in seen:
            seen.add(sentence)
            yield Problem(line, field, sentence, True)


def _who(record_kind: str, record: Any) -> str:
    if not isinstance(record, dict):
        return KIND_WORDS[record_kind]
    name = record.get("title") or record.get("name") or record.get("display_name") or record.get("id") or "名前なし"
    return f"{KIND_WORDS[record_kind]}「{_cut(name)}」"


def _sentence(record_kind: str, who: str, field: str | None, error: ValidationError) -> str:
    schema, instance = cast(dict[str, Any], error.schema), cast(Any, error.instance)
    if error.validator == "additionalProperties":
        extras = _cut("・".join(sorted(set(instance) - set(schema.get("properties", {})))))
        if record_kind == "participant":
            return f"{who}の「{extras}」は、このサービスではお預かりしない項目です。その欄を消してください。"
        return f"{who}に、知らない欄「{extras}」があります。名前を直すか、x_ で始めてください。"
    if error.validator == "required":
        missing = "・".join(word_for(record_kind, name) for name in schema["required"] if name not in instance)
        return f"{who}に「{missing}」がありません。書き足してください。"
    what = f"{who}の「{field}」" if field else who
    if error.validator == "enum":
        return f"{what}の値「{_cut(error.instance)}」は使えません。決まった値（{'・'.join(map(str, schema['enum']))}）から選んでください。"
    return f"{what}の値「{_cut(error.instance)}」が決まりに合いません。書き方を確かめてください。"


def _cut(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _unknown_codes(kind: Kind, record_kind: str, record: Record, who: str, line: int | None) -> Iterator[Problem]:
    """Codes and dates that the schema's patterns let through but that do not exist."""
    schema = schema_of(kind)
    for path, node, value in _walk(schema, schema["$defs"][record_kind], record, ()):
        field = word_for(record_kind, path[0]) if path else None
        if node.get("$ref", "").endswith("/date") and not _is_date(value):
            yield Problem(
                line, field, f"{who}の「{field}」の日付「{_cut(value)}」は暦にありません。直してください。", True
            )
        named = node.get("x-vocabulary")
        if named is None or named in ("load_axes.csv", "readiness_stages.csv"):
            continue
        lists = [named] if isinstance(named, str) else named
        for code in _codes(value):
            if not any(code in VOCABULARIES[name.removesuffix(".csv")] for name in lists):
                sentence = f"{who}の「{field}」に、知らないコード「{_cut(code)}」があります。コードの一覧から選び直してください。"
                yield Problem(line, field, sentence, True)


def _codes(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(code) for code in value]


def _walk(
    schema: dict[str, Any], node: dict[str, Any], value: Any, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], dict[str, Any], Any]]:
    """Every value below with the schema node that describes it."""
    reference = node.get("$ref")
    if "x-vocabulary" in node or (reference and reference.endswith("/date")):
        yield path, node, value
    if reference:
        node = schema["$defs"][reference.rpartition("/")[2]]
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in node.get("properties", {}):
                yield from _walk(schema, node["properties"][name], inner, (*path, name))
    elif isinstance(value, list) and "items" in node:
        for inner in value:
            yield from _walk(schema, node["items"], inner, path)


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
