"""One's own settings: what the municipality calls the two meetings, beside what the law calls them."""

from __future__ import annotations

from matching.vocabulary import VOCABULARIES
from web.local_words import LocalWords
from web.pages.facts import Fact


def own_words(words: LocalWords) -> list[Fact]:
    """The words that differ from one municipality to the next (domain §1.1)."""
    bases = VOCABULARIES["meeting_bases"]
    return [
        Fact("地域の分け方", words.district),
        Fact(bases.label("article_106_6"), words.support_meeting),
        Fact(bases.label("guideline"), words.multi_agency_meeting),
    ]
