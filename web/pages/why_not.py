"""「なぜ出ないの？」: where a place of the catalogue ended up in this round, and why."""

from __future__ import annotations

from dataclasses import dataclass

from web.pages.round.card import place_of
from web.pages.round.parts import Place, RoundPage
from web.pages.round.words import Json, objection_words
from web.pages.search import holds


@dataclass(frozen=True)
class Answer:
    """One place found, and every sentence about where it went."""

    place: Place
    sentences: list[str]


def answers(page: RoundPage, wanted: str) -> list[Answer]:
    """Every place of the round whose title, host or whereabouts holds the words; all excluded ones without words."""
    everything = [Answer(entry.place, entry.reasons) for entry in page.excluded]
    if not wanted.strip():
        return everything
    everything = [
        *(Answer(card.place, [f"提案の{card.number}番めに出ています。"]) for card in page.cards),
        *(
            Answer(card.place, ["「ほかの候補」に入っています。合いますが、上の提案ほどではありません。"])
            for card in page.others
        ),
        *(Answer(near.place, [f"「あと一歩」に入っています。{near.obstacle}"]) for near in page.near_misses),
        *everything,
    ]
    return [
        answer
        for answer in everything
        if holds(f"{answer.place.title} {answer.place.host} {answer.place.where}", wanted)
    ]


BY_TODAYS_RULES = "（計算のしかたが変わったので、いまの決まりで調べ直した理由です）"


def asked_again_answer(entry: Json, *, same_rules: bool) -> Answer:
    """One place of a catalogue that was asked again, with where it went."""
    place = place_of(entry, {entry["opportunity_id"]: entry})
    if "rank" in entry:
        sentences = [
            f"提案の{entry['rank']}番めに出ています。"
            if entry["proposed"]
            else "「ほかの候補」に入っています。合いますが、上の提案ほどではありません。"
        ]
    else:
        sentences = list(dict.fromkeys(map(objection_words, entry["objections"])))
    return Answer(place, sentences if same_rules else [*sentences, BY_TODAYS_RULES])
