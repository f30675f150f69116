"""The form (台帳の表): one row an opportunity, its organization and site repeated on each row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from matching.vocabulary import Vocabulary
from seed.records import ERASE_WORD
from seed.writing.catalogue import Audience, Catalogue, Record
from seed.writing.columns import COLUMNS, Column
from seed.writing.left_out import KEPT, Remarks
from seed.writing.publication import visible
from seed.writing.slot_text import TIMES, slot_texts

Cell = str | int | float | None

SEPARATOR = "、"
_SEPARATORS = re.compile(r"[、;；\n]")
# Neither Excel nor XML holds these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Our reader refuses cells of more than 5,000 signs, Excel of more than 32,767; the guard needs one.
LONGEST_TEXT = 4_999


@dataclass(frozen=True)
class Sheet:
    """The rows under the headers of `COLUMNS`, and sentences on what stays out."""

    rows: list[list[Cell]]
    sentences: list[str]


def fill_form(
    catalogue: Catalogue, *, audience: Audience = "staff", twins: Mapping[int, str] = MappingProxyType({})
) -> Sheet:
    """What `audience` may see of the catalogue as rows, in the order of the opportunities. Cells are not guarded yet.

    `twins` are the signs that the file's encoding has only under another number (as `str.translate` takes them).
    """
    seen = visible(catalogue, audience)
    remarks = Remarks()
    organizations = {record["id"]: record for record in seen.organizations}
    sites = {record["id"]: record for record in seen.sites}
    rows = []
    for opportunity in seen.opportunities:
        organization = organizations.get(opportunity["organization_id"])
        if organization is None:
            remarks.add("団体が一覧にない活動", "は、表に入っていません", opportunity["title"])
            continue
        site = _site_of(opportunity, sites, remarks)
        records = {"organization": organization, "site": site, "opportunity": opportunity}
        rows.append([_Writer(column, records[column.kind] or {}, remarks, twins).cell() for column in COLUMNS])
        remarks.fields_of("opportunity", opportunity, opportunity["title"])
    _remark_on_the_rest(seen, remarks)
    return Sheet(rows, remarks.sentences())


def _site_of(opportunity: Record, sites: Mapping[str, Record], remarks: Remarks) -> Record | None:
    if "site_id" not in opportunity:
        return None
    site = sites.get(opportunity["site_id"])
    if site is None:
        remarks.add("活動の場所", "が一覧にないので、場所は空欄です", opportunity["title"])
    elif site["organization_id"] != opportunity["organization_id"]:
        end = "で行う活動は、表を読み込むと自分の団体の場所として扱われます"
        remarks.add("ほかの団体の場所", end, opportunity["title"])
    return site


def _remark_on_the_rest(seen: Catalogue, remarks: Remarks) -> None:
    hosting = {record["organization_id"] for record in seen.opportunities}
    used = {record.get("site_id") for record in seen.opportunities}
    for organization in seen.organizations:
        if organization["id"] in hosting:
            remarks.fields_of("organization", organization, organization["name"])
        else:
            remarks.add("活動がまだない団体", "は、表に入っていません", organization["name"])
    for site in seen.sites:
        if site["id"] in used:
            remarks.fields_of("site", site, site["name"])
        else:
            remarks.add("活動がまだない場所", "は、表に入っていません", site["name"])


class _Writer:
    """Makes one cell, and remarks on what it cannot hold."""

    def __init__(self, column: Column, record: Record, remarks: Remarks, twins: Mapping[int, str]) -> None:
        self.column = column
        self.record = record
        self.remarks = remarks
        self.twins = twins
        self.name = str(record.get("title") or record.get("name") or "")

    def cell(self) -> Cell:
        column = self.column
        if column.shape == "slots":
            return self._slots(self.record.get("slots", []))
        if column.path[:2] == ("slots", "[]"):
            return self._shared(self.record.get("slots", []), column.path[2])
        value = _at(self.record, column.path)
        if column.level and isinstance(value, Mapping):
            words = [code for code in _in_order(value, column.vocabulary) if value[code] == column.level]
            return self._words(words) or None
        return self._written(value)

    def _written(self, value: Any) -> Cell:
        if value is None:
            return None
        if isinstance(value, bool | int | float):
            return value
        if isinstance(value, list):
            if not value:
                self._remark("が「なし」と分かっていることは、空欄と区別できません")
            return self._words(value) or None
        return self._text(self._word(value))

    def _word(self, value: Any) -> str:
        """The label, unless the list would read it as another code."""
        text = str(value)
        vocabulary = self.column.vocabulary
        if vocabulary is None:
            return text
        label = vocabulary.label(text).translate(self.twins)
        return label if vocabulary.code_of(label) == text else text

    def _words(self, values: Sequence[Any]) -> str:
        if self.column.shape == "days":
            assert self.column.vocabulary is not None
            return "".join(map(self._word, _in_order(values, self.column.vocabulary)))
        words = [self._word(value) for value in values]
        if any(_SEPARATORS.search(word) or not word.strip() for word in words):
            self._remark("の中の「、」「;」と改行は、表を読み込むと区切りになります")
        return self._text(SEPARATOR.join(words)) or ""

    def _text(self, text: str) -> str | None:
        clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        if clean != text:
            self._remark("から、表に書けない目に見えない文字を除きました")
        if len(clean) > LONGEST_TEXT:
            self._remark(f"は{LONGEST_TEXT:,}字より長いので、空欄にしました。登録されている値はそのまま残ります")
            return None
        if clean.strip() == ERASE_WORD:
            self._remark(f"の「{ERASE_WORD}」は、表では消す印になるので空欄にしました")
            return None
        return clean.translate(self.twins) or None

    def _slots(self, slots: Sequence[Record]) -> str | None:
        texts = []
        for slot in slots:
            written = slot_texts(slot)
            if not written and (len(slots) > 1 or TIMES & set(slot)):
                self._remark(f"には、時刻の分からない枠を書けません。{KEPT}")
            texts += written
        return "; ".join(texts) or None

    def _shared(self, slots: Sequence[Record], key: str) -> Cell:
        """The column counts for all slots of the row; where they differ it must stay empty."""
        values = {slot.get(key) for slot in slots}
        if len(values) > 1:
            self._remark(f"は枠ごとに違うので、空欄にしました。{KEPT}")
            return None
        return self._written(values.pop()) if values else None

    def _remark(self, end: str) -> None:
        self.remarks.add(f"「{self.column.header}」", end, self.name)


def _at(record: Record, path: tuple[str, ...]) -> Any:
    """The value a path leads to; for a list of objects, the list of their values."""
    value: Any = record
    for position, key in enumerate(path):
        if key == "[]":
            return None if value is None else [_at(each, path[position + 1 :]) for each in value]
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _in_order(codes: Any, vocabulary: Vocabulary | None) -> list[str]:
    known = vocabulary.codes if vocabulary else ()
    return sorted(codes, key=lambda code: (known.index(code) if code in known else len(known), code))
