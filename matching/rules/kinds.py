"""The two kinds of rule, and how they are found: one file, one rule.

A file in `constraints/` says what must hold, a file in `criteria/` what makes a place good. Each exposes `RULE`.
"""

from __future__ import annotations

import pkgutil
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

import numpy as np

from matching.columns.encodings import UNKNOWN, Floats, Ints, Verdicts
from matching.question.answers import Objection, ToAsk
from matching.question.question import Question


@dataclass(frozen=True)
class Reason:
    """Sentences behind a score: for staff, for the person (or none), and a worry (or none)."""

    staff: str
    participant: str | None = None
    worry: str | None = None


class Constraint(ABC):
    """必須条件 (domain §4.2). Three-valued: unknown never excludes; it lowers and becomes a question to ask."""

    code: ClassVar[str]
    label: ClassVar[str]
    stage: ClassVar[str]
    """Step of the waterfall: open, reachable or eligible."""
    same_for_everybody: ClassVar[bool] = False
    """Whether the verdict follows from the place and the date alone, so that it need not be asked for each person."""
    never_lifted: ClassVar[bool] = False
    """Whether no objection of this rule names a change: a place that fails it is no near miss, whatever else holds."""

    @abstractmethod
    def verdicts(self, question: Question) -> Verdicts:
        """FAIL, UNKNOWN or PASS for every opportunity of the pool."""

    def open_facts(self, question: Question, verdicts: Verdicts) -> Ints:
        """How many facts nobody has checked (N,); a rule on several codes may count each of them."""
        open_: Ints = (verdicts == UNKNOWN).astype(np.int32)
        return open_

    @abstractmethod
    def objection(self, question: Question, row: int) -> Objection:
        """The reason, for a row that failed."""

    def to_ask(self, question: Question, row: int) -> ToAsk | None:
        """What to ask, for a row that is unknown; None where another rule already asks it."""
        return None


class Criterion(ABC):
    """好み (domain §4.3): a score from 0 to 1 for every opportunity, NaN where nobody knows."""

    code: ClassVar[str]
    label: ClassVar[str]

    @abstractmethod
    def scores(self, question: Question) -> Floats:
        """0..1, NaN = unknown."""

    @abstractmethod
    def reason(self, question: Question, row: int, score: float) -> Reason:
        """The sentences for one opportunity whose score is known."""

    def unknown(self, question: Question, row: int) -> str:
        """What staff read where the score is unknown."""
        return f"{self.label}は未確認です"


@cache
def constraints() -> tuple[Constraint, ...]:
    """Every rule of the folder `constraints`, in the order of the waterfall, then by code."""
    stages = ("open", "reachable", "eligible")
    return tuple(sorted(_rules("constraints"), key=lambda rule: (stages.index(rule.stage), rule.code)))


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every rule of the folder `criteria`, by code."""
    return tuple(sorted(_rules("criteria"), key=lambda rule: rule.code))


def _rules(folder: str) -> list[Any]:
    package = import_module(f"matching.rules.{folder}")
    return [
        import_module(f"{package.__name__}.{module.name}").RULE for module in pkgutil.iter_modules(package.__path__)
    ]
