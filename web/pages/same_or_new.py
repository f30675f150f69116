"""Rows of a form that read like known entries (同じもの／新しいもの): asked on the preview, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seed.form_rows import NEW, SameOrNew
from seed.labels import KIND_WORDS

MOST_ASKED = 100


@dataclass(frozen=True)
class RowQuestion:
    """One row with what it may be: (id, words), the chosen one first to be shown. `field` numbers its three fields."""

    field: int
    made: str
    title: str
    line: int | None
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class RowAnswers:
    """id made of names → id of the known entry or NEW; whether any is another than the page showed."""

    choices: dict[str, str]
    changed: bool


def row_questions(asked: Sequence[SameOrNew]) -> list[RowQuestion]:
    """The first of them; what is taken for the rest stands in the table of changes."""
    return [
        RowQuestion(
            field=number,
            made=one.made,
            title=f"{KIND_WORDS[one.kind]}「{one.title}」",
            line=one.line,
            options=[*((ref, f"台帳にある「{words}」と同じもの") for ref, words in one.known), (NEW, "新しいもの")],
            chosen=one.chosen,
        )
        for number, one in enumerate(asked[:MOST_ASKED], 1)
    ]


def same_or_new_answers(form: Mapping[str, str]) -> RowAnswers:
    """What the fields of the page say."""
    numbers = [field.removeprefix("made-") for field in form if field.startswith("made-")]
    choices = {form[f"made-{number}"]: form.get(f"same-{number}", NEW) for number in numbers}
    changed = any(form.get(f"same-{number}", NEW) != form.get(f"was-{number}", NEW) for number in numbers)
    return RowAnswers(choices, changed)
