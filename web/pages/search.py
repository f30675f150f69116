"""Finding by a few characters, however they were typed."""

from __future__ import annotations

import unicodedata

HIRAGANA_FIRST, HIRAGANA_LAST, TO_KATAKANA = 0x3041, 0x3096, 0x60
_TO_KATAKANA = {code: code + TO_KATAKANA for code in range(HIRAGANA_FIRST, HIRAGANA_LAST + 1)}


def folded(text: str) -> str:
    """Width, case, kana and spaces made alike: `りんご` finds `リンゴ`, `ﾘﾝｺﾞ` and `り んご`."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TO_KATAKANA)
    return "".join(plain.split())


def holds(text: str, wanted: str) -> bool:
    """Whether every word of what is wanted stands in the text; two characters are enough."""
    haystack = folded(text)
    return all(folded(word) in haystack for word in unicodedata.normalize("NFKC", wanted).split())
