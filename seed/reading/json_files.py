"""The two JSON files of the interchange format, checked record by record, so that one bad record hides no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from seed.bounds import day_fault, outside
from seed.draft import Draft, Entry, Kind
from seed.errors import ImportProblem
from seed.problems import Problem
from seed.reading.checking import MOST_FAULTS, kept
from seed.reading.json_shape import check_shape
from seed.reading.schemas import heading_validator, passes
from seed.reading.sentences import shown, who_is
from seed.reading.told_once import tell_once
from seed.records import Record

MOST_RECORDS: Mapping[Kind, int] = {"catalogue": 30_000, "participants": 5_000}
"""In all lists of a file together: ten thousand places with host, site and activity; nobody accompanies so many people.
What is written in one go must not keep the others from writing for longer than they wait."""
MOST_EXPLAINED = 1_000
"""Records whose faults are told one by one. A file with more of them was written wrongly as a whole."""
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
    for extra in sorted(set(document) - known)[:MOST_FAULTS]:
        sentence = f"「{shown(extra)}」という欄は使いません。読みとばしました。"
        draft.problems.append(Problem(None, shown(extra), sentence, False))
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
            whole, problems = self._kept(record_kind, record, line)
            if whole is not None and whole["id"] in known:
                sentence = f"ID「{shown(whole['id'])}」が2回出てきます。2つめは取り込みません。IDを直してください。"
                problems.append(Problem(line, "ID", sentence, True))
            self._draft.problems.extend(problems)
            if whole is None or any(problem.blocking for problem in problems):
                continue
            if record_kind == "participant":
                self._draft.problems.extend(tell_once(whole, line))
            entries.append(Entry(whole, line))
            known.add(whole["id"])

    def _kept(self, record_kind: str, record: Any, line: int | None) -> tuple[Record | None, list[Problem]]:
        if not passes(self._kind, record_kind, record):
            self._explained += 1
            if self._explained > MOST_EXPLAINED:
                who = who_is(record_kind, record)
                sentence = f"{who}も決まりに合いません。ほかの行を直してから確かめてください。"
                return None, [Problem(line, None, sentence, True)]
        return kept(self._kind, record_kind, record, line)


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
