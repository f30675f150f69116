"""Rankings against the judgements of a panel: propose first (3), sound (2), nearly (1), must not stand there (X).

Gain of a place = mean over the judges of {3: 3, 2: 2, 1: 0.5, else 0}. nDCG@5 is averaged over people who have a good
place. Forbidden: two judges say X. Filler: shown though no judge gave it anything. Best: two judges say 3. Near: two
judges say 1.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

GAIN = {"3": 3.0, "2": 2.0, "1": 0.5}
GRADES = ("3", "2", "1", "X")
GOOD = 1.0
TOP = 5
MAJORITY = 2

Judge = Mapping[str, Mapping[str, Sequence[str]]]
"""Of each person, the places with each grade."""


@dataclass(frozen=True)
class Shown:
    """What one person was shown: the list in order, and the near misses."""

    order: Sequence[str]
    near: Sequence[str] = ()


@dataclass(frozen=True)
class Score:
    """Shares are None where there was nothing to find."""

    ndcg: float | None
    forbidden: Sequence[tuple[str, str]]
    filler: int
    best_found: float | None
    best: int
    near_found: float | None
    near: int


def read_judges(folder: Path) -> list[Judge]:
    judges = []
    for path in sorted(folder.glob("judge-*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        judges.append(
            {
                person: {grade: [_id(one) for one in of.get(grade, ())] for grade in GRADES}
                for person, of in told.items()
            }
        )
    return judges


def _id(entry: object) -> str:
    return str(entry["id"]) if isinstance(entry, dict) else str(entry)


def measure(judges: Sequence[Judge], shown: Mapping[str, Shown]) -> Score:
    """One score over everybody the judges spoke of; somebody who was shown nothing counts as an empty list."""
    values: list[float] = []
    forbidden: list[tuple[str, str]] = []
    filler = best = best_found = near = near_found = 0
    for person in sorted({person for judge in judges for person in judge}):
        seen = shown.get(person, Shown(()))
        order = list(seen.order)[:TOP]
        votes = {grade: _votes(judges, person, grade) for grade in ("3", "2", "1", "X")}
        gain = _gains(votes, len(judges))
        if max(gain.values(), default=0.0) >= GOOD:
            values.append(_discounted(order, gain) / _discounted(sorted(gain, key=lambda one: -gain[one]), gain))
        forbidden += [(person, place) for place in order if votes["X"][place] >= MAJORITY]
        filler += sum(not gain.get(place) and not votes["X"][place] for place in order)
        tops = _agreed(votes["3"])
        best, best_found = best + len(tops), best_found + len(tops & set(order))
        close = _agreed(votes["1"])
        near, near_found = near + len(close), near_found + len(close & set(seen.near))
    return Score(_mean(values), forbidden, filler, _share(best_found, best), best, _share(near_found, near), near)


def _votes(judges: Sequence[Judge], person: str, grade: str) -> Counter[str]:
    return Counter(place for judge in judges for place in judge.get(person, {}).get(grade, ()))


def _gains(votes: Mapping[str, Counter[str]], judges: int) -> dict[str, float]:
    gain: dict[str, float] = {}
    for grade, worth in GAIN.items():
        for place, count in votes[grade].items():
            gain[place] = gain.get(place, 0.0) + worth * count / judges
    return gain


def _agreed(votes: Counter[str]) -> set[str]:
    return {place for place, count in votes.items() if count >= MAJORITY}


def _discounted(order: Sequence[str], gain: Mapping[str, float]) -> float:
    return sum(gain.get(place, 0.0) / math.log2(position + 2) for position, place in enumerate(order[:TOP]))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None
