"""The controlled vocabularies (統制語彙): stable codes, and the words people read for them.

The CSV files beside this module are the contract of the interchange format. Codes never change; labels are what
staff read, easy labels what the person reads (やさしい日本語).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

# A code list is kept as one 64-bit mask per opportunity.
MASK_BITS = 64


def plain(text: str) -> str:
    """Fold width and surrounding space, so that a label typed by hand finds its code."""
    # CP932 turns the wave dash of 「2〜4人」 into a full-width tilde.
    return unicodedata.normalize("NFKC", text).replace("〜", "~").strip().casefold()


@dataclass(frozen=True)
class Term:
    """One code with the words for it."""

    code: str
    label: str
    easy_label: str
    group: str = ""
    note: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """One code list, in the order of its file."""

    name: str
    terms: tuple[Term, ...]
    _by_code: Mapping[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {term.code: term for term in self.terms})

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self.terms)

    def term(self, code: str) -> Term:
        """Raise KeyError for a code that is not in the list."""
        return self._by_code[code]

    def label(self, code: str) -> str:
        """The staff's word; a code that a newer list may know is shown as it is."""
        return self._by_code[code].label if code in self._by_code else code

    def easy_label(self, code: str) -> str:
        """The person's word (やさしい日本語)."""
        return self._by_code[code].easy_label if code in self._by_code else code

    def group(self, code: str) -> str:
        return self._by_code[code].group if code in self._by_code else ""

    @cached_property
    def _codes_by_text(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for term in self.terms:
            for text in (term.code, term.label, term.easy_label):
                found.setdefault(plain(text), term.code)
        return found

    def code_of(self, text: str) -> str | None:
        """The code for a code, label or easy label as typed; None when the list does not know it."""
        return self._codes_by_text.get(plain(text))

    @cached_property
    def bit(self) -> dict[str, int]:
        """Code to its bit position; lists longer than MASK_BITS cannot be masks."""
        if len(self.terms) > MASK_BITS:
            message = f"{self.name} has {len(self.terms)} codes, a mask holds {MASK_BITS}"
            raise ValueError(message)
        return {code: position for position, code in enumerate(self._by_code)}

    def mask(self, codes: Iterable[str]) -> int:
        """Bit mask of the codes; codes the list does not know are left out (a newer file may carry them)."""
        value = 0
        for code in codes:
            position = self.bit.get(code)
            if position is not None:
                value |= 1 << position
        return value

    def codes_in(self, mask: int) -> list[str]:
        """The codes of a mask, in the order of the list."""
        return [code for code, position in self.bit.items() if mask >> position & 1]

    def words(self, codes: Iterable[str], *, mark: str = "、") -> str:
        """Staff labels joined for a sentence."""
        return mark.join(self.label(code) for code in codes)


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8-sig")
    return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(text.splitlines())]


def _load(name: str) -> Vocabulary:
    return Vocabulary(name, tuple(Term(**row) for row in _rows(name)))


_LISTS = [
    "accommodations",
    "activity_types",
    "allergens",
    "companions",
    "consent_kinds",
    "disclosure_fields",
    "drop_rules",
    "end_outcomes",
    "engagement_types",
    "fears",
    "group_sizes",
    "hazards",
    "host_reasons",
    "insurance_kinds",
    "life_issues",
    "meeting_bases",
    "organization_types",
    "participant_reasons",
    "participation_needs",
    "readiness_stages",
    "restrictions",
    "transport_modes",
    "verification_methods",
]

VOCABULARIES: Mapping[str, Vocabulary] = {name: _load(name) for name in _LISTS}


def _load_enums() -> dict[str, Vocabulary]:
    terms: dict[str, list[Term]] = {}
    for row in _rows("enums"):
        terms.setdefault(row["field"], []).append(Term(row["code"], row["label"], row["easy_label"]))
    return {name: Vocabulary(name, tuple(rows)) for name, rows in terms.items()}


ENUMS: Mapping[str, Vocabulary] = _load_enums()

LOAD_AXES: tuple[str, ...] = ENUMS["load_axis"].codes
"""The five axes (5軸) of load and capacity, in their fixed order."""

LOAD_LEVELS: Mapping[tuple[str, int], Term] = {
    (row["axis"], int(row["level"])): Term(f"{row['axis']}_{row['level']}", row["label"], row["easy_label"])
    for row in _rows("load_axes")
}
"""(axis, level 0-4) to its words."""

FEAR_RELIEFS: tuple[tuple[str, str, str], ...] = tuple(
    (row["fear"], row["field"], row["value"]) for row in _rows("fear_reliefs")
)
"""What eases which worry: (fear, field of the opportunity, value)."""

INSURANCE_FITS: Mapping[tuple[str, str], str] = {
    (row["engagement_type"], row["insurance_kind"]): row["fit"] for row in _rows("insurance_rules")
}
"""(engagement type, insurance kind) to yes, conditional or no; a pair that is not listed is unknown."""
