"""The page of one kept round."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date

from matching.shortlist.shortlist_filter import LEAST_KNOWN
from web.pages.round.card import card, is_past, place_of
from web.pages.round.parts import Excluded, NearMiss, Relative, RelativesPlace, RoundPage, Stage
from web.pages.round.words import BAND_WORDS, Json, change_words, objection_words

LISTENED = LEAST_KNOWN / 100
"""Share of the weight that must be known before anything is proposed."""
OF_THE_PERSON = "ご本人に"


def round_page(result: Json, facts: Mapping[str, Json], *, today: date) -> RoundPage:
    """Read the two kept JSON columns of a round."""
    on = date.fromisoformat(result["on"])
    shown = len(result["candidates"])
    return RoundPage(
        on=on,
        engine_version=str(result.get("engine_version", "")),
        weights_version=str(result.get("weights_version", "")),
        cards=[card(entry, facts, number, today) for number, entry in enumerate(result["candidates"], start=1)],
        others=[card(entry, facts, number, today) for number, entry in enumerate(result["others"], start=shown + 1)],
        near_misses=[
            NearMiss(place_of(entry, facts), objection_words(entry["objection"]), change_words(entry["change"]))
            for entry in result["near_misses"]
        ],
        excluded=[
            Excluded(place_of(entry, facts), list(dict.fromkeys(map(objection_words, entry["objections"]))))
            for entry in result["excluded"]
        ],
        stages=_stages(result["waterfall"]),
        others_count=result.get("others_count", len(result["others"])),
        excluded_count=result.get("excluded_count", len(result["excluded"])),
        household=[_relative(entry) for entry in result.get("household", ())],
        to_hear=_to_hear(result),
        past=_past(result, today),
    )


def _past(result: Json, today: date) -> str:
    """Said on top once the dates of a round have gone by; empty before."""
    dates = [one for entry in (*result["candidates"], *result["others"]) for one in entry["next_dates"]]
    gone = sum(is_past(one, today) for one in dates)
    if not gone:
        return ""
    days = (today - date.fromisoformat(result["on"])).days
    which = "載っている日は、もう過ぎています" if gone == len(dates) else "載っている日には、もう過ぎたものがあります"
    return f"{days}日前に作った提案です。{which}。空きや受け入れのようすも変わっているかもしれません。"


def _relative(entry: Json) -> Relative:
    """A member of the household, named as this page may name them."""
    relation, name = entry.get("relation"), entry.get("name")
    who = f"{name}（{relation}）" if name and relation else name or relation or "世帯の人"
    return Relative(
        who=f"{who}　{entry['age_band']}" if entry.get("age_band") else who,
        participant=entry.get("participant"),
        places=[
            RelativesPlace(
                one["title"], one["host_name"], BAND_WORDS.get(one["band"], ""), one["about"], one["next_date"]
            )
            for one in entry["candidates"]
        ],
        why=entry.get("why"),
    )


def _to_hear(result: Json) -> list[str]:
    fitting = [*result["candidates"], *result["others"]]
    if any(entry["known_share"] >= LISTENED for entry in fitting):
        return []
    asked = (question for entry in fitting for question in entry["questions"])
    # Which allergies matter depends on the place; here it is enough to ask about allergies.
    first = {one["code"]: one["sentence"].split("：")[0] for one in asked if one["sentence"].startswith(OF_THE_PERSON)}
    return list(first.values())


def round_titles(result: Json, facts: Mapping[str, Json]) -> list[str]:
    """What was proposed, by name, best first."""
    return [place_of(entry, facts).title for entry in result["candidates"]]


def _stages(waterfall: Sequence[Json]) -> list[Stage]:
    counts = [int(stage["count"]) for stage in waterfall]
    dropped: list[int | None] = [None, *(before - after for before, after in itertools.pairwise(counts))]
    return [Stage(stage["label"], count, lost) for stage, count, lost in zip(waterfall, counts, dropped, strict=True)]
