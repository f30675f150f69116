"""How somebody takes part: trying first, who is there, what the host asks for, money and insurance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from matching.vocabulary import ENUMS, VOCABULARIES
from models.opportunity import Opportunity
from web.pages.facts import Fact, as_date, enum_words, labels
from web.wording import minutes, short_day

Json = Mapping[str, Any]

CAN = {"yes": "できる", "conditional": "相談すればできる", "no": "できない"}
NEEDED = {"yes": "必要", "conditional": "場合による", "no": "要らない"}
WORK = ("work_experience", "certified_training", "paid_volunteer")
"""Positions in which it must be checked that nobody is in fact a worker (domain §3.3)."""


def ways_of_trying(opportunity: Opportunity) -> list[Fact]:
    """Visit, trial, who is there, how long: what one tells the person first."""
    talk, shortest, usual = opportunity.talk_level, opportunity.min_stay_minutes, opportunity.session_minutes
    least = f"{minutes(shortest)}から" if shortest else ""
    length = "・".join(part for part in (least, f"ふだん{minutes(usual)}" if usual else "") if part)
    facts = [
        Fact("見学", CAN.get(opportunity.visit_ok or ""), "先に見学できますか。"),
        Fact("体験", CAN.get(opportunity.trial_ok or ""), "決める前に、体験できますか。"),
        Fact("見ているだけ", CAN.get(opportunity.observe_only_ok or ""), "見ているだけでもよいですか。"),
        Fact("オンライン", CAN.get(opportunity.online or ""), "家から参加できますか。"),
        Fact(
            "ふだんの人数",
            VOCABULARIES["group_sizes"].label(opportunity.group_size) if opportunity.group_size else None,
            "ふだんは何人くらいいますか。",
        ),
        Fact("会話", ENUMS["talk_level"].label(str(talk)) if talk is not None else None, "どのくらい話しますか。"),
        Fact("顔ぶれ", _regulars(opportunity.regulars or {}), "どんな人が来ていますか。"),
        Fact(
            "遅刻・早退・休み",
            VOCABULARIES["drop_rules"].label(opportunity.drop_rule) if opportunity.drop_rule else None,
            "当日に休んだり、途中で帰ったりしてもよいですか。",
        ),
        Fact("1回の長さ", length or None, "1回は何分くらいですか。短くてもよいですか。"),
        Fact("少なくとも", enum_words("frequency", opportunity.min_frequency), "月に何回からよいですか。"),
    ]
    if opportunity.first_visit_note:
        facts.append(Fact("はじめての日", opportunity.first_visit_note))
    if opportunity.items:
        facts.append(Fact("持ち物", "、".join(opportunity.items)))
    if opportunity.dress:
        facts.append(Fact("服装", opportunity.dress))
    return facts


def _regulars(regulars: Json) -> str | None:
    ages = [ENUMS["age_band"].label(code) for code in regulars.get("age_bands") or ()]
    mix = [
        VOCABULARIES["companions"].label(code) for code, value in (regulars.get("mix") or {}).items() if value == "yes"
    ]
    return "、".join([*ages, *mix, *([regulars["text"]] if regulars.get("text") else [])]) or None


def conditions(known: Json) -> list[Fact]:
    """What the host asks for. Whatever nobody has asked stays 未確認, also where the engine assumes no limit."""
    facts = [
        Fact("年齢", _ages(known), "何歳から何歳までの人が参加できますか。決まりはありますか。"),
        _restricted(known),
        Fact("自分で通うこと", NEEDED.get(known.get("self_commute_required", "")), "送り迎えで通ってもよいですか。"),
        Fact("付き添い", NEEDED.get(known.get("accompaniment_required", "")), "職員か家族の付き添いが必要ですか。"),
        Fact("18歳未満", CAN.get(known.get("minors_ok", "")), "18歳未満の人も参加できますか。"),
    ]
    for label, name in (
        ("保護者の同意", "guardian_consent_required"),
        ("申し込み", "registration_required"),
        ("機関からの紹介", "introduction_required"),
    ):
        if known.get(name) in NEEDED:
            facts.append(Fact(label, NEEDED[known[name]]))
    if known.get("min_trial_sessions"):
        facts.append(Fact("決める前の体験", f"{known['min_trial_sessions']}回"))
    if known.get("other"):
        facts.append(Fact("その他", known["other"]))
    return facts


def _ages(known: Json) -> str | None:
    """From zero years on is an answer: there is no limit."""
    least, most = known.get("min_age"), known.get("max_age")
    if least is None and most is None:
        return None
    if not least and most is None:
        return "決まりなし"
    limits = f"{least}歳から" if most is None else f"{most}歳まで" if not least else f"{least}〜{most}歳"
    return f"{limits}（相談できる）" if known.get("age_flexible") in ("yes", "conditional") else limits


def _restricted(known: Json) -> Fact:
    groups = labels("restrictions", known.get("restricted_to"))
    if not groups:
        asked = known.get("restricted_to") is not None
        return Fact("対象", "だれでも" if asked else None, "どんな人でも参加できますか。対象を限っていますか。")
    return Fact(
        "対象", "、".join(groups), note=known.get("restriction_reason") or "限定する理由は、まだ聞いていません。"
    )


def money(opportunity: Opportunity, *, on: date) -> list[Fact]:
    """Position, reward, cost and insurance."""
    position = opportunity.engagement_type
    facts = [
        Fact(
            "位置づけ",
            VOCABULARIES["engagement_types"].label(position) if position else None,
            "居場所、ボランティア、就労体験など、どの立場で参加しますか。",
        ),
        Fact(
            "謝礼",
            _yen(opportunity.reward_yen, opportunity.reward_per, "なし"),
            "お礼やお金は出ますか。",
            opportunity.reward_in_kind or "",
        ),
    ]
    if position in WORK or opportunity.reward_yen:
        checked = opportunity.worker_status_checked_on
        facts.append(
            Fact(
                "労働者でないこと",
                f"{short_day(checked, on=on)}に確認" if checked else None,
                "仕事のさせ方が雇用にあたらないか、確かめましたか。",
            )
        )
    waivable = opportunity.cost_yen and opportunity.cost_waivable in ("yes", "conditional")
    return [
        *facts,
        Fact(
            "参加費",
            _yen(opportunity.cost_yen, opportunity.cost_per, "無料"),
            "お金はかかりますか。",
            "安くする相談ができます。" if waivable else "",
        ),
        _insurance(opportunity.insurance or {}, on),
    ]


def _yen(amount: int | None, per: str | None, nothing: str) -> str | None:
    if amount is None:
        return None
    unit = f"{ENUMS['money_per'].label(per)} " if per else ""
    return f"{unit}{amount:,}円" if amount else nothing


def _insurance(known: Json, on: date) -> Fact:
    kind, since, until = known.get("kind"), as_date(known.get("valid_from")), as_date(known.get("valid_until"))
    if not kind:
        return Fact("保険", None, "けがをしたとき、どの保険が使えますか。")
    period = ""
    if until and until < on:
        period = f"{short_day(until, on=on)}で切れています。更新を確かめてください。"
    elif since and since > on:
        period = f"{short_day(since, on=on)}から使えます。"
    elif until:
        period = f"{short_day(until, on=on)}まで"
    note = " ".join(part for part in (period, known.get("note") or "") if part)
    return Fact("保険", VOCABULARIES["insurance_kinds"].label(kind), note=note)
