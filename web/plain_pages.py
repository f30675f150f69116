"""Pages for what is refused before the app is reached: without its templates, in the same words and headers."""

from __future__ import annotations

from html import escape

from web.explanations import EXPLANATIONS, Explanation
from web.local_words import STANDARD

OTHER_NAME = Explanation(
    "このアドレスでは開けません",
    "えんがわは、決められた名前のアドレスだけで開きます。",
    "教わったアドレスを確かめて、開き直してください。続くときは、「アドレスの名前（Host）が合わない」と{office}に伝えてください。",
)


def plain_page(explanation: Explanation) -> bytes:
    to_do = explanation.to_do.replace("{lead}", STANDARD.lead).replace("{office}", STANDARD.office)
    title, what, to_do = (escape(words) for words in (explanation.title, explanation.what, to_do))
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{what}</p><p>{to_do}</p>"
    ).encode()


def explanation_of(status: int) -> Explanation:
    return EXPLANATIONS.get(status, EXPLANATIONS[500 if status >= 500 else 400])
