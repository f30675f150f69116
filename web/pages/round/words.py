"""The words of a round that are the page's own: bands, objections, what follows from a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

BAND_WORDS = {"◎": "よく合う", "○": "合う", "△": "一部合う"}
# Constraints that must hold but are never explained to anybody.
UNEXPLAINED = "avoid"
STAGE = "stage"
NEGOTIABLE = "（相談できるかもしれません）"
UNEXPLAINED_SENTENCE = "今回は出していません（くわしい理由は表示しません）。"


def objection_words(objection: Json) -> str:
    """The sentence, and whether talking about it may help (domain §4.1: what can be overridden is told from what cannot)."""
    code, sentence = str(objection.get("code", "")), str(objection["sentence"])
    # How far somebody has come is nothing to talk over with a place.
    negotiable = objection.get("overridable") and code != STAGE
    return explained(code, f"{sentence}{NEGOTIABLE if negotiable else ''}")


def explained(code: str, sentence: str) -> str:
    """Why not, unless nobody may know."""
    return UNEXPLAINED_SENTENCE if code.startswith(UNEXPLAINED) else sentence


def change_words(sentence: str) -> str:
    """The engine names the condition (「…できれば」); the page says what follows from it."""
    return f"{sentence}、候補に入ります。" if sentence.endswith("ば") else sentence
