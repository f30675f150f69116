"""Saying what of the catalogue the form has no room for, in sentences for the coordinator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from seed.writing.catalogue import Record
from seed.writing.columns import COLUMNS
from seed.writing.slot_text import TIMES

# Fields without a column. The first words say whose they are.
LABELS: Mapping[str, str] = {
    "organization.kana": "団体名のよみ",
    "organization.corporate_number": "法人番号",
    "organization.status_until": "団体の状態の期限",
    "organization.status_reason": "団体の状態の理由",
    "organization.placed_now": "団体のいまの受け入れ人数",
    "organization.recent_intakes_on": "最近の受け入れ開始日",
    "organization.last_end_on": "最後に終わった日",
    "organization.burden.trend": "負担感の変化",
    "organization.contact.role": "担当者の役割",
    "organization.contact.extension": "内線番号",
    "organization.contact.avoid_periods": "連絡を避ける時期",
    "organization.relation_since": "付き合いの始まり",
    "organization.last_contact_on": "最後に連絡した日",
    "organization.typical_reply_days": "返事までの日数",
    "organization.publication": "団体の公開範囲",
    "organization.notes": "団体の備考",
    "site.kana": "場所名のよみ",
    "site.alias": "場所の通称",
    "site.location_precision": "位置の正確さ",
    "site.toilets.separate": "男女別トイレ",
    "site.rest_space": "休む場所",
    "site.heating": "暖房",
    "site.cooling": "冷房",
    "site.smoke_free": "禁煙",
    "site.animals_present": "動物がいるか",
    "site.noise_note": "音やにおい",
    "site.nearest_stop.mode": "最寄り停留所の種類",
    "site.nearest_stop.service_note": "最寄り停留所の便",
    "site.accessibility_note": "バリアフリーの説明",
    "site.publication": "住所の公開範囲",
    "site.phone": "場所の電話",
    "site.extension": "場所の内線",
    "site.url": "場所のホームページ",
    "site.notes": "場所の備考",
    "opportunity.task_steps[].order": "手順の番号",
    "opportunity.task_steps[].posture": "手順ごとの姿勢",
    "opportunity.task_steps[].alone": "一人でできる手順か",
    "opportunity.task_steps[].repetitive": "くり返しの手順か",
    "opportunity.task_steps[].minutes": "手順ごとの時間",
    "opportunity.task_steps[].body": "手順ごとの体力",
    "opportunity.task_steps[].hazards": "手順ごとの危険",
    "opportunity.conditions.age_flexible": "年齢の相談",
    "opportunity.conditions.minors_ok": "18歳未満の参加",
    "opportunity.conditions.guardian_consent_required": "保護者の同意が必要か",
    "opportunity.conditions.registration_required": "登録が必要か",
    "opportunity.conditions.introduction_required": "紹介が必要か",
    "opportunity.conditions.min_trial_sessions": "体験の回数",
    "opportunity.session_minutes": "1回の時間",
    "opportunity.min_frequency": "最少の回数",
    "opportunity.first_visit_note": "初めての日の迎え方",
    "opportunity.regulars.age_bands": "顔ぶれの年代",
    "opportunity.regulars.mix": "顔ぶれの組み合わせ",
    "opportunity.slots[].id": "枠のID",
    "opportunity.slots[].except_dates": "枠の除外日",
    "opportunity.slots[].school_period": "学期中・長期休みの別",
    "opportunity.slots[].rain_rule": "雨の日の決まり",
    "opportunity.slots[].stop_rule": "中止の決まり",
    "opportunity.slots[].capacity": "枠ごとの定員",
    "opportunity.slots[].open_places": "枠ごとの空き",
    "opportunity.reward_in_kind": "お金でない謝礼",
    "opportunity.cost_waivable": "参加費の減免",
    "opportunity.insurance.note": "保険の説明",
    "opportunity.pickup.reserve": "送迎の予約",
    "opportunity.pickup.insurance": "送迎の保険",
    "opportunity.emergency_procedure": "緊急の頼み方",
    "opportunity.source_evidence": "情報の出どころ",
    "opportunity.provenance": "項目ごとの出どころ",
    "opportunity.url": "活動のホームページ",
}

# What the row itself or the slot's text says.
_SAID_BY_THE_ROW = frozenset(
    {"site.organization_id", "opportunity.organization_id", "opportunity.site_id"}
    | {f"opportunity.slots[].{name}" for name in TIMES}
)
_WITH_COLUMN = frozenset(column.target.partition("=")[0] for column in COLUMNS) - {"opportunity.slots"}
# Kept when the form is read again (`seed.form_lists`), as long as the slot or the step can be recognised.
KEPT = "枠の日時や手順の文を書きかえないかぎり、登録されている値はそのまま残ります"
_RECOGNISED = ("opportunity.slots[]", "opportunity.task_steps[]")


_KINDS = {"organization": "団体", "site": "場所", "opportunity": "活動"}


class Remarks:
    """What stays out of the form, gathered by reason so that a hundred activities do not make a hundred sentences."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], list[str]] = {}
        self._without_column: dict[str, dict[str, None]] = {}

    def add(self, subject: str, sentence_end: str, name: str) -> None:
        """`subject` opens the sentence, `sentence_end` closes it, `name` is the entry it is about."""
        names = self._names.setdefault((subject, sentence_end), [])
        if name not in names:
            names.append(name)

    def fields_of(self, kind: str, record: Record, name: str) -> None:
        """Remark on every field of a record that has no column."""
        for path in _leaves(record, kind):
            if path in _SAID_BY_THE_ROW or path in _WITH_COLUMN or _says_nothing(path, record):
                continue
            label = LABELS.get(path) or f"独自の項目 {path.rpartition('.')[2]}"
            if path.startswith(_RECOGNISED):
                self.add(f"「{label}」", f"は、表に欄がないので入っていません。{KEPT}", name)
            else:
                self._without_column.setdefault(kind, {})[label] = None

    def sentences(self) -> list[str]:
        """First what needs a look, then what is only not shown."""
        return [f"{subject}{end}（{_listed(names)}）。" for (subject, end), names in self._names.items()] + [
            f"{_KINDS[kind]}のうち、次の項目は表に欄がないので入っていません：{'、'.join(labels)}。"
            "表を読み込み直しても、登録されている値はそのまま残ります。"
            for kind, labels in self._without_column.items()
        ]


def _leaves(value: Any, path: str) -> Iterator[str]:
    if path in _WITH_COLUMN or path in LABELS or path in _SAID_BY_THE_ROW:
        yield path
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, f"{path}.{key}")
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for each in value:
            yield from _leaves(each, f"{path}[]")
    elif path not in ("opportunity.slots", "opportunity.task_steps"):
        yield path


def _says_nothing(path: str, record: Record) -> bool:
    """Whether leaving the field out changes nothing: steps numbered as they stand, a slot for any time of the year."""
    if path == "opportunity.task_steps[].order":
        numbers = [step.get("order", position) for position, step in enumerate(record["task_steps"], start=1)]
        return numbers == list(range(1, len(numbers) + 1))
    if path == "opportunity.slots[].school_period":
        return all(slot.get("school_period", "any") == "any" for slot in record["slots"])
    return False


def _listed(names: list[str], most: int = 3) -> str:
    more = f"、ほか{len(names) - most}件" if len(names) > most else ""
    return "、".join(names[:most]) + more
