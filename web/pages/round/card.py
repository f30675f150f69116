"""One place of a round as a card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from matching.vocabulary import VOCABULARIES
from web.pages.host import host_state
from web.pages.round.parts import Card, Ground, Place, Question
from web.pages.round.words import BAND_WORDS, Json

SHOWN_REASONS = 3
SHOWN_WORRIES = 3
SHOWN_DATES = 3
# A finding below this is no reason to go there, however many points it brings.
REASON_FROM = 0.5


def place_of(entry: Json, facts: Mapping[str, Json]) -> Place:
    key = entry["opportunity_id"]
    fact = facts.get(key, {})
    host, site = fact.get("host_name") or "", fact.get("site_name") or ""
    where = [part for part in (site if site != host else "", fact.get("district") or "") if part]
    return Place(
        opportunity_id=key,
        title=fact.get("title") or key,
        host=host,
        where=" ／ ".join(where),
        latitude=fact.get("latitude"),
        longitude=fact.get("longitude"),
        roughly=fact.get("located_level") not in (None, "given"),
    )


def card(entry: Json, facts: Mapping[str, Json], number: int, today: date) -> Card:
    fact = facts.get(entry["opportunity_id"], {})
    questions = sorted(entry["questions"], key=lambda question: not question["stops_request"])
    way = entry.get("way")
    return Card(
        number=number,
        place=place_of(entry, facts),
        band=entry["band"],
        band_word=BAND_WORDS.get(entry["band"], ""),
        description=fact.get("plain_description") or "",
        activities=VOCABULARIES["activity_types"].words(fact.get("activity_types") or ()),
        reasons=good_reasons(
            ((finding["score"], finding["reason_staff"]) for finding in entry["findings"]), entry["worries"]
        ),
        worries=list(entry["worries"][:SHOWN_WORRIES]),
        more_worries=list(entry["worries"][SHOWN_WORRIES:]),
        questions=[Question(question["sentence"], bool(question["stops_request"])) for question in questions],
        dates=[_date_words(entry, today) for entry in entry["next_dates"][:SHOWN_DATES]],
        when_question=_when_question(entry),
        way=way["sentence"] if way else None,
        way_detail=way.get("detail") if way else None,
        host_state=host_state(fact, today=today),
        grounds=[_ground(finding) for finding in entry["findings"]],
        marks=[words for key, words in (("low_load", "負荷が軽い"), ("has_role", "役割がある")) if entry.get(key)],
    )


def good_reasons(findings: Iterable[tuple[float | None, str | None]], worries: Sequence[str]) -> list[str]:
    """The strongest good findings (score and sentence); what is told as a worry is not praised as well."""
    good = [
        sentence
        for score, sentence in findings
        if score is not None
        and score >= REASON_FROM
        and sentence
        and not any(worry.startswith(sentence.rstrip("。")) for worry in worries)
    ]
    return good[:SHOWN_REASONS]


def is_past(entry: Json, today: date) -> bool:
    """Whether one of the next dates has gone by since the round was made."""
    return str(entry.get("date", "")) < today.isoformat() if entry.get("date") else False


def _when_question(entry: Json) -> str:
    """What to ask where no date can be named; the days themselves, where nobody has said them."""
    days_open = any(question.get("code") == "season" for question in entry["questions"])
    return "曜日がまだ分かりません。何曜日の、何時から開いていますか。" if days_open else "次はいつ行けますか。"


def _date_words(entry: Json, today: date) -> str:
    if is_past(entry, today):
        return f"{entry['label']}（過ぎました）"
    open_ = [
        words
        for name, words in (("to_confirm", "祝日のため要確認"), ("ride_to_confirm", "バスの時刻は要確認"))
        if entry.get(name)
    ]
    return f"{entry['label']}（{'・'.join(open_)}）" if open_ else str(entry["label"])


def _ground(finding: Json) -> Ground:
    known = finding["score"] is not None
    return Ground(
        label=finding["label"],
        sentence=finding["reason_staff"] or "",
        points=f"{finding['points']:.1f}" if known else None,
        weight=f"{finding['weight']:g}",
    )
