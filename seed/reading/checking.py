"""What can be kept of a record from outside: a bad value costs its own field, or the record where that is safer.

A field may be left out where its absence means "nobody has checked": then there is more to ask, and nothing is assumed.
Where absence means "no limit" (ages, limits of a host, what a person must not meet), or where the field says what keeps
somebody from harm, the whole record stays out: half of it would be more dangerous than none. Beside what is stored
already, a record that stays out changes nothing, and its sentence says why.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from matching.vocabulary import ENUMS, VOCABULARIES
from seed.bounds import Path, cleaned, day_fault, in_japan, outside
from seed.labels import word_for
from seed.problems import Problem
from seed.reading.corporate_numbers import read_as, read_corporate_number
from seed.reading.schemas import passes, schema_of, validator
from seed.reading.sentences import schema_sentence, shown, who_is
from seed.records import ERASE, Record

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

NEEDED: Mapping[str, frozenset[str]] = {
    "organization": frozenset(
        {
            "id", "name", "status", "burden", "concurrent_limit", "placed_now", "new_intakes_per_month",
            "recent_intakes_on", "rest_days_after_end", "last_end_on",
        }
    ),
    "site": frozenset({"id", "organization_id", "name"}),
    "opportunity": frozenset(
        {
            "id", "organization_id", "site_id", "title", "status", "hazards", "heaviest_lift_kg", "allergens_present",
            "conditions",
        }
    ),
    "participant": frozenset(
        {
            "id", "display_name", "stage", "accommodations_needed", "work_limits", "max_lift_kg", "allergies", "avoid",
            "near_home", "transport", "max_travel_minutes", "blocked", "session_max_minutes", "cost_limit_yen",
            "cost_limit_includes_travel", "accompaniment", "disclosure", "dislikes", "restricted_ok", "consents",
            "household", "active_placements", "declined", "host_declined",
        }
    ),
}  # fmt: skip
"""Fields without which a record is not whole: what it is, and what keeps somebody from harm."""
NEEDED_OF_A_ROW: Mapping[str, frozenset[str]] = {
    "organization": frozenset({"name", "concurrent_limit"}),
    "site": frozenset({"name"}),
    "opportunity": frozenset({"title", "conditions"}),
}
"""Of a row of the form, whose cells stand each for itself: only what would be no limit if it were absent."""
MOST_FAULTS = 20
"""Of one record."""
LEFT_OUT = "この欄だけ取り込みません。"
KEPT_OF_A_SLOT = ("season_note", "rain_rule", "stop_rule")
OUTSIDE_JAPAN = "の緯度・経度が日本の外です。場所は住所から求めます。"


@dataclass(frozen=True)
class _Fault:
    """One wrong value: where it stands, and a sentence about it."""

    path: Path
    sentence: str


def kept(
    kind: str, record_kind: str, record: Any, line: int | None, *, of_a_row: bool = False
) -> tuple[Record | None, list[Problem]]:
    """(the record, or what of it can be kept, or None; what was wrong with it)."""
    who = who_is(record_kind, record)
    if not isinstance(record, dict):
        return None, [Problem(line, None, f"{who}が記録の形になっていません。書き出し直してください。", True)]
    whole: Record = _cleaned(record)
    needed = (NEEDED_OF_A_ROW if of_a_row else NEEDED)[record_kind]
    problems = {problem.sentence: problem for problem in _folded(record_kind, whole, who, line)}
    # What is left out may leave something else without its other half, so it is looked at again.
    for _ in range(4):
        faults = list(_faults(kind, record_kind, whole, who, of_a_row=of_a_row))
        if not faults:
            break
        # Of one value one sentence is enough.
        for found in {one.path: one for one in reversed(faults)}.values():
            field = word_for(record_kind, str(found.path[0])) if found.path else None
            fatal = not found.path or found.path[0] in needed
            told = found.sentence if fatal or found.sentence.endswith(OUTSIDE_JAPAN) else _left(found)
            problems.setdefault(told, Problem(line, field, told, fatal))
        if any(problem.blocking for problem in problems.values()):
            told_first = sorted(problems.values(), key=lambda problem: not problem.blocking)
            return None, told_first[:MOST_FAULTS]
        for found in faults:
            _leave_out(whole, found.path)
    else:
        for path in {found.path[:1] for found in faults}:
            whole.pop(str(path[0]), None)
        if next(_faults(kind, record_kind, whole, who, of_a_row=of_a_row), None) is not None:
            return None, [Problem(line, None, f"{who}は決まりに合わない値が多すぎます。書き出し直してください。", True)]
    return whole, list(problems.values())[:MOST_FAULTS]


def _left(found: _Fault) -> str:
    if found.path[0] == "slots":
        return f"{found.sentence}その時間は「曜日と時間は未確認」として残します。"
    return f"{found.sentence}{LEFT_OUT}"


def _leave_out(record: Record, path: Path) -> None:
    """Take the value away; of a slot everything that says when it is, because half of that would be another time."""
    first = str(path[0])
    if first in ("latitude", "longitude", "location_precision"):
        for name in ("latitude", "longitude", "location_precision"):
            record.pop(name, None)
        return
    if first == "slots" and len(path) > 1 and isinstance(record.get("slots"), list):
        number = int(path[1])
        if number < len(record["slots"]):
            record["slots"][number] = _untold(record["slots"][number])
        return
    holder: Any = record
    for part in path[:-1]:
        try:
            holder = holder[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(holder, dict):
        holder.pop(path[-1], None)
    elif isinstance(holder, list):
        # The place of the others stays, until all have been looked at.
        record.pop(first, None)


def _untold(slot: Any) -> Record:
    """A slot of which only its words are left: on which days it is, is unknown."""
    if not isinstance(slot, dict):
        return {"season_note": shown(slot)}
    left = {name: slot[name] for name in KEPT_OF_A_SLOT if isinstance(slot.get(name), str)}
    days = "".join(ENUMS["day"].label(day) for day in slot.get("days") or () if isinstance(day, str))
    dates = [str(day) for day in slot.get("dates") or () if isinstance(day, str)]
    hours = "-".join(str(slot[name]) for name in ("start", "end") if isinstance(slot.get(name), str))
    period = [
        f"{slot.get(since, '')}〜{slot.get(until, '')}"
        for since, until in (("valid_from", "valid_until"), ("season_from", "season_until"))
        if slot.get(since) or slot.get(until)
    ]
    words = " ".join(part for part in (days, *dates, hours, *period, left.get("season_note", "")) if part)
    return {**left, "season_note": words[:500] or "読めない時間"}


def _cleaned(value: Any) -> Any:
    """A copy without signs nobody sees."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return value if value is ERASE else copy.copy(value)


def _folded(record_kind: str, record: Record, who: str, line: int | None) -> Iterator[Problem]:
    """Write figures as figures where that changes nothing of what they say."""
    written = record.get("corporate_number") if record_kind == "organization" else None
    number = read_corporate_number(written) if isinstance(written, str) else None
    if number is not None and number != written:
        record["corporate_number"] = number
        yield Problem(line, "法人番号", f"{who}の{read_as(shown(written), number)}", False)


def _faults(kind: str, record_kind: str, record: Record, who: str, *, of_a_row: bool) -> Iterator[_Fault]:
    told = _without_erased(record)
    found = False
    for path, why in outside(told):
        found = True
        yield _Fault(path, f"{_what(record_kind, who, path)}{why}。直してください。")
    if found:
        return
    # As many as could be told even if each were said ten times over; a list may hold a hundred thousand wrong values.
    fine = passes(kind, record_kind, told, partly=of_a_row)
    errors = [] if fine else list(islice(validator(kind, record_kind).iter_errors(told), 10 * MOST_FAULTS))
    for error in sorted(errors, key=_in_order):
        # A form may say a part: its ids come later, and the day of a burden may stand without its level.
        if of_a_row and error.validator == "required":
            continue
        found = True
        yield from _of_schema(record_kind, who, error)
    if not found:
        yield from _unknown_codes(kind, record_kind, told, who)
        yield from _periods(record_kind, told, who, ())
        latitude, longitude = told.get("latitude"), told.get("longitude")
        if latitude is not None and longitude is not None and not in_japan(latitude, longitude):
            yield _Fault(("latitude",), f"{who}{OUTSIDE_JAPAN}")


def _in_order(error: ValidationError) -> tuple[list[str], bool]:
    """By where it stands; which values there are says more than that this is none."""
    return list(map(str, error.path)), error.validator != "enum"


def _without_erased(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_erased(inner) for name, inner in value.items() if inner is not ERASE}
    return value


def _what(record_kind: str, who: str, path: Path) -> str:
    return f"{who}の「{word_for(record_kind, str(path[0]))}」" if path else who


def _of_schema(record_kind: str, who: str, error: ValidationError) -> Iterator[_Fault]:
    path: Path = tuple(error.path)
    sentence = schema_sentence(record_kind, who, word_for(record_kind, str(path[0])) if path else None, error)
    unknown_field = error.validator == "additionalProperties"
    if unknown_field and record_kind == "participant":
        # What this service does not keep of a person is not kept by halves: whoever wrote it has to see it.
        yield _Fault((), sentence)
        return
    if path and unknown_field and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for extra in sorted(set(error.instance) - set(known)):
            yield _Fault((*path, extra), sentence)
        return
    yield _Fault(path, sentence)


def _unknown_codes(kind: str, record_kind: str, record: Record, who: str) -> Iterator[_Fault]:
    """Codes and dates that the schema's patterns let through but that do not exist."""
    schema = schema_of(kind)
    for path, node, value in _walk(schema, schema["$defs"][record_kind], record, ()):
        what, reference = _what(record_kind, who, path), str(node.get("$ref", ""))
        if reference.endswith("/date") and (why := day_fault(str(value))):
            yield _Fault(path, f"{what}の日付「{value}」は{why}。直してください。")
        if reference.endswith("/month_day") and not _is_month_day(str(value)):
            yield _Fault(path, f"{what}の月日「{value}」は暦にありません。直してください。")
        if reference.endswith("/id") and not re.fullmatch(r"[\w-]+", str(value)):
            yield _Fault(path, f"{what}の「{shown(value)}」は ID として使えません。英数字で書いてください。")
        named = node.get("x-vocabulary")
        if named is None or named in ("load_axes.csv", "readiness_stages.csv"):
            continue
        lists = [named] if isinstance(named, str) else named
        for code in [value] if isinstance(value, str) else [str(code) for code in value]:
            if not any(code in VOCABULARIES[name.removesuffix(".csv")] for name in lists):
                where = (*path, code) if isinstance(value, dict) else path
                sentence = f"{what}に、知らないコード「{shown(code)}」があります。コードの一覧から選び直してください。"
                yield _Fault(where, sentence)


PERIODS = (("valid_from", "valid_until"), ("from", "until"))


def _periods(record_kind: str, value: Any, who: str, path: Path) -> Iterator[_Fault]:
    """Periods that end before they begin, anywhere below."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _periods(record_kind, inner, who, (*path, number))
    elif isinstance(value, dict):
        for since, until in PERIODS:
            first, last = value.get(since), value.get(until)
            if isinstance(first, str) and isinstance(last, str) and last < first:
                what = _what(record_kind, who, path or (since,))
                sentence = f"{what}の期間「{first}〜{last}」は、終わりが始まりより前です。直してください。"
                yield _Fault((*path, until), sentence)
        for name, inner in value.items():
            yield from _periods(record_kind, inner, who, (*path, name))


def _is_month_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(f"2024-{text}"))
    except ValueError:
        return False


CHECKED = ("/date", "/month_day", "/id")


def _walk(
    schema: Mapping[str, Any], node: Mapping[str, Any], value: Any, path: Path
) -> Iterator[tuple[Path, Mapping[str, Any], Any]]:
    """Every value below with the schema node that describes it."""
    reference = node.get("$ref")
    if "x-vocabulary" in node or (reference and reference.endswith(CHECKED)):
        yield path, node, value
    if reference:
        node = schema["$defs"][reference.rpartition("/")[2]]
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in node.get("properties", {}):
                yield from _walk(schema, node["properties"][name], inner, (*path, name))
    elif isinstance(value, list) and "items" in node:
        for number, inner in enumerate(value):
            yield from _walk(schema, node["items"], inner, (*path, number))
