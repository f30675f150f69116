"""The columns of the form (台帳の表) in their order."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from matching.vocabulary import ENUMS, VOCABULARIES, Vocabulary


@dataclass(frozen=True)
class Column:
    """One column: `target` is the field it holds, `format` how a cell is written (code:…, enums:…, four, date …)."""

    header: str
    target: str
    format: str
    required: bool

    @property
    def shape(self) -> str:
        """The format without the name of its list."""
        return self.format.partition(":")[0]

    @property
    def kind(self) -> str:
        """organization, site or opportunity."""
        return self.target.partition(".")[0]

    @property
    def level(self) -> str:
        """The value whose codes the column lists (yes, conditional, no), for fields that take three columns; else ""."""
        return self.target.partition("=")[2]

    @cached_property
    def path(self) -> tuple[str, ...]:
        """Keys from the record to the value; "[]" stands for each entry of a list."""
        keys = self.target.partition("=")[0].split(".")[1:]
        return tuple(part for key in keys for part in ((key[:-2], "[]") if key.endswith("[]") else (key,)))

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The words a cell may hold."""
        if self.shape == "four":
            return ENUMS["four_value"]
        if self.shape == "days":
            return ENUMS["day"]
        name = self.format.partition(":")[2]
        return (ENUMS if self.shape.startswith("enum") else VOCABULARIES)[name] if name else None


def _load() -> tuple[Column, ...]:
    text = (files("seed") / "schemas" / "form-columns.csv").read_text(encoding="utf-8-sig")
    return tuple(
        Column(row["header"], row["target"], row["format"], row["required"] == "必須")
        for row in csv.DictReader(text.splitlines())
    )


COLUMNS: tuple[Column, ...] = _load()
