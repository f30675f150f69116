"""How somebody would like to take part: how often, how long, with whom, and what may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matching.vocabulary import ENUMS
from web.pages.facts import Fact, enum_words, words
from web.wording import minutes

Json = Mapping[str, Any]


def ways_of_taking_part(record: Json) -> list[Fact]:
    """Every wish, or the question that asks for it."""
    frequency = record.get("frequency") or {}
    longest, cost = record.get("session_max_minutes"), record.get("cost_limit_yen")
    travel_in = "（交通費こみ）" if record.get("cost_limit_includes_travel") else ""
    cost_words = None if cost is None else f"1回{cost:,}円まで{travel_in}" if cost else f"かけられない{travel_in}"
    restricted = record.get("restricted_ok")
    facts = [
        Fact("いまの頻度", enum_words("frequency", frequency.get("now")), "いま、どこかに出かけていますか。"),
        Fact("望む頻度", enum_words("frequency", frequency.get("goal")), "どのくらい行けるとよいですか。"),
        Fact("1回の長さ", None if longest is None else f"{minutes(longest)}まで", "1回に何分くらいなら楽ですか。"),
        Fact("人数", words("group_sizes", _one(record.get("group_size"))), "何人くらいの場がよいですか。"),
        Fact("一緒にいる人", words("companions", record.get("companions")), "どんな人がいる場だと楽ですか。"),
        Fact(
            "近所について",
            enum_words("near_home", record.get("near_home")),
            "家の近くは、うれしいですか、避けたいですか。",
        ),
        Fact("付き添い", enum_words("accompaniment", record.get("accompaniment")), "初めは一緒に行きましょうか。"),
        Fact("謝礼", enum_words("reward", record.get("reward")), "謝礼があるとよいですか。"),
        Fact("参加費", cost_words, "1回いくらまでなら出せますか。"),
        Fact("調子の波", enum_words("condition_waves", record.get("condition_waves")), "調子に波はありますか。"),
        Fact("次の一歩", _enum_list("goal_path", record.get("goal_path")), "どんなふうになれたらよいですか。"),
    ]
    if restricted:
        facts.append(Fact("使える限定の場", words("restrictions", restricted)))
    return facts


def disclosure(record: Json) -> list[Fact]:
    """What the person wants a host to know. The consent of that host still decides."""
    return [
        Fact(
            "受け入れ先に伝えること",
            enum_words("disclosure", record.get("disclosure")),
            "行く先に、どこまで伝えてよいですか。",
        )
    ]


def _one(code: str | None) -> list[str] | None:
    return None if code is None else [code]


def _enum_list(name: str, codes: Sequence[str] | None) -> str | None:
    return None if codes is None else "、".join(ENUMS[name].label(code) for code in codes) or None
