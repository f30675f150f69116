"""How a host is doing, as far as the kept round knows: read before anybody telephones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from matching.vocabulary import ENUMS
from web.pages.facts import Fact, as_date
from web.wording import short_day

Json = Mapping[str, Any]

BURDEN_WORDS = {1: "軽い", 2: "やや軽い", 3: "ふつう", 4: "やや重い", 5: "重い（新しいお願いは止める）"}


def host_state(fact: Json, *, today: date) -> list[Fact]:
    """Confirmed when, how many are there now, how heavy it feels, who holds the relationship, how to reach them."""
    status = fact.get("status")
    verified = as_date(fact.get("verified_on"))
    return [
        Fact(
            "状態",
            ENUMS["opportunity_status"].label(status) if status else None,
            note=f"{short_day(verified, on=today)}に確認" if verified else "",
        ),
        Fact("いまの人数", _people_now(fact)),
        Fact("負担感", BURDEN_WORDS.get(fact.get("burden") or 0)),
        Fact("関係を持つ職員", fact.get("relation_owner") or None),
        Fact("連絡", _contact(fact)),
    ]


def _people_now(fact: Json) -> str | None:
    now, free = fact.get("placed_now"), fact.get("open_places")
    parts = []
    if now is not None:
        parts.append(f"{now}人が参加中" if now else "いま参加している人はいません")
    if free is not None:
        parts.append(f"空き{free}人" if free else "空きなし")
    return "・".join(parts) or None


def _contact(fact: Json) -> str | None:
    channel = fact.get("reply_channel")
    parts = [ENUMS["reply_channel"].label(channel)] if channel else []
    if fact.get("best_hours"):
        parts.append(str(fact["best_hours"]))
    return "・".join(parts) or None
