"""The CSV/XLSX form (台帳の表): one row an opportunity, its organization and site repeated on each row."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from seed.draft import Draft, Entry
from seed.problems import Problem
from seed.reading.cells import parse
from seed.reading.checking import LEFT_OUT, kept
from seed.reading.slots import parse_slots
from seed.reading.table import Line
from seed.reading.telephones import with_zero
from seed.records import ERASE, ERASE_WORD, Record
from seed.writing.columns import Column
from seed.writing.formulas import unguard
from seed.writing.slot_text import TIMES, slot_texts

ALL_OTHERS = "ほかすべて"
TELEPHONES = ("organization.contact.phone", "organization.contact.fax")
LISTS = {"organization": "organizations", "site": "sites", "opportunity": "opportunities"}


def made_id(kind: str, *names: str) -> str:
    """The same names always give the same id."""
    words = "\x1f".join(unicodedata.normalize("NFKC", name).strip().casefold() for name in names)
    return f"{kind}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def read_form(lines: Sequence[Line], columns: Mapping[int, Column], draft: Draft) -> None:
    """Fill the draft from the rows below the header; a cell that cannot be read is reported and left out.

    The whole row stays out only without a name, or where the cell would have been a limit (`_costs_the_row`).
    """
    first: dict[tuple[str, str], tuple[Record, int]] = {}
    for line in lines:
        records, problems = _row(line, columns)
        draft.problems.extend(problems)
        if any(problem.blocking for problem in problems):
            continue
        whole, more = _checked(records, line)
        draft.problems.extend(more)
        if whole is None:
            continue
        records = whole
        draft.made_ids += _name(records)
        for kind in ("organization", "site", "opportunity"):
            record = records[kind]
            if kind == "site" and not record.get("name"):
                continue
            key = kind, record["id"]
            if key not in first:
                first[key] = record, line.number
                getattr(draft, LISTS[kind]).append(Entry(record, line.number))
                continue
            _repeated(kind, record, first[key], line.number, draft)


def _checked(records: dict[str, Record], line: Line) -> tuple[dict[str, Record] | None, list[Problem]]:
    """The three records of a row as far as they can be kept; None where one of them cannot."""
    whole: dict[str, Record] = {}
    problems: list[Problem] = []
    for kind, record in records.items():
        if kind == "site" and not record.get("name"):
            problems.extend(_nameless(record, line.number))
            whole[kind] = record if record.keys() <= {"id"} else {}
            continue
        found, wrong = kept("catalogue", kind, record, line.number, of_a_row=True)
        problems.extend(wrong)
        if found is None:
            return None, problems
        whole[kind] = found
    return whole, problems


WHERE = {"address": "住所", "district": "地区", "latitude": "緯度", "longitude": "経度"}


def _nameless(site: Record, number: int) -> list[Problem]:
    """A place needs a name to be kept under: where a row says where it is and not what it is called, that is told."""
    told = [word for field, word in WHERE.items() if site.get(field) not in (None, ERASE)]
    if not told:
        return []
    sentence = f"場所名が空なので、{'・'.join(told)}は取り込みません。場所名を書いてください。"
    return [Problem(number, "場所名", sentence, False)]


def _repeated(kind: str, record: Record, known: tuple[Record, int], number: int, draft: Draft) -> None:
    earlier, line = known
    if kind == "opportunity":
        sentence = (
            f"活動「{record['title']}」が{line}行目にもあります。こちらは取り込みません。どちらかの行を消してください。"
        )
        draft.problems.append(Problem(number, "活動名", sentence, True))
        return
    different = [name for name in record if name in earlier and record[name] != earlier[name]]
    earlier.update({name: value for name, value in record.items() if name not in earlier})
    if different:
        what = "団体" if kind == "organization" else "場所"
        sentence = f"{what}「{record['name']}」の書き方が{line}行目とちがいます。{line}行目のほうを使います。"
        draft.problems.append(Problem(number, what, sentence, False))


def _row(line: Line, columns: Mapping[int, Column]) -> tuple[dict[str, Record], list[Problem]]:
    records: dict[str, Record] = {kind: {} for kind in LISTS}
    problems: list[Problem] = []
    slot_wide: Record = {}
    unsure: list[str] = []
    others: list[Column] = []
    unread: set[tuple[str, ...]] = set()
    for place, column in columns.items():
        raw = line.cells[place] if place < len(line.cells) else ""
        text = unguard(raw.strip())
        if not text:
            if column.required:
                problems.append(
                    Problem(line.number, column.header, f"「{column.header}」が空です。書いてください。", True)
                )
            continue
        if column.level and ALL_OTHERS in text:
            others.append(column)
            text = "、".join(part for part in text.replace(";", "、").split("、") if part.strip() != ALL_OTHERS)
            if not text:
                continue
        try:
            value = ERASE if text == ERASE_WORD else _value(text, column, line, problems)
        except ValueError as wrong:
            costly = _costs_the_row(column)
            told = "直してから取り込んでください。" if costly else LEFT_OUT
            problems.append(Problem(line.number, column.header, f"「{column.header}」の{wrong}。{told}", costly))
            unread.add(column.path)
            if column.path[:2] == ("slots", "[]") and column.shape == "date":
                unsure.append(f"{column.header}「{text}」")
            continue
        if column.path[:2] == ("slots", "[]"):
            slot_wide[column.path[2]] = value
        else:
            _put(records[column.kind], column, value)
    for column in others:
        # Of a danger that could not be read nobody has said that it is not there.
        if column.path not in unread:
            _fill_others(records[column.kind], column)
    slots = records["opportunity"].get("slots")
    if (slot_wide or unsure) and slots is not ERASE:
        slots = [{**slot_wide, **slot} for slot in slots or [{}]]
        records["opportunity"]["slots"] = [_unsure(slot, unsure) for slot in slots] if unsure else slots
    return records, problems


def _costs_the_row(column: Column) -> bool:
    """Whether leaving the cell out would say that there is no limit, or leave the row without a name."""
    limit = column.path[0] == "conditions" and column.path[-1] in ("min_age", "max_age", "restricted_to")
    return column.required or limit or column.path == ("concurrent_limit",)


def _unsure(slot: Record, words: Sequence[str]) -> Record:
    """A slot of which nobody knows from when or until when it is: on which days it is, is unknown."""
    told = slot_texts(slot)
    left = {name: value for name, value in slot.items() if name not in (*TIMES, "valid_from", "valid_until")}
    return {
        **left,
        "season_note": "、".join([*told, *words, *([slot["season_note"]] if slot.get("season_note") else [])]),
    }


def _value(text: str, column: Column, line: Line, problems: list[Problem]) -> Any:
    if column.target in TELEPHONES and (whole_number := with_zero(text)):
        sentence = f"「{column.header}」の「{text}」は先頭の0が落ちています。「{whole_number}」として読みました。"
        problems.append(Problem(line.number, column.header, sentence, False))
        return whole_number
    if column.shape != "slots":
        return parse(text, column)
    slots, unread = parse_slots(text)
    for piece in unread:
        sentence = (
            f"「{piece}」は曜日と時間として読めませんでした。書いてあることだけを残し、曜日と時間は取り込みません"
            "（例：火 10:00-11:30）。"
        )
        problems.append(Problem(line.number, column.header, sentence, False))
    return slots


def _put(record: Record, column: Column, value: Any) -> None:
    *outer, last = column.path
    if column.level:
        codes = record.setdefault(last, {})
        if value is not ERASE:
            codes.update(dict.fromkeys(value, column.level))
        return
    if last == "[]":
        return
    if outer and outer[-1] == "[]":
        record[outer[0]] = value if value is ERASE else [{last: text} for text in value]
        return
    for key in outer:
        record = record.setdefault(key, {})
    record[last] = value


def _fill_others(record: Record, column: Column) -> None:
    words = column.vocabulary
    assert words is not None
    codes = record.setdefault(column.path[-1], {})
    for code in words.codes:
        codes.setdefault(code, column.level)


def _name(records: dict[str, Record]) -> list[str]:
    """Ids for rows that have none, and the references between the three layers; the ids that were made."""
    organization, site, opportunity = records["organization"], records["site"], records["opportunity"]
    made = [record for record in (organization, site, opportunity) if "id" not in record]
    organization.setdefault("id", made_id("org", organization["name"]))
    opportunity["organization_id"] = organization["id"]
    if site.get("name"):
        site.setdefault("id", made_id("site", site["name"], str(site.get("address", ""))))
        site["organization_id"] = organization["id"]
    if site.get("id"):
        opportunity["site_id"] = site["id"]
    opportunity.setdefault("id", made_id("opp", organization["name"], str(site.get("name", "")), opportunity["title"]))
    return [record["id"] for record in made if "id" in record]
