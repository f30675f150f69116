"""Where a place is and what the building is like (場所), and how one gets there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matching.vocabulary import ENUMS
from models.places import ListedOpportunity
from models.site import Site
from web.pages.facts import Fact, enum_words

Json = Mapping[str, Any]

THERE = {"yes": "ある", "conditional": "条件つきである", "no": "ない"}
CAN_USE = {"yes": "使える", "conditional": "相談すれば使える", "no": "使えない"}
WINTER = {"yes": "通れる", "conditional": "日による", "no": "12〜3月は通れない"}
TOILETS = (("洋式", "western"), ("多目的", "multipurpose"), ("男女別", "separate"))
FROM_HOME = "オンライン"


def where(opportunity: ListedOpportunity, district: str | None) -> str | None:
    """The district; of a place that is only joined from home there is none, and nobody needs to ask."""
    return FROM_HOME if opportunity.site_id is None and opportunity.online == "yes" else district


def surroundings(
    site: Site | None, pickup: Json, *, district: str | None, district_word: str, online: str | None
) -> list[Fact]:
    """The site's facts in the order in which one walks in; a place that is joined from home has none."""
    if site is None and online == "yes":
        return [Fact("場所", "家から参加する場です（オンライン）。")]
    if site is None:
        return [Fact("場所", None, "どこで開いていますか。"), _pickup(pickup)]
    facts = [
        Fact("場所", site.name, note=site.alias or ""),
        Fact("住所", site.address, "住所はどこですか。"),
        Fact(district_word, district, f"どの{district_word}ですか。"),
        Fact("最寄り", _stop(site.nearest_stop or {}), "近くにバス停や駅はありますか。"),
        Fact("駐車", CAN_USE.get(site.parking or ""), "車をとめられますか。"),
        _pickup(pickup),
        Fact("冬の道", WINTER.get(site.winter_access or ""), "雪のときも来られますか。"),
        Fact("屋内・屋外", enum_words("indoor_outdoor", site.indoor_outdoor), "屋内ですか、屋外ですか。"),
        Fact(
            "段差",
            {"yes": "ない", "conditional": "ところによりある", "no": "ある"}.get(site.step_free or ""),
            "段差はありますか。",
        ),
        Fact("トイレ", _toilets(site.toilets or {}), "洋式のトイレはありますか。"),
        Fact("静かな所", THERE.get(site.quiet_space or ""), "一人で休める所はありますか。"),
        Fact("休む所", THERE.get(site.rest_space or ""), "座って休める所はありますか。"),
        Fact("暖房・冷房", _air(site), "暖房や冷房はありますか。"),
        Fact(
            "通りから",
            {"yes": "中が見える", "conditional": "見えることがある", "no": "見えない"}.get(
                site.visible_from_street or ""
            ),
            "通りから中が見えますか。",
        ),
        Fact(
            "動物",
            {"yes": "いる", "conditional": "いることがある", "no": "いない"}.get(site.animals_present or ""),
            "動物はいますか。",
        ),
        Fact(
            "屋内のたばこ",
            {"yes": "吸えない", "conditional": "場所による", "no": "吸える"}.get(site.smoke_free or ""),
            "たばこは吸えますか。",
        ),
    ]
    for label, words in (("音・におい・混みぐあい", site.noise_note), ("バリアフリーの案内", site.accessibility_note)):
        if words:
            facts.append(Fact(label, words))
    return facts


def _stop(stop: Json) -> str | None:
    if not stop.get("name"):
        return None
    walk = f"から歩いて{stop['walk_minutes']}分" if stop.get("walk_minutes") is not None else ""
    note = f"（{stop['service_note']}）" if stop.get("service_note") else ""
    return f"{stop['name']}{walk}{note}"


def _toilets(toilets: Json) -> str | None:
    known = [f"{label}は{THERE[toilets[name]]}" for label, name in TOILETS if toilets.get(name) in THERE]
    return "、".join(known) or None


def _air(site: Site) -> str | None:
    known = [
        f"{label}は{THERE[value]}"
        for label, value in (("暖房", site.heating), ("冷房", site.cooling))
        if value in THERE
    ]
    return "、".join(known) or None


def _pickup(pickup: Json) -> Fact:
    available = THERE.get(pickup.get("available", ""))
    details = [
        "・".join(pickup.get("area") or ()),
        "".join(ENUMS["day"].label(day) for day in pickup.get("days") or ()) + "曜" if pickup.get("days") else "",
        f"往復{pickup['cost_yen']:,}円" if pickup.get("cost_yen") else "",
        "予約が必要" if pickup.get("reserve") == "yes" else "",
    ]
    return Fact("送り迎え", available, "送り迎えはできますか。", "、".join(part for part in details if part))
