"""The two JSON files of the interchange format, checked record by record, so that one bad record hides no other."""

from __future__ import annotations

import json
from typing import Any

from seed.bounds import day_fault, outside
from seed.draft import Draft, Entry, Kind
from seed.errors import ImportProblem
from seed.problems import Problem
from seed.reading.checking import kept
from seed.reading.schemas import heading_validator
from seed.records import Record

DEEPEST = 60
FORMATS: dict[str, Kind] = {
    "participation-catalogue": "catalogue",
    "participation-participants": "participants",
}
LISTS = {
    "catalogue": (("organizations", "organization"), ("sites", "site"), ("opportunities", "opportunity")),
    "participants": (("participants", "participant"),),
}


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
    for key in HEADINGS:
        setattr(draft, key, _heading(draft, kind, key, document.get(key)))
    known = {"format", "version", "exported_on", "municipality", "calendar", *(key for key, _ in LISTS[kind])}
    for extra in sorted(set(document) - known):
        draft.problems.append(Problem(None, extra, f"「{extra}」という欄は使いません。読みとばしました。", False))
    lines = _lines(text)
    for key, record_kind in LISTS[kind]:
        records = document.get(key)
        if not isinstance(records, list):
            raise ImportProblem(f"「{name}」に {key} の一覧がありません。書き出し直したファイルを選んでください。")
        for record in records:
            line = lines.get(json.dumps(record.get("id"))) if isinstance(record, dict) else None
            _take(draft, kind, record_kind, key, record, line)
    return draft


def _parsed(text: str, name: str) -> Any:
    depth = 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        if depth > DEEPEST:
            raise ImportProblem(f"「{name}」は入れ子が深すぎて読めません。書き出し直してください。")
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


def _take(draft: Draft, kind: Kind, record_kind: str, key: str, record: Any, line: int | None) -> None:
    whole, problems = kept(kind, record_kind, record, line)
    entries: list[Entry] = getattr(draft, key)
    if isinstance(record, dict) and any(entry.record["id"] == record.get("id") for entry in entries):
        sentence = f"ID「{record.get('id')}」が2回出てきます。2つめは取り込みません。IDを直してください。"
        problems.append(Problem(line, "ID", sentence, True))
    draft.problems.extend(problems)
    if whole is not None and not any(problem.blocking for problem in problems):
        entries.append(Entry(whole, line))


def _heading(draft: Draft, kind: Kind, key: str, value: Any) -> Any:
    """What stands beside the lists, or None: a calendar that cannot be used costs itself alone."""
    if value is None or not (isinstance(value, dict) or key == "exported_on"):
        if value is not None:
            draft.problems.append(Problem(None, key, f"「{HEADINGS[key]}」の形がちがいます。読みとばしました。", False))
        return None
    if key == "exported_on":
        wrong = not isinstance(value, str) or bool(day_fault(value))
    else:
        wrong = next(outside(value), None) is not None or not heading_validator(kind, key).is_valid(value)
        wrong = wrong or (key == "calendar" and bool(_calendar_fault(value)))
    if wrong:
        sentence = f"「{HEADINGS[key]}」に読めない値があるので使いません。いまのままにします。直してください。"
        draft.problems.append(Problem(None, key, sentence, False))
        return None
    return value


HEADINGS = {
    "calendar": "暦（calendar）",
    "municipality": "市町村（municipality）",
    "exported_on": "書き出した日（exported_on）",
}


def _calendar_fault(calendar: Record) -> bool:
    """Dates that no calendar has, and breaks that end before they begin."""
    breaks = calendar.get("school_breaks", ())
    days = [*calendar.get("holidays", ()), *(one[end] for one in breaks for end in ("from", "until"))]
    return any(map(day_fault, days)) or any(one["until"] < one["from"] for one in breaks)
