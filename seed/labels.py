"""Japanese words for the fields of records, for previews and problems."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from seed.writing.left_out import LABELS

PARTICIPANT_WORDS = {
    "display_name": "呼び名",
    "birth_date": "生年月日",
    "age": "年齢",
    "needs": "求めていること",
    "own_words": "本人の言葉",
    "interests": "好きなこと",
    "strengths": "得意なこと",
    "dislikes": "いやなこと",
    "fears": "参加の不安",
    "capacities": "いまの余力（職員）",
    "capacities_self": "いまの余力（本人）",
    "stretch_ok": "やってみたい背伸び",
    "stage": "準備ステージ",
    "stage_set_on": "ステージを決めた日",
    "condition_waves": "調子の波",
    "accommodations_needed": "必要な配慮",
    "work_limits": "できない作業",
    "work_limits_checked_on": "できない作業を聞いた日",
    "max_lift_kg": "持てる重さ",
    "allergies": "アレルギー",
    "avoid": "取り決め",
    "near_home": "近所の希望",
    "transport": "行き方",
    "max_travel_minutes": "片道の上限",
    "available": "来られる時間",
    "blocked": "来られない時間",
    "frequency": "回数",
    "session_max_minutes": "1回の上限",
    "group_size": "人数の希望",
    "companions": "一緒にいたい人",
    "restricted_ok": "使える限定の場",
    "reward": "謝礼の希望",
    "cost_limit_yen": "出せる額",
    "cost_limit_includes_travel": "交通費も含むか",
    "accompaniment": "同行の希望",
    "disclosure": "伝えてよいこと",
    "goal_path": "次の一歩の方向",
    "waiting_since": "待ちはじめた日",
    "active_placements": "いまの参加先",
    "declined": "本人が断った場",
    "host_declined": "受け入れ先が断った場",
    "consents": "同意",
    "household": "世帯",
    "referral_source": "つなぎ元",
    "district": "地区",
    "updated_on": "本人に確かめた日",
    "provenance": "出どころ",
}
KIND_WORDS = {"organization": "団体", "site": "場所", "opportunity": "活動", "participant": "本人"}


@cache
def _form_words() -> dict[str, str]:
    text = (files("seed") / "schemas" / "form-columns.csv").read_text(encoding="utf-8-sig")
    words: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        kind, _, field = row["target"].partition(".")
        path = field.partition("=")[0]
        words.setdefault(f"{kind}.{path.partition('.')[0].removesuffix('[]')}", row["header"])
        words.setdefault(f"{kind}.{path.replace('[]', '')}", row["header"])
    # Headers of one column of several would mislead as the name of the whole.
    words.update(
        {
            "organization.contact": "連絡先",
            "organization.burden": "負担感",
            "site.toilets": "トイレ",
            "site.nearest_stop": "最寄り停留所",
            "opportunity.task_steps": "作業の手順",
            "opportunity.loads": "負荷",
            "opportunity.hazards": "危険",
            "opportunity.allergens_present": "アレルゲン",
            "opportunity.accommodations": "配慮",
            "opportunity.conditions": "受け入れの条件",
            "opportunity.regulars": "顔ぶれ",
            "opportunity.slots": "曜日と時間",
            "opportunity.insurance": "保険",
            "opportunity.pickup": "送迎",
        }
    )
    return words


def word_for(kind: str, field: str) -> str:
    """The header of the form, or the word of what the form has no column for; the field's own name where none knows.

    A field inside another is named with dots: `contact.phone`.
    """
    if kind == "participant" and field in PARTICIPANT_WORDS:
        return PARTICIPANT_WORDS[field]
    path = f"{kind}.{field}"
    return _form_words().get(path) or LABELS.get(path) or PARTICIPANT_WORDS.get(field) or field
