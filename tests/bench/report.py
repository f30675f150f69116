"""What was measured beside the bar it has to pass (performance §4), as tables to read and as JSON to keep."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import click

Better = Literal["more", "less"]


@dataclass(frozen=True)
class Bar:
    """What is asked now, and the moonshot."""

    better: Better
    ask: float
    moonshot: float

    def words(self) -> str:
        further = f" ({_number(self.moonshot)})" if self.moonshot != self.ask else ""
        return f"{'≥' if self.better == 'more' else '≤'} {_number(self.ask)}{further}"

    def verdict(self, measured: float) -> str:
        """Met, the moonshot, or missed by what factor."""
        if self.ask != self.moonshot and self._reaches(measured, self.moonshot):
            return "met, moonshot"
        if self._reaches(measured, self.ask):
            return "met"
        off = self.ask / measured if self.better == "more" and measured else measured / self.ask if self.ask else 0
        return f"MISSED, {off:.3g}x off" if off else "MISSED"

    def _reaches(self, measured: float, wanted: float) -> bool:
        return measured >= wanted if self.better == "more" else measured <= wanted


@dataclass(frozen=True)
class Line:
    """One line of a table. A line without a bar informs; a line without a figure says why there is none."""

    what: str
    measured: float | None
    unit: str = ""
    bar: Bar | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "skipped" if self.bar else ""
        return self.bar.verdict(self.measured) if self.bar else ""

    def cells(self) -> tuple[str, ...]:
        figure = "-" if self.measured is None else f"{_number(self.measured)}{self.unit}"
        return self.what, figure, self.bar.words() if self.bar else "", self.verdict, self.note


@dataclass
class Report:
    """Sections in the order in which they were measured; printed as soon as each is done."""

    settings: dict[str, Any]
    sections: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, title: str, lines: Sequence[Line]) -> None:
        self.sections[title] = list(lines)
        click.echo(f"\n{title}")
        for text in aligned([("", "measured", "bar (moonshot)", "", ""), *(line.cells() for line in lines)]):
            click.echo(f"  {text}")

    def missed(self) -> list[Line]:
        return [line for line in self.lines() if line.verdict.startswith("MISSED")]

    def skipped(self) -> list[Line]:
        return [line for line in self.lines() if line.verdict == "skipped"]

    def lines(self) -> list[Line]:
        return [line for lines in self.sections.values() for line in lines]

    def as_json(self) -> dict[str, Any]:
        return {
            "settings": self.settings,
            "sections": {
                title: [{**asdict(line), "verdict": line.verdict} for line in lines]
                for title, lines in self.sections.items()
            },
        }


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns under each other; a Japanese character is two columns wide."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            " " * (width - _width(cell)) + cell if place == 1 else cell + " " * (width - _width(cell))
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _number(value: float) -> str:
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
